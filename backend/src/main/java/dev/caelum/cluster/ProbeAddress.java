package dev.caelum.cluster;

/**
 * Where a node hears probes, and what they must carry so that it listens.
 *
 * @param port its unicast UDP port, 1 to 65535
 * @param cookie random for each start, 1 to 2^53-1; told on links only, so that a host that is no
 *     member cannot make up a probe
 */
public record ProbeAddress(int port, long cookie) {
  /** Cookies are below this, so that they survive JSON readers that know only doubles. */
  public static final long COOKIE_LIMIT = 1L << 53;

  public ProbeAddress {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
    }
    if (cookie < 1 || cookie >= COOKIE_LIMIT) {
      throw new IllegalArgumentException("a cookie is 1 to 2^53-1");
    }
  }
}
