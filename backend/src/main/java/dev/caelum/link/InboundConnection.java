package dev.caelum.link;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.websocket.WsSession;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A link that a peer opened, from Helidon's upgrade to its end. */
final class InboundConnection implements ServerConnection {
  private final PeerLink link;
  private final FrameReader frames;
  private final Object threadLock = new Object();
  private @Nullable Thread thread;

  InboundConnection(
      Links links, ConnectionContext context, WsSession session, InetSocketAddress remote) {
    this.link = new PeerLink(links, false, remote, new SessionSink(session, this::abort));
    this.frames = new FrameReader(links.limits(), link, context.dataReader());
  }

  @Override
  public void handle(Limit limit) {
    synchronized (threadLock) {
      thread = Thread.currentThread();
    }
    try {
      link.open();
      frames.run();
    } finally {
      synchronized (threadLock) {
        thread = null;
        // What the handler does next must not stumble over an abort that came late.
        var _ = Thread.interrupted();
      }
      link.finish();
    }
  }

  @Override
  public Duration idleTime() {
    return Duration.ofNanos(System.nanoTime() - link.lastHeardAt());
  }

  /** Called by the server when it stops or when nothing was heard for its idle time. */
  @Override
  public void close(boolean interrupt) {
    if (interrupt) {
      link.abort();
    } else {
      link.close(LinkEnd.GOING_AWAY, "going away");
    }
  }

  /**
   * Interrupting the reading thread closes its channel within milliseconds, on plain and TLS
   * sockets alike, and so frees a blocked writer too.
   */
  private void abort() {
    synchronized (threadLock) {
      if (thread != null) {
        thread.interrupt();
      }
    }
  }
}
