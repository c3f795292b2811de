package dev.caelum.task;

/** What became of a submission or cancellation. */
public sealed interface TaskAnswer {
  /** It is kept, and as it stands now. */
  record Kept(TaskRow row) implements TaskAnswer {}

  /** No machine could run it, and it was not to wait: nothing was kept. */
  record Unplaceable(Why why) implements TaskAnswer {}

  /** Its client used that key for another task; nothing was kept. */
  record KeyUsed() implements TaskAnswer {}

  /** It is over as asked. */
  record Cancelled(TaskRow row) implements TaskAnswer {}

  /** There is no such task among those that this coordinator has. */
  record NotHere() implements TaskAnswer {}
}
