package dev.caelum.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the core wants done; carried out by thin shells, answered by an {@link Input} if at all. */
public sealed interface Effect {
  /** Dial; answered by {@code LinkOpened} or {@code DialFailed}. */
  record Dial(Endpoint target, Input.Origin origin, boolean otherInstance) implements Effect {}

  /** Send our registration. */
  record Register(long link) implements Effect {}

  /** Answer a registration with ours. */
  record Welcome(long link, String inReplyTo) implements Effect {}

  /** Ping the peer; answered by {@code LinkPong}. */
  record Ping(long link) implements Effect {}

  /** Send a datagram of the failure detector to a UDP port. */
  record SendProbe(Endpoint target, ProbeMessage message) implements Effect {}

  /** Send rumors; before anything that is not about membership. */
  record TellRumors(long link, List<Rumor> rumors) implements Effect {}

  /** Send the digest of the table. */
  record TellDigest(long link, List<Integer> buckets) implements Effect {}

  /** Send lines of the table; see {@link Input.LinesHeard}. */
  record TellLines(long link, List<Rumor> lines, List<Integer> buckets, boolean reply)
      implements Effect {}

  /** Tell the peer what this machine is now. */
  record Heartbeat(long link) implements Effect {}

  /** Say goodbye, then close. */
  record Goodbye(long link) implements Effect {}

  /** Close the link with a WebSocket code. */
  record CloseLink(long link, int code, String reason) implements Effect {}

  /** Try whether something listens; answered by {@code Checked}. */
  record Check(String key, Endpoint target) implements Effect {}

  /** Tell the world. */
  record Publish(ClusterEvent event) implements Effect {}

  /** The peer is on the first registered link and wants to know whom we know. */
  record AskMachines(long link, @Nullable InstanceId instance) implements Effect {}
}
