package dev.caelum.node;

import dev.caelum.cluster.ClusterEvent;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Counts what becomes of members, for the metrics page. */
final class MembershipCounts implements Consumer<ClusterEvent> {
  /** What is counted. */
  enum Kind {
    /** A member became suspect. */
    SUSPECTED,
    /** A member died. */
    DIED,
    /** A member left. */
    LEFT,
    /** A member came back. */
    RETURNED,
    /** This node was doubted and refuted it. */
    REFUTED,
    /** A member moved to another address. */
    MOVED,
    /** Most peers fell silent at once. */
    NETWORK_LOST;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();

  long count(Kind kind) {
    LongAdder adder = counts.get(kind);
    return adder == null ? 0 : adder.sum();
  }

  @Override
  public void accept(ClusterEvent event) {
    switch (event) {
      case ClusterEvent.Suspected _ -> add(Kind.SUSPECTED);
      case ClusterEvent.Died _ -> add(Kind.DIED);
      case ClusterEvent.Departed _ -> add(Kind.LEFT);
      case ClusterEvent.Returned _ -> add(Kind.RETURNED);
      case ClusterEvent.Refuted _ -> add(Kind.REFUTED);
      case ClusterEvent.Moved _ -> add(Kind.MOVED);
      case ClusterEvent.NetworkLost _ -> add(Kind.NETWORK_LOST);
      case ClusterEvent.MemberChanged _,
          ClusterEvent.MemberRemoved _,
          ClusterEvent.Discovered _,
          ClusterEvent.DialStarted _,
          ClusterEvent.DialFailed _,
          ClusterEvent.Connected _,
          ClusterEvent.UdpBlocked _,
          ClusterEvent.NetworkJudged _,
          ClusterEvent.DuplicateId _,
          ClusterEvent.ForeignSeen _ -> {}
    }
  }

  private void add(Kind kind) {
    counts.computeIfAbsent(kind, _ -> new LongAdder()).increment();
  }
}
