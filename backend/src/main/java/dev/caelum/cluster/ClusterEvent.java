package dev.caelum.cluster;

import org.jspecify.annotations.Nullable;

/** What happened, for the feed and the log: a change of a row, or the story behind one. */
public sealed interface ClusterEvent {
  /** A row is new ({@code was} null) or changed. */
  record MemberChanged(Member member, @Nullable MemberState was) implements ClusterEvent {}

  /** A row is gone. */
  record MemberRemoved(String key) implements ClusterEvent {}

  /** A machine was heard over UDP for the first time, or again after it had gone. */
  record Discovered(Member member) implements ClusterEvent {}

  /** A dial goes out; {@code member} when the address belongs to a row. */
  record DialStarted(Endpoint target, @Nullable Member member, String method)
      implements ClusterEvent {}

  /** A dial failed. */
  record DialFailed(Failure failure, @Nullable Member member, String method)
      implements ClusterEvent {}

  /** A link was registered; {@code millis} since its connection stood. */
  record Connected(Member member, Endpoint target, String method, long millis)
      implements ClusterEvent {}

  /** A member is suspect. */
  record Suspected(Member member, String why) implements ClusterEvent {}

  /** A member is dead. */
  record Died(Member member, String why) implements ClusterEvent {}

  /** A member said goodbye. */
  record Departed(Member member) implements ClusterEvent {}

  /** A member that was suspect, dead or gone is alive again. */
  record Returned(Member member, MemberState was) implements ClusterEvent {}

  /** Others doubted this node; it raised its incarnation to say that it lives. */
  record Refuted(Member self, InstanceId accuser, Rumor.Claim claim) implements ClusterEvent {}

  /** UDP to a member does not get through while TCP does, or no longer so. */
  record UdpBlocked(Member member, boolean blocked) implements ClusterEvent {}

  /** Most peers fell silent at once: this machine's own network is down. */
  record NetworkLost(int silent, int asked) implements ClusterEvent {}

  /**
   * Peers are heard again, or the time in which their silence was not held against them is over.
   */
  record NetworkJudged(boolean back) implements ClusterEvent {}

  /** A member is reached at another address than before. */
  record Moved(Member member, Endpoint from) implements ClusterEvent {}

  /** Two live machines use one id. */
  record DuplicateId(Member member, String otherKey) implements ClusterEvent {}

  /** A node of another, explicitly named cluster. */
  record ForeignSeen(Member member) implements ClusterEvent {}
}
