package dev.caelum.link;

import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsRouting;
import io.helidon.websocket.WsListener;
import java.util.function.Consumer;

/** What makes a Helidon web server take links: WebSocket on {@code /}, beside its HTTP routes. */
public final class LinkRoute {
  private static final int MAX_HEADERS = 16 << 10;
  private static final int MAX_REQUEST_LINE = 4 << 10;

  private final Links links;
  private final HandshakeRules rules;

  public LinkRoute(Links links, HandshakeRules rules) {
    this.links = links;
    this.rules = rules;
  }

  /** Adds links, and the guard of all connections, to the default socket of {@code server}. */
  public void addTo(WebServerConfig.Builder server) {
    addTo(server, _ -> {});
  }

  /**
   * Like {@link #addTo(WebServerConfig.Builder)}, with more WebSocket paths beside {@code /}.
   *
   * @param more adds them; Host and Origin are checked for them too
   */
  public void addTo(WebServerConfig.Builder server, Consumer<WsRouting.Builder> more) {
    WsConfig webSocket = WsConfig.builder().maxFrameLength(links.limits().messageBytes()).build();
    LinkUpgrader upgrader = new LinkUpgrader(links, rules, webSocket);
    WsRouting.Builder routing = WsRouting.builder().endpoint("/", new HandshakeOnly());
    more.accept(routing);
    server
        // Else a second selector and an unguarded upgrader would be found on the class path.
        .protocolsDiscoverServices(false)
        .addProtocol(webSocket)
        .addRouting(routing)
        .addConnectionSelector(
            new ConnectionGuard(links, rules, listener -> http(listener, upgrader)))
        // A handshake or a beat of a link is small; Nagle would hold it back.
        .connectionOptions(options -> options.tcpNoDelay(true));
  }

  private static ServerConnectionSelector http(
      Http1ConnectionListener listener, LinkUpgrader upgrader) {
    return Http1ConnectionSelector.builder()
        .config(
            Http1Config.builder()
                .maxHeadersSize(MAX_HEADERS)
                .maxPrologueLength(MAX_REQUEST_LINE)
                // The only one: where there are more, Helidon 4.5.0 calls none of them.
                .addReceiveListener(listener)
                .build())
        // The name is case-insensitive (RFC 9110, 7.8), Helidon's look-up is not.
        .putUpgrader("websocket", upgrader)
        .putUpgrader("WebSocket", upgrader)
        .build();
  }

  /** The route must have a listener for the handshake; {@link InboundConnection} does the rest. */
  private static final class HandshakeOnly implements WsListener {}
}
