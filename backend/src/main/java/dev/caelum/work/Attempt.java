package dev.caelum.work;

import dev.caelum.task.Lease;
import dev.caelum.task.TaskError;
import dev.caelum.task.WorkMessage;
import org.jspecify.annotations.Nullable;

/** One order from its arrival until its outcome was taken; only {@link WorkBook} changes it. */
final class Attempt {
  /** Where it stands. */
  enum State {
    WAITING,
    RUNNING,
    /** It has an outcome, which is told until it is taken. */
    ENDED,
    /** Nobody wants to hear of it any more. */
    DROPPED
  }

  final Lease lease;
  final long number;
  final int priority;
  WorkMessage.@Nullable Order order;
  String owner;
  State state = State.WAITING;
  long leaseNanos;
  long leaseEnds;
  long begunAt;
  long endsBy;
  long stepAt;
  boolean stepDue = true;
  int percent = -1;
  @Nullable String note;
  WorkMessage.@Nullable Outcome outcome;
  long endedAt;
  long tellAt;
  boolean onDisk;

  Attempt(Lease lease, long number, int priority, String owner) {
    this.lease = lease;
    this.number = number;
    this.priority = priority;
    this.owner = owner;
  }

  boolean open() {
    return state == State.WAITING || state == State.RUNNING;
  }

  /** Why it was ended when its time was over. */
  TaskError tooLate(long now) {
    return new TaskError(
        "timeout", "It was ended after %.1f s, its timeout.".formatted((now - begunAt) / 1e9));
  }

  /** Characters that its outcome takes in memory. */
  int characters() {
    WorkMessage.Outcome told = outcome;
    String result = told == null ? null : told.result();
    return result == null ? 0 : result.length();
  }
}
