package dev.caelum.ui.state;

import dev.caelum.ui.client.Monotonic;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Turns any number of changes into a calm rhythm: the first changes after a quiet second go out at
 * once, lasting ones four times a second, and without any change a beat every 2 s proves that the
 * dashboard lives.
 */
final class Pulse implements AutoCloseable {
  private static final long BEAT_MILLIS = 2000;

  /** What happens together is told together. */
  private static final long MIN_GAP_MILLIS = 25;

  /** Turns in a row before the rhythm holds, and turns a second from then on. */
  private static final int BURST = 4;

  private static final double PER_MILLI = 4 / 1000.0;

  private final Runnable publish;
  private final Thread thread = Thread.ofVirtual().name("pulse").unstarted(this::run);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean dirty;
  private double allowed = BURST;
  private long allowedAt = Monotonic.millis();

  /**
   * @param publish called by the pulse's own thread; must be quick
   */
  Pulse(Runnable publish) {
    this.publish = publish;
  }

  void start() {
    thread.start();
  }

  /** Something changed. */
  void change() {
    lock.lock();
    try {
      dirty = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (true) {
        if (awaitChangeOrBeat()) {
          publish.run();
          Thread.sleep(gap());
        } else {
          publish.run();
        }
      }
    } catch (InterruptedException e) {
      // close() ends the pulse this way
    }
  }

  /** Takes one turn from the allowance; the milliseconds until there is a next one. */
  private long gap() {
    long now = Monotonic.millis();
    allowed = Math.min(BURST, allowed + (now - allowedAt) * PER_MILLI) - 1;
    allowedAt = now;
    long missing = allowed >= 1 ? 0 : (long) Math.ceil((1 - allowed) / PER_MILLI);
    return Math.max(MIN_GAP_MILLIS, missing);
  }

  /** Returns true after a change, false when a beat is due. */
  private boolean awaitChangeOrBeat() throws InterruptedException {
    long due = Monotonic.millis() + BEAT_MILLIS;
    lock.lock();
    try {
      while (!dirty) {
        long left = due - Monotonic.millis();
        if (left <= 0) {
          return false;
        }
        changed.awaitNanos(left * 1_000_000);
      }
      dirty = false;
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
