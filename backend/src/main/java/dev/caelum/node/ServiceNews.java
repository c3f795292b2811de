package dev.caelum.node;

import dev.caelum.feed.FeedEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells readers of events that services or ports changed. What changes within {@value #GATHER} ms
 * is one event, and there is one a second at most. Any thread may call.
 */
final class ServiceNews {
  private static final long GATHER = 50;
  private static final long PAUSE = 1_000;

  private final Consumer<FeedEvent> feed;
  private boolean services;
  private boolean planned;
  private long quietUntil = System.nanoTime();

  ServiceNews(Consumer<FeedEvent> feed) {
    this.feed = feed;
  }

  /** A service is new, different or gone; so is who has its port. */
  synchronized void services() {
    services = true;
    ports();
  }

  /** A port is kept for somebody, or no longer. */
  synchronized void ports() {
    if (!planned) {
      planned = true;
      long quiet = TimeUnit.NANOSECONDS.toMillis(quietUntil - System.nanoTime());
      CompletableFuture.delayedExecutor(Math.max(GATHER, quiet), TimeUnit.MILLISECONDS)
          .execute(this::tell);
    }
  }

  private synchronized void tell() {
    if (services) {
      feed.accept(new FeedEvent.ServicesChanged());
    }
    feed.accept(new FeedEvent.PortsChanged());
    services = false;
    planned = false;
    quietUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PAUSE);
  }
}
