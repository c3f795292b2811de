package dev.caelum.link;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Bounds how many connections the cluster port holds, in all and for each source, and closes those
 * that do not finish a request head in time: Helidon has no such deadline of its own.
 *
 * <p>It must be the port's only selector. With a second one Helidon waits for the first bytes
 * before it asks either, and a silent connection would never come here.
 */
final class ConnectionGuard implements ServerConnectionSelector, Http1ConnectionListener {
  private static final byte[] FULL =
      """
      HTTP/1.1 503 Service Unavailable\r
      Retry-After: 5\r
      Connection: close\r
      Content-Length: 0\r
      \r
      """
          .getBytes(StandardCharsets.US_ASCII);

  private final Links links;
  private final HandshakeRules rules;
  private final ServerConnectionSelector http;
  private final SourceCaps.Held open;
  private final SourceCaps.Held silent;
  private final Map<ConnectionContext, HeadDeadline> deadlines = new ConcurrentHashMap<>();

  /**
   * @param http makes the selector of HTTP/1.1 connections, which reports request heads to the
   *     listener it is given
   */
  ConnectionGuard(
      Links links,
      HandshakeRules rules,
      Function<Http1ConnectionListener, ServerConnectionSelector> http) {
    this.links = links;
    this.rules = rules;
    this.http = http.apply(this);
    this.open = links.connections();
    this.silent = new SourceCaps.Held(links.limits().openConnections());
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    InetAddress source = ((InetSocketAddress) context.remotePeer().address()).getAddress();
    boolean capped = !rules.uncapped().test(source);
    LinkLimits limits = links.limits();
    boolean taken =
        capped
            ? open.take(source, limits.openPerSource())
            : open.take(
                source, Integer.MAX_VALUE, limits.openConnections() + limits.ownConnections());
    if (!taken) {
      return refused(context, source);
    }
    int silentOfSource = capped ? limits.silentPerSource() : Integer.MAX_VALUE;
    if (!silent.take(source, silentOfSource, Integer.MAX_VALUE)) {
      open.release(source);
      return refused(context, source);
    }
    ServerConnection connection = http.connection(context);
    HeadDeadline deadline =
        new HeadDeadline(links, connection, source, () -> silent.release(source));
    deadlines.put(context, deadline);
    deadline.start();
    return new EndedConnection(
        connection,
        () -> {
          deadlines.remove(context);
          deadline.stop();
          open.release(source);
        });
  }

  /** A later request on the same connection has begun; the first one is timed from the start. */
  @Override
  public void prologue(ConnectionContext context, HttpPrologue prologue) {
    HeadDeadline deadline = deadlines.get(context);
    if (deadline != null) {
      deadline.start();
    }
  }

  @Override
  public void headers(ConnectionContext context, Headers headers) {
    HeadDeadline deadline = deadlines.get(context);
    if (deadline != null) {
      deadline.stop();
    }
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http.supportedApplicationProtocols();
  }

  private ServerConnection refused(ConnectionContext context, InetAddress source) {
    links.counters().refused(LinkCount.REFUSED_FULL, source.getHostAddress());
    return new RefusedConnection(context);
  }

  /** Says that the port is full, and ends. */
  private record RefusedConnection(ConnectionContext context) implements ServerConnection {
    @Override
    public void handle(Limit limit) {
      context.dataWriter().writeNow(BufferData.create(FULL));
    }

    @Override
    public Duration idleTime() {
      return Duration.ZERO;
    }

    @Override
    public void close(boolean interrupt) {
      // Over as soon as it begins.
    }
  }
}
