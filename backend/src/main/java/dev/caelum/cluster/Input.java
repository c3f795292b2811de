package dev.caelum.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that can happen to the core; each carries its monotonic time in nanoseconds. */
public sealed interface Input {
  /** When it happened. */
  long at();

  /** Time passed; expected about every 100 ms. */
  record Tick(long at) implements Input {}

  /** A beacon came; {@code endpoint} is its datagram's source with the port that it names. */
  record BeaconHeard(long at, Announcement from, Endpoint endpoint) implements Input {}

  /**
   * A WebSocket connection stands; nobody has said a word yet.
   *
   * @param target what was dialled; null for an inbound link
   */
  record LinkOpened(
      long at, long link, boolean outbound, String remoteHost, @Nullable Endpoint target)
      implements Input {}

  /**
   * The peer registered.
   *
   * @param inReplyTo id of the message to answer with our welcome; null when this is the welcome
   */
  record LinkRegistered(long at, long link, Registration who, @Nullable String inReplyTo)
      implements Input {}

  /** A valid frame came; {@code info} when it told what the machine is now. */
  record LinkHeard(long at, long link, @Nullable MachineInfo info) implements Input {}

  /** A ping came back. */
  record LinkPong(long at, long link, long rttNanos) implements Input {}

  /** Rumors came over a link. */
  record RumorsHeard(long at, long link, List<Rumor> rumors) implements Input {
    public RumorsHeard {
      rumors = List.copyOf(rumors);
    }
  }

  /**
   * A peer told the digest of its table, one number a bucket; see the anti-entropy of the core.
   * Answered with the lines of the buckets that differ.
   */
  record DigestHeard(long at, long link, List<Integer> buckets) implements Input {
    public DigestHeard {
      buckets = List.copyOf(buckets);
    }
  }

  /**
   * Lines of a peer's table came.
   *
   * @param buckets which buckets the lines are all of; each 0 to 31
   * @param reply whether the peer wants what this node has there and the lines do not
   */
  record LinesHeard(long at, long link, List<Rumor> lines, List<Integer> buckets, boolean reply)
      implements Input {
    public LinesHeard {
      lines = List.copyOf(lines);
      buckets = List.copyOf(buckets);
    }
  }

  /**
   * A datagram of the failure detector came.
   *
   * @param source where it came from, with its UDP port; answers go there
   */
  record ProbeHeard(long at, ProbeMessage message, Endpoint source) implements Input {}

  /** The peer said goodbye. */
  record LinkGoodbye(long at, long link) implements Input {}

  /** The connection ended, whoever ended it. */
  record LinkClosed(long at, long link, int code, String reason) implements Input {}

  /** A dial ended without a link. */
  record DialFailed(long at, Endpoint target, FailureCode code, String evidence, long millis)
      implements Input {}

  /** A reachability check of a suspect ended. */
  record Checked(long at, String key, Reach reach) implements Input {}

  /** Somebody names an address to contact. */
  record Contact(long at, Endpoint target, Origin origin, String method) implements Input {}

  /** A machine from an earlier run of this node; shown as dead until it is met again. */
  record Remembered(
      long at,
      NodeId id,
      @Nullable InstanceId instance,
      Endpoint endpoint,
      String hostname,
      String clusterId,
      String clusterName)
      implements Input {}

  /**
   * The operator ends the link with a machine: neither end dials until one of them is asked to
   * connect, or the other dials all the same.
   */
  record Disconnect(long at, String key) implements Input {}

  /** The operator wants to hear no more of a machine; nothing happens unless it is gone. */
  record Forget(long at, String key) implements Input {}

  /** What is kept beside the table about machines of that id changed: tell of them again. */
  record Noted(long at, NodeId id) implements Input {}

  /** This machine's own facts changed. */
  record SelfChanged(long at, MachineInfo info, Endpoint endpoint, int probePort)
      implements Input {}

  /** The node is stopping: say goodbye on all links. */
  record Stop(long at) implements Input {}

  /** What a TCP connect to a suspect showed. */
  enum Reach {
    /** Something listens there. */
    LISTENING,
    /** The host is up and nothing listens: the process is gone. */
    REFUSED,
    /** Neither yes nor no: proves nothing. */
    SILENT
  }

  /** Who named an address; decides how the dial policy judges it. */
  enum Origin {
    /** A datagram's own source. */
    BEACON,
    /** A scan of an attached subnet found it listening. */
    SCAN,
    /** A peer told of it. */
    PEER,
    /** Memory of an earlier run. */
    MEMORY,
    /** The configuration names it. */
    CONFIGURATION,
    /** A person asked for it now. */
    OPERATOR;

    /** Whether an operator vouches for the address. */
    public boolean trusted() {
      return this == CONFIGURATION || this == OPERATOR;
    }
  }

  /** The ports where an old node may listen whatever its beacon says, in the order to try. */
  List<Integer> LEGACY_PORTS = List.of(8080, 8081, 8095);
}
