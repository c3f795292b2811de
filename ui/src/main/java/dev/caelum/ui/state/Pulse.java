package dev.caelum.ui.state;

import dev.caelum.ui.client.Monotonic;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Turns any number of changes into a calm rhythm: the first change goes out at once, further ones
 * at most every 250 ms, and without any change a beat every 2 s proves that the dashboard lives.
 */
final class Pulse implements AutoCloseable {
  static final long MIN_GAP_MILLIS = 250;
  static final long BEAT_MILLIS = 2000;

  private final Runnable publish;
  private final Thread thread = Thread.ofVirtual().name("pulse").unstarted(this::run);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean dirty;

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
          Thread.sleep(MIN_GAP_MILLIS);
        } else {
          publish.run();
        }
      }
    } catch (InterruptedException e) {
      // close() ends the pulse this way
    }
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
