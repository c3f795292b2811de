package dev.caelum.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Cuts connections whose reader takes nothing: the server's writes have no timeout of their own. A
 * virtual thread that is stuck in a socket write closes the socket when it is interrupted.
 */
final class WriteWatch implements AutoCloseable {
  private final Duration limit;
  private final Set<Writer> writers = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private volatile @Nullable Thread watch;

  /**
   * A watch that lets one write take {@code limit}.
   *
   * @param limit at least 100 ms
   */
  WriteWatch(Duration limit) {
    this.limit = limit;
  }

  synchronized void start() {
    if (watch == null && !closed) {
      watch = Thread.ofVirtual().name("write-watch").start(this::watch);
    }
  }

  boolean closed() {
    return closed;
  }

  /** Interrupts all writers and ends. */
  @Override
  public void close() {
    closed = true;
    Thread running = watch;
    if (running != null) {
      running.interrupt();
    }
    writers.forEach(Writer::cut);
  }

  /** Watches the calling thread until the result is closed. */
  Writer watched() {
    var writer = new Writer(this, Thread.currentThread());
    writers.add(writer);
    return writer;
  }

  private void watch() {
    while (!closed) {
      try {
        Thread.sleep(limit.dividedBy(10));
      } catch (InterruptedException e) {
        return;
      }
      long now = System.nanoTime();
      writers.stream().filter(writer -> writer.stuck(now)).forEach(Writer::cut);
    }
  }

  /** One thread that writes to one connection. */
  static final class Writer implements AutoCloseable {
    private static final long IDLE = Long.MIN_VALUE;

    private final WriteWatch watch;
    private final Thread thread;
    private volatile long since = IDLE;

    private Writer(WriteWatch watch, Thread thread) {
      this.watch = watch;
      this.thread = thread;
    }

    /** A write begins, or made progress. */
    void writing() {
      since = System.nanoTime();
    }

    /** Nothing is being written. */
    void idle() {
      since = IDLE;
    }

    @Override
    public void close() {
      watch.writers.remove(this);
    }

    private boolean stuck(long now) {
      long begun = since;
      return begun != IDLE && now - begun > watch.limit.toNanos();
    }

    private void cut() {
      thread.interrupt();
    }
  }
}
