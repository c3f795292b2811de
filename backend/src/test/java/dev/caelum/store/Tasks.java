package dev.caelum.store;

import dev.caelum.task.ResourceNeed;
import dev.caelum.task.TaskError;
import dev.caelum.task.TaskIds;
import dev.caelum.task.TaskRow;
import dev.caelum.task.TaskSpec;
import dev.caelum.task.TaskState;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Rows for the tests, each a millisecond younger than the one before. */
final class Tasks {
  private final RandomGenerator random;
  private long now = System.currentTimeMillis();

  Tasks() {
    this(4);
  }

  Tasks(long seed) {
    random = new Random(seed);
  }

  /** A new task with that priority. */
  TaskRow queued(int priority) {
    return queued(priority, "\"hello\"", null);
  }

  TaskRow queued(int priority, String payload, @Nullable String key) {
    now++;
    return new TaskRow(
        TaskIds.next(now, random),
        null,
        spec(priority, payload),
        "local",
        key,
        TaskState.QUEUED,
        0,
        0,
        0,
        null,
        -1,
        null,
        null,
        null,
        now,
        now);
  }

  private static TaskSpec spec(int priority, String payload) {
    return new TaskSpec(
        "echo",
        "web",
        List.of("alpha", "beta"),
        List.of("gamma"),
        List.of("alpha"),
        Map.of("zone", "cellar", "os", "linux"),
        new ResourceNeed(0.5, 1.25, 1),
        priority,
        payload,
        60_000,
        3_600_000,
        3,
        true);
  }

  static TaskRow leased(TaskRow row, String worker) {
    return with(row, TaskState.LEASED, row.epoch() + 1, worker, null, null, null);
  }

  static TaskRow running(TaskRow row) {
    return with(row, TaskState.RUNNING, row.epoch(), row.worker(), "began", null, null);
  }

  static TaskRow done(TaskRow row, String result) {
    return with(row, TaskState.DONE, row.epoch(), row.worker(), null, result, null);
  }

  static TaskRow dead(TaskRow row, String text) {
    TaskError error = new TaskError("worker_lost", text);
    return with(row, TaskState.DEAD, row.epoch(), row.worker(), null, null, error);
  }

  static TaskRow requeued(TaskRow row) {
    return with(row, TaskState.QUEUED, row.epoch(), row.worker(), "again", null, null);
  }

  /** The same row, created so much earlier. */
  static TaskRow older(TaskRow row, long millis) {
    return new TaskRow(
        row.id(),
        row.group(),
        row.spec(),
        row.client(),
        row.key(),
        row.state(),
        row.epoch(),
        row.failures(),
        row.losses(),
        row.worker(),
        row.percent(),
        row.note(),
        row.result(),
        row.error(),
        row.createdAt() - millis,
        row.changedAt() - millis);
  }

  static TaskRow with(
      TaskRow row,
      TaskState state,
      long epoch,
      @Nullable String worker,
      @Nullable String note,
      @Nullable String result,
      @Nullable TaskError error) {
    return new TaskRow(
        row.id(),
        row.group(),
        row.spec(),
        row.client(),
        row.key(),
        state,
        epoch,
        row.failures(),
        row.losses(),
        worker,
        row.percent(),
        note,
        result,
        error,
        row.createdAt(),
        row.changedAt() + 1);
  }

  static TaskRow grouped(TaskRow row, String group) {
    return new TaskRow(
        row.id(),
        group,
        row.spec(),
        row.client(),
        row.key(),
        row.state(),
        row.epoch(),
        row.failures(),
        row.losses(),
        row.worker(),
        row.percent(),
        row.note(),
        row.result(),
        row.error(),
        row.createdAt(),
        row.changedAt());
  }
}
