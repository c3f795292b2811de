package dev.caelum.link;

import io.helidon.webserver.spi.ServerConnection;
import java.net.InetAddress;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Closes a connection unless the head of the request that is awaited arrives in time. */
final class HeadDeadline {
  private final Links links;
  private final ServerConnection connection;
  private final InetAddress source;
  private final Runnable firstHead;
  private @Nullable Future<?> pending;
  private boolean headSeen;

  /**
   * @param firstHead runs once: at the first whole head, or at the connection's end without one
   */
  HeadDeadline(Links links, ServerConnection connection, InetAddress source, Runnable firstHead) {
    this.links = links;
    this.connection = connection;
    this.source = source;
    this.firstHead = firstHead;
  }

  /** A head is awaited from now on; without effect while one is awaited already. */
  synchronized void start() {
    if (pending == null) {
      pending = links.after(links.limits().firstRequest(), this::expire);
    }
  }

  /** The head has come, or the connection is over. */
  synchronized void stop() {
    if (pending != null) {
      pending.cancel(false);
      pending = null;
    }
    if (!headSeen) {
      headSeen = true;
      firstHead.run();
    }
  }

  private synchronized void expire() {
    if (pending != null) {
      links.counters().refused(LinkCount.CLOSED_SILENT, source.getHostAddress());
      connection.close(true);
    }
  }
}
