package dev.caelum.wire;

import dev.caelum.cluster.MachineInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One text frame on a link: an old node's envelope, or one of our own numbered frames. */
public sealed interface Frame {
  /** The form that old nodes speak; every link begins with it. */
  record Legacy(Envelope envelope) implements Frame {}

  /** What the sender's machine is now; sent every 30 s. */
  record Heartbeat(MachineInfo info) implements Frame {}

  /** Whom do you know? Answered by {@link Machines}. */
  record AskMachines() implements Frame {}

  /** Machines that the sender is linked with, at most 150 a frame. */
  record Machines(List<KnownMachine> machines) implements Frame {
    static final int LIMIT = 150;

    public Machines {
      machines = List.copyOf(machines);
    }
  }

  /** Where does a service run? Answered by {@link ServiceLocation}. */
  record ServiceQuery(String serviceName) implements Frame {}

  /** Where a service runs: {@code ip:port}, or null when the sender does not know. */
  record ServiceLocation(String serviceName, @Nullable String location) implements Frame {}

  /** Free-form news for everybody. */
  record Status(Map<String, @Nullable Object> payload) implements Frame {}

  /** The sender is about to stop, on purpose. */
  record Goodbye() implements Frame {}

  /** The sender could not do what frame {@code code} asked for. */
  record Problem(String code, String text) implements Frame {}

  /**
   * One machine that a peer knows: a hint to dial, under the dial policy.
   *
   * @param instance null for an old node
   */
  record KnownMachine(String id, @Nullable String instance, String host, int port) {}
}
