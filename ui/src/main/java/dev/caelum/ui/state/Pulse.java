package dev.caelum.ui.state;

import dev.caelum.ui.client.Monotonic;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Turns any number of changes into the calm {@link Rhythm} in which pages are told of them. */
final class Pulse implements AutoCloseable {
  private final Runnable publish;
  private final Thread thread = Thread.ofVirtual().name("pulse").unstarted(this::run);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Rhythm rhythm = new Rhythm(Monotonic.millis());

  /**
   * @param publish called by the pulse's own thread; must be quick
   */
  Pulse(Runnable publish) {
    this.publish = publish;
  }

  void start() {
    thread.start();
  }

  /**
   * Something changed.
   *
   * @param turned whether people wait for it; false for mere readings
   */
  void change(boolean turned) {
    lock.lock();
    try {
      if (turned) {
        rhythm.turned();
      } else {
        rhythm.read();
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (true) {
        awaitTurn();
        publish.run();
      }
    } catch (InterruptedException e) {
      // close() ends the pulse this way
    }
  }

  private void awaitTurn() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long wait = rhythm.dueIn(Monotonic.millis());
      while (wait > 0) {
        changed.awaitNanos(wait * 1_000_000);
        wait = rhythm.dueIn(Monotonic.millis());
      }
      rhythm.published(Monotonic.millis());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
