package dev.caelum.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One datagram that announces somebody: a hint, never proof. */
public sealed interface Beacon {
  /**
   * {@code CAELUM_BEACON}, the only shape that we send.
   *
   * @param timestamp ISO-8601 with offset, by the sender's clock
   * @param extension what a node of ours adds; null from an old node
   */
  record Announce(
      String machineId,
      String hostname,
      String primaryIp,
      String clusterId,
      String clusterName,
      int websocketPort,
      List<Service> services,
      String timestamp,
      @Nullable Extension extension)
      implements Beacon {
    public Announce {
      services = List.copyOf(services);
    }
  }

  /** The second shape of old nodes: it announces a cluster at the sender's address. */
  record ClusterHint(
      String clusterId, String clusterName, int wsPort, List<String> capabilities, String role)
      implements Beacon {
    public ClusterHint {
      capabilities = List.copyOf(capabilities);
    }
  }

  /** A service as a beacon lists it. */
  record Service(String name, String type, @Nullable Integer port, String status) {}

  /**
   * What rides in {@code services} under the name {@code _caelum}, where old nodes do not look.
   *
   * @param cluster the explicitly set cluster name; null without one
   * @param sequence grows with each beacon of the instance; all copies of one beacon share it
   * @param intervalSeconds how often the sender announces itself
   * @param digest of all its services, also when the beacon has no room for them
   * @param serviceCount how many services the sender has
   * @param kind what the receiver is asked to do
   * @param replyPort UDP port for unicast answers; null means the datagram's source port
   */
  record Extension(
      String instance,
      long sequence,
      long incarnation,
      int intervalSeconds,
      @Nullable String cluster,
      String digest,
      int serviceCount,
      Kind kind,
      @Nullable Integer replyPort) {}

  /** What a beacon wants. */
  enum Kind {
    /** Nothing. */
    ANNOUNCE,
    /** A new instance asks: a few hearers answer once, unicast. */
    PROBE,
    /** A person asks: every hearer answers once, unicast. */
    DISCOVER,
    /** It is such an answer. */
    ANSWER
  }
}
