package dev.caelum.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** The address of a node's API, as people type it. */
public final class NodeAddress {
  private static final int DEFAULT_PORT = 8_080;

  private NodeAddress() {}

  /**
   * The base address that {@code text} names; {@code HOST} or {@code HOST:PORT} alone means http,
   * and port 8080. Empty when it is no http address of a host, or has a path or a query.
   */
  public static Optional<URI> read(String text) {
    try {
      URI uri = new URI(text.contains("://") ? text : "http://" + text);
      if (uri.getPort() < 0 && uri.getHost() != null && !text.contains("://")) {
        uri = new URI("http", null, uri.getHost(), DEFAULT_PORT, uri.getPath(), null, null);
      }
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean plain =
          uri.getHost() != null
              && uri.getPort() <= 65_535
              && uri.getRawUserInfo() == null
              && uri.getPath().replace("/", "").isEmpty()
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null;
      return http && plain ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
