package dev.caelum.wire;

import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.Rumor;
import dev.caelum.service.McpMessage;
import dev.caelum.service.Service;
import dev.caelum.task.WorkMessage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One text frame on a link: an old node's envelope, or one of our own numbered frames. */
public sealed interface Frame {
  /** The form that old nodes speak; every link begins with it. */
  record Legacy(Envelope envelope) implements Frame {}

  /** News of members; before all frames that are not about membership. */
  record Rumors(List<Rumor> rumors) implements Frame {
    /** How many one frame carries at most. */
    public static final int LIMIT = 150;

    public Rumors {
      rumors = List.copyOf(rumors);
    }
  }

  /** The sender's table in short: one number a bucket. */
  record Digest(List<Integer> buckets) implements Frame {
    /** How many numbers that is. */
    public static final int BUCKETS = 32;

    public Digest {
      buckets = List.copyOf(buckets);
    }
  }

  /**
   * Lines of the sender's table, or one part of them.
   *
   * @param lines at most {@link Rumors#LIMIT}
   * @param buckets which buckets the lines of all parts together are all of; said by the last part
   * @param reply whether the sender wants what it does not have there; said by the last part
   * @param part from 1 to {@code parts}
   * @param parts in how many frames the lines come
   */
  record Lines(List<Rumor> lines, List<Integer> buckets, boolean reply, int part, int parts)
      implements Frame {
    /** Enough for every member that a table can hold. */
    public static final int PARTS = 16;

    public Lines {
      lines = List.copyOf(lines);
      buckets = List.copyOf(buckets);
    }
  }

  /** What the sender's machine is now. */
  record Heartbeat(MachineInfo info) implements Frame {}

  /** The same, as the difference to what the sender told in full before on this link. */
  record Pulse(MachineChange change) implements Frame {}

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

  /** Tasks between a coordinator and a worker; after all other frames, within its own allowance. */
  record Work(WorkMessage message) implements Frame {
    /** Characters of payloads, results and notes beyond which a message takes another frame. */
    static final int CHARACTERS = 192 * 1_024;
  }

  /**
   * Services of the sender's machine; goes the way of {@link Work}.
   *
   * @param all whether the receiver shall forget what it was told before
   */
  record Services(List<Service> services, boolean all) implements Frame {
    /** How many one frame carries at most. */
    public static final int LIMIT = 256;

    public Services {
      services = List.copyOf(services);
    }
  }

  /** About one call of a tool; goes the way of {@link Work}. */
  record Mcp(McpMessage message) implements Frame {}

  /** Whether it goes after all other frames, within the allowance of those. */
  default boolean work() {
    return this instanceof Work || this instanceof Services || this instanceof Mcp;
  }

  /**
   * Whether it is about who is a member: such frames go first and have an allowance of their own.
   */
  default boolean membership() {
    return switch (this) {
      case Rumors _, Digest _, Lines _ -> true;
      case Legacy _,
          Heartbeat _,
          Pulse _,
          AskMachines _,
          Machines _,
          ServiceQuery _,
          ServiceLocation _,
          Status _,
          Goodbye _,
          Problem _,
          Work _,
          Services _,
          Mcp _ ->
          false;
    };
  }

  /**
   * One machine that a peer knows: a hint to dial, under the dial policy.
   *
   * @param instance null for an old node
   */
  record KnownMachine(String id, @Nullable String instance, String host, int port) {}
}
