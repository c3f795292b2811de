package dev.caelum.task;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What becomes of a task whose attempt ended: it is over, or it is tried again. */
final class Ends {
  private final TaskSettings settings;
  private final RandomGenerator random;
  private final Jobs jobs;
  private final Consumer<TaskEffect> out;
  private long now;
  private long wall;
  private long lost;

  Ends(TaskSettings settings, RandomGenerator random, Jobs jobs, Consumer<TaskEffect> out) {
    this.settings = settings;
    this.random = random;
    this.jobs = jobs;
    this.out = out;
  }

  /** It is then, by the monotonic clock and by the wall's. */
  void at(long nanos, long millis) {
    now = nanos;
    wall = millis;
  }

  /** Hand-outs that ended without a word. */
  long lost() {
    return lost;
  }

  /** The worker did not say in time that it still has it; {@code what} says how so. */
  void leaseOver(Job job, Worker worker, String what) {
    lost++;
    TaskRow row = job.row();
    TaskError error = new TaskError("lost", worker.machine().name() + " " + what + ".");
    boolean began = job.running();
    failed(job, worker, row.failures() + (began ? 1 : 0), row.losses() + (began ? 0 : 1), error);
  }

  /** An attempt failed or was lost, which makes so many: it is tried later, or a dead letter. */
  void failed(Job job, Worker worker, int failures, int losses, TaskError error) {
    job.failedOn().add(worker.machine().key());
    job.row(job.row().counted(failures, losses, error));
    if (failures >= job.row().spec().attempts() || losses >= settings.losses()) {
      over(job, TaskState.DEAD, null, error);
      return;
    }
    int before = Math.max(0, failures + losses - 1);
    double pause = settings.retry().toNanos() * Math.scalb(1.0, Math.min(before, 10));
    requeue(job, (long) (pause * random.nextDouble(0.75, 1.25)), error.text());
  }

  /** It waits for a machine again, after that pause. */
  void requeue(Job job, long pauseNanos, String note) {
    TaskRow row = job.row();
    job.takeBack();
    write(job, row.now(TaskState.QUEUED, TaskRow.NOT_TOLD, note, null, row.error(), wall));
    job.notBefore(pauseNanos == 0 ? 0 : now + pauseNanos);
    jobs.queue(job, now);
  }

  /** It is over; returns its last row. */
  TaskRow over(Job job, TaskState state, @Nullable String result, @Nullable TaskError error) {
    TaskRow row = job.row();
    int percent = state == TaskState.DONE ? 100 : row.percent();
    TaskRow end = row.now(state, percent, row.note(), result, error, wall);
    write(job, end);
    jobs.remove(job);
    return end;
  }

  /** That is how it stands now. */
  void write(Job job, TaskRow row) {
    job.row(row);
    out.accept(new TaskEffect.Write(row));
  }
}
