package dev.caelum.store;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/**
 * What a journal needs from time to time: a backup each hour, and a log of changes that is short.
 */
final class Chores implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Chores.class.getName());
  private static final int CHECKPOINT_MILLIS = 200;
  private static final int MINUTES = 1;
  private static final int STOP_SECONDS = 5;

  private final SqliteStore store;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("journal").daemon(true).factory());
  private String told = "";

  Chores(SqliteStore store) {
    this.store = store;
  }

  void start() {
    var _ =
        thread.scheduleWithFixedDelay(
            () -> run(store::checkpoint),
            CHECKPOINT_MILLIS,
            CHECKPOINT_MILLIS,
            TimeUnit.MILLISECONDS);
    var _ =
        thread.scheduleWithFixedDelay(() -> run(this::keep), MINUTES, MINUTES, TimeUnit.MINUTES);
  }

  private interface Chore {
    void run() throws StoreUnavailable, IOException;
  }

  private void keep() throws StoreUnavailable, IOException {
    store.trim();
    store.backUp(Clock.systemUTC());
    told = "";
  }

  private void run(Chore chore) {
    try {
      chore.run();
    } catch (StoreUnavailable | IOException e) {
      // Once for each trouble: it is tried again.
      String why = String.valueOf(e.getMessage());
      if (!why.equals(told)) {
        LOG.warning("The journal of tasks could not be backed up or kept short: " + why);
        told = why;
      }
    } catch (RuntimeException e) {
      LOG.log(java.util.logging.Level.SEVERE, "A chore of the journal failed", e);
    }
  }

  /** A backup that is being written is waited for a moment; else the next one removes its rest. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.fine("A backup is still being written");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
