package dev.caelum.task;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A task that the coordinator has in memory, and what it alone needs to know of it. */
final class Job {
  /** Of a task that somebody else handed out. */
  static final long NO_SESSION = -1;

  private TaskRow row;
  private final Shape shape;
  private final long order;
  private final long deadline;
  private final Set<String> failedOn = new HashSet<>(2);
  private @Nullable Worker worker;
  private long leaseUntil;
  private long session;
  private long notBefore;

  /**
   * @param order ties of priority are broken by it
   * @param deadline on the monotonic clock; {@link Long#MAX_VALUE} = none
   */
  Job(TaskRow row, Shape shape, long order, long deadline) {
    this.row = row;
    this.shape = shape;
    this.order = order;
    this.deadline = deadline;
  }

  TaskRow row() {
    return row;
  }

  void row(TaskRow now) {
    row = now;
  }

  String id() {
    return row.id();
  }

  Shape shape() {
    return shape;
  }

  long order() {
    return order;
  }

  Lease lease() {
    return new Lease(row.id(), row.epoch());
  }

  /** The attempt that it is handed out for. */
  WorkMessage.Order order(Duration lease) {
    TaskSpec spec = row.spec();
    return new WorkMessage.Order(
        row.id(),
        row.epoch(),
        row.failures() + row.losses() + 1,
        spec.type(),
        spec.service(),
        spec.need(),
        spec.priority(),
        spec.payload(),
        spec.timeoutMillis(),
        lease.toMillis());
  }

  boolean queued() {
    return row.state() == TaskState.QUEUED;
  }

  boolean running() {
    return row.state() == TaskState.RUNNING;
  }

  boolean late(long now) {
    return deadline != Long.MAX_VALUE && now - deadline >= 0;
  }

  /** Machines on which an attempt failed: others go first. */
  Set<String> failedOn() {
    return failedOn;
  }

  @Nullable Worker worker() {
    return worker;
  }

  /** Gives it to a worker under the worker's present session, or under none for an adopted one. */
  void give(Worker to, long untilNanos, long ofSession) {
    worker = to;
    leaseUntil = untilNanos;
    session = ofSession;
    to.jobs().put(row.id(), this);
  }

  void takeBack() {
    if (worker != null) {
      worker.jobs().remove(row.id());
      worker = null;
    }
  }

  long session() {
    return session;
  }

  void lease(long untilNanos) {
    leaseUntil = untilNanos;
  }

  long leaseUntil() {
    return leaseUntil;
  }

  long notBefore() {
    return notBefore;
  }

  void notBefore(long nanos) {
    notBefore = nanos;
  }
}
