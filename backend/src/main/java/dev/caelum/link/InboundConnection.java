package dev.caelum.link;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A link that a peer opened, from Helidon's upgrade to its end. Its frames are written past
 * Helidon's session, whose writes have neither a lock nor a deadline in 4.3.1, and which keeps the
 * largest frame; the one writer of {@link PeerLink} stands in for both.
 */
final class InboundConnection implements ServerConnection, FrameSink.Network {
  private final DataWriter writer;
  private final PeerLink link;
  private final FrameReader frames;
  private final Object threadLock = new Object();
  private @Nullable Thread thread;

  InboundConnection(Links links, ConnectionContext context, InetSocketAddress remote) {
    this.writer = context.dataWriter();
    this.link = new PeerLink(links, false, remote, new FrameSink(this, false));
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

  @Override
  public void write(byte[] bytes, int length) throws IOException {
    try {
      writer.writeNow(BufferData.create(bytes, 0, length));
    } catch (UncheckedIOException e) {
      throw new IOException("write failed", e);
    }
  }

  /**
   * Interrupting the reading thread closes its channel within milliseconds, on plain and TLS
   * sockets alike, and so frees a blocked writer too.
   */
  @Override
  public void abort() {
    synchronized (threadLock) {
      if (thread != null) {
        thread.interrupt();
      }
    }
  }
}
