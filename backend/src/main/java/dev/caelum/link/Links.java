package dev.caelum.link;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What all links of a node share: its handler, the limits, the counters and one timer thread. */
public final class Links implements AutoCloseable {
  private final LinkHandler handler;
  private final LinkLimits limits;
  private final LinkCounters counters = new LinkCounters();
  private final SourceCaps.Held connections;
  private final ScheduledThreadPoolExecutor timers;

  public Links(LinkHandler handler, LinkLimits limits) {
    this.handler = handler;
    this.limits = limits;
    this.connections = new SourceCaps.Held(limits.openConnections());
    this.timers =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().daemon().name("link-timers").factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    timers.setRemoveOnCancelPolicy(true);
  }

  public LinkCounters counters() {
    return counters;
  }

  /** Whether the port has as many connections as it may, but for those of this machine itself. */
  public boolean full() {
    return connections.total() >= limits.openConnections();
  }

  public LinkLimits limits() {
    return limits;
  }

  /** The connections to the cluster port, whatever they carry. */
  SourceCaps.Held connections() {
    return connections;
  }

  LinkHandler handler() {
    return handler;
  }

  /** Runs a short, never blocking task after {@code delay}; not at all after {@link #close()}. */
  Future<?> after(Duration delay, Runnable task) {
    return timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Stops the timers. Close server and dialer first: links cannot be watched afterwards. */
  @Override
  public void close() {
    timers.shutdownNow();
  }
}
