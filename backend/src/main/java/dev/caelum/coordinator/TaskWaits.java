package dev.caelum.coordinator;

import dev.caelum.task.TaskRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Those who wait until a task is over. */
public final class TaskWaits {
  /** Callers that may wait at once. */
  static final int MOST = 1_000;

  private final Map<String, Set<Wait>> waiting = new HashMap<>();
  private int count;

  /** One who waits; to be closed. */
  final class Wait implements AutoCloseable {
    private final String task;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile @Nullable TaskRow row;

    private Wait(String task) {
      this.task = task;
    }

    /**
     * Waits until the task is over, at most so long.
     *
     * @return the task with its result; null when it was not told to be over: it may be all the
     *     same, by another coordinator
     */
    @Nullable TaskRow await(long nanos) throws InterruptedException {
      return end.await(nanos, TimeUnit.NANOSECONDS) ? row : null;
    }

    @Override
    public void close() {
      remove(this);
    }
  }

  /** Begins to wait; one who finds too many others there does not, and looks again by himself. */
  synchronized Wait begin(String task) {
    Wait wait = new Wait(task);
    if (count < MOST) {
      count++;
      waiting.computeIfAbsent(task, _ -> new HashSet<>()).add(wait);
    }
    return wait;
  }

  private synchronized void remove(Wait wait) {
    Set<Wait> same = waiting.get(wait.task);
    if (same != null && same.remove(wait)) {
      count--;
      if (same.isEmpty()) {
        waiting.remove(wait.task);
      }
    }
  }

  /** A task is over, and that is on disk. */
  synchronized void over(TaskRow row) {
    Set<Wait> same = waiting.get(row.id());
    if (same != null) {
      for (Wait wait : same) {
        wait.row = row;
        wait.end.countDown();
      }
    }
  }
}
