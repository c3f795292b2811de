package dev.caelum.link;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsUpgrader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Helidon's handshake behind ours: Host, Origin and the caps of the source are checked first. Host
 * and Origin hold for every WebSocket path of the port; only {@code /} becomes a link.
 */
final class LinkUpgrader extends WsUpgrader {
  private final Links links;
  private final HandshakeRules rules;
  private final SourceCaps caps;
  private final SourceCaps.Held open;

  LinkUpgrader(Links links, HandshakeRules rules, WsConfig config) {
    super(config);
    this.links = links;
    this.rules = rules;
    this.caps = new SourceCaps(links.limits(), System::nanoTime);
    this.open = new SourceCaps.Held(links.limits().openLinks());
  }

  @Override
  public @Nullable ServerConnection upgrade(
      ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
    InetSocketAddress remote = (InetSocketAddress) context.remotePeer().address();
    InetAddress source = remote.getAddress();
    String host = headers.first(HeaderNames.HOST).orElse("");
    if (!rules.ownHost().test(host)) {
      throw refuse(
          LinkCount.REFUSED_HOST, source, Status.MISDIRECTED_REQUEST_421, "Host not known here");
    }
    String origin = headers.first(HeaderNames.ORIGIN).orElse(null);
    if (origin != null && !rules.ownOrigin().test(origin, host)) {
      throw refuse(LinkCount.REFUSED_ORIGIN, source, Status.FORBIDDEN_403, "Foreign origin");
    }
    return prologue.uriPath().path().equals("/")
        ? link(context, prologue, headers, remote)
        : handshake(context, prologue, headers);
  }

  private @Nullable ServerConnection link(
      ConnectionContext context,
      HttpPrologue prologue,
      WritableHeaders<?> headers,
      InetSocketAddress remote) {
    InetAddress source = remote.getAddress();
    boolean capped = !rules.uncapped().test(source);
    if (capped && !caps.takeHandshake(source)) {
      throw refuse(
          LinkCount.REFUSED_RATE, source, Status.TOO_MANY_REQUESTS_429, "Too many handshakes");
    }
    int most = capped ? links.limits().linksPerSource() : Integer.MAX_VALUE;
    if (!open.take(source, most)) {
      throw refuse(
          LinkCount.REFUSED_SOURCE_LINKS, source, Status.TOO_MANY_REQUESTS_429, "Too many links");
    }
    ServerConnection upgraded = null;
    try {
      upgraded = handshake(context, prologue, headers);
    } finally {
      if (upgraded == null) {
        open.release(source);
      }
    }
    if (upgraded == null) {
      return null;
    }
    ServerConnection connection = new InboundConnection(links, context, remote);
    return new EndedConnection(connection, () -> open.release(source));
  }

  private @Nullable ServerConnection handshake(
      ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
    try {
      return super.upgrade(context, prologue, headers);
    } catch (IllegalArgumentException e) {
      // A key that is not Base64 would else be a 500 with a stack trace in the log for each.
      throw RequestException.builder()
          .type(DirectHandler.EventType.BAD_REQUEST)
          .message("Invalid Sec-WebSocket-Key header")
          .setKeepAlive(false)
          .build();
    }
  }

  private RequestException refuse(
      LinkCount reason, InetAddress source, Status status, String message) {
    links.counters().refused(reason, source.getHostAddress());
    RequestException.Builder refusal =
        RequestException.builder()
            .type(DirectHandler.EventType.OTHER)
            .status(status)
            .message(message)
            .setKeepAlive(false);
    if (status.equals(Status.TOO_MANY_REQUESTS_429)) {
      long wait = Duration.ofMinutes(1).toSeconds() / links.limits().handshakesPerMinute();
      refusal.header(HeaderValues.create(HeaderNames.RETRY_AFTER, Long.toString(wait)));
    }
    return refusal.build();
  }
}
