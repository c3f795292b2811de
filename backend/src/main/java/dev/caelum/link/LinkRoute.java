package dev.caelum.link;

import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ProtocolConfig;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsRouting;
import io.helidon.websocket.WsListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What makes a Helidon web server take links: WebSocket on {@code /}, beside its HTTP routes. */
public final class LinkRoute {
  private static final int MAX_HEADERS = 16 << 10;

  private final Links links;
  private final HandshakeRules rules;

  public LinkRoute(Links links, HandshakeRules rules) {
    this.links = links;
    this.rules = rules;
  }

  /**
   * Adds links, and the guard of all connections, to the default socket of {@code server}. Call it
   * after everything else was set: the HTTP/1.1 bounds found there are taken over into the guard.
   */
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
    Http1Config http = Http1Config.builder().maxHeadersSize(MAX_HEADERS).build();
    List<ProtocolConfig> others = new ArrayList<>();
    for (ProtocolConfig protocol : server.protocols()) {
      if (protocol instanceof Http1Config given) {
        http = given;
      } else {
        others.add(protocol);
      }
    }
    others.add(webSocket);
    Http1Config bounds = http;
    UnreadableRequests.countFor(links);
    server
        // A configured or discovered protocol would bring a second, unguarded selector.
        .protocols(others)
        .protocolsDiscoverServices(false)
        .addRouting(routing)
        .addConnectionSelector(
            new ConnectionGuard(links, rules, listener -> http(bounds, listener, upgrader)));
    if (server.tls().isEmpty()) {
      // Half the memory of an idle link. With TLS it would drop the client's certificate check.
      server.useNio(false);
    }
    if (server.connectionOptions().isEmpty()) {
      // Frames are small; Nagle's algorithm would hold them back.
      server.connectionOptions(options -> options.tcpNoDelay(true));
    }
  }

  private static ServerConnectionSelector http(
      Http1Config bounds, Http1ConnectionListener listener, LinkUpgrader upgrader) {
    return Http1ConnectionSelector.builder()
        // The only listener: where there are more, Helidon 4.5.0 calls none of them.
        .config(Http1Config.builder(bounds).receiveListeners(List.of(listener)).build())
        // The name is case-insensitive (RFC 9110, 7.8), Helidon's look-up is not.
        .putUpgrader("websocket", upgrader)
        .putUpgrader("WebSocket", upgrader)
        .build();
  }

  /** The route must have a listener for the handshake; {@link InboundConnection} does the rest. */
  private static final class HandshakeOnly implements WsListener {}
}
