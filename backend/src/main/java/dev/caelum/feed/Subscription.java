package dev.caelum.feed;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One reader's place in the feed; {@link #next} is for one thread at a time. */
public final class Subscription implements AutoCloseable {
  static final long NO_CURSOR = -1;

  private final Feed feed;

  /** Up to here a resumed reader may lag as far as the ring reaches. */
  private final long catchUpTo;

  /** The number of the last event handed out; {@link #NO_CURSOR} when a snapshot is due. */
  private long cursor;

  private volatile boolean closed;
  private volatile @Nullable Thread waiting;

  Subscription(Feed feed, long cursor, long catchUpTo) {
    this.feed = feed;
    this.cursor = cursor;
    this.catchUpTo = catchUpTo;
  }

  /**
   * The next delivery; null when none came within {@code timeout} or the subscription is closed.
   */
  public @Nullable Delivery next(Duration timeout) throws InterruptedException {
    Delivery ready = poll();
    if (ready != null || timeout.isZero()) {
      return ready;
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    waiting = Thread.currentThread();
    try {
      while (!closed) {
        ready = poll();
        long left = deadline - System.nanoTime();
        if (ready != null || left <= 0) {
          return ready;
        }
        LockSupport.parkNanos(this, left);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
      return null;
    } finally {
      waiting = null;
    }
  }

  /** Whether it is over: by {@link #close}, or because the feed ended. */
  public boolean closed() {
    return closed;
  }

  /** Ends the subscription; a waiting {@link #next} returns. */
  @Override
  public void close() {
    closed = true;
    feed.remove(this);
    wake();
  }

  void wake() {
    Thread reader = waiting;
    if (reader != null) {
      LockSupport.unpark(reader);
    }
  }

  private @Nullable Delivery poll() {
    if (closed) {
      return null;
    }
    if (cursor == NO_CURSOR) {
      Delivery.Snapshot snapshot = feed.snapshot();
      cursor = snapshot.id().number();
      return snapshot;
    }
    long head = feed.head();
    if (cursor == head) {
      return null;
    }
    Delivery.Event event = feed.event(cursor + 1);
    if (event == null || slow(head, event)) {
      var gap = new Delivery.Gap(feed.id(cursor), head - cursor);
      cursor = NO_CURSOR;
      return gap;
    }
    cursor++;
    return event;
  }

  private boolean slow(long head, Delivery.Event next) {
    return cursor >= catchUpTo
        && head - cursor > Feed.MAX_LAG
        && feed.now() - next.at() > Feed.MAX_LAG_NANOS;
  }
}
