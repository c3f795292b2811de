package dev.caelum.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The whole configuration of a node, validated.
 *
 * @param host address to bind the cluster port to; default 0.0.0.0
 * @param port TCP port of links and API, 0 (any free) or 1024-65535; default 8080
 * @param beaconPort UDP port of beacons, 1024-65535; default 8181
 * @param known machines to contact first
 * @param interfaces names of the only interfaces to use; empty = all suitable ones
 * @param advertise where others shall dial this node, when that differs from what they see
 * @param clusterName the explicitly set name; only an explicit name separates clusters
 * @param data folder of identity and memory; default {@code ~/.caelum}
 */
public record NodeConfig(
    String host,
    int port,
    int beaconPort,
    List<HostPort> known,
    List<String> interfaces,
    Optional<HostPort> advertise,
    Optional<String> clusterName,
    Path data,
    boolean verbose,
    boolean jsonLogs) {
  public static final String DEFAULT_HOST = "0.0.0.0";
  public static final int DEFAULT_PORT = 8080;
  public static final int DEFAULT_BEACON_PORT = 8181;

  public NodeConfig {
    known = List.copyOf(known);
    interfaces = List.copyOf(interfaces);
  }

  /** A host name or address with a port, as people write it. */
  public record HostPort(String host, int port) {
    /** {@code host:port}, an IPv6 host in brackets. */
    @Override
    public String toString() {
      return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
  }
}
