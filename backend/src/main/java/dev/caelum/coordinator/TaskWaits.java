package dev.caelum.coordinator;

import dev.caelum.task.TaskRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

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

    private Wait(String task) {
      this.task = task;
    }

    /**
     * Waits until the task is over, at most so long.
     *
     * @return whether it was told to be; if not, it may be all the same, by another coordinator
     */
    boolean await(long nanos) throws InterruptedException {
      return end.await(nanos, TimeUnit.NANOSECONDS);
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
      same.forEach(wait -> wait.end.countDown());
    }
  }
}
