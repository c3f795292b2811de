package dev.caelum.cluster;

/**
 * Where a node listens for links.
 *
 * @param host an IP address in its literal form without brackets; a link-local IPv6 one with zone
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {
  public Endpoint {
    if (host.isEmpty()) {
      throw new IllegalArgumentException("an endpoint needs a host");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not possible; use 1-65535");
    }
  }

  /** Whether it is an IPv6 address that means something on this machine's own link only. */
  public boolean linkLocal() {
    return host.indexOf('%') >= 0;
  }

  /** {@code host:port}, an IPv6 host in brackets. */
  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
