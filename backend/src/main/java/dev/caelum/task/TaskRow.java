package dev.caelum.task;

import org.jspecify.annotations.Nullable;

/**
 * A task as the store keeps it. Immutable; the last written one counts.
 *
 * @param id {@code t-} and 26 characters that sort by time of submission (see {@link TaskIds})
 * @param group what was submitted for several machines at once shares it; null = alone
 * @param client who submitted it: {@code local}, an address, or {@code mcp}
 * @param key the client's idempotency key; null = none
 * @param epoch grows with each hand-out; the fence of results. 0 = never handed out
 * @param failures attempts that began and failed
 * @param losses hand-outs whose machine was lost before it said that it began
 * @param worker key of the machine that has or had it last; null = none yet
 * @param percent 0 to 100; -1 = not told
 * @param note what the handler, or the coordinator, said last; for people
 * @param result JSON text; null until done
 * @param error code and sentence of the last failure; null = none
 * @param createdAt milliseconds since 1970, by the coordinator's wall clock, for people
 * @param changedAt likewise, of the last change of state
 */
public record TaskRow(
    String id,
    @Nullable String group,
    TaskSpec spec,
    String client,
    @Nullable String key,
    TaskState state,
    long epoch,
    int failures,
    int losses,
    @Nullable String worker,
    int percent,
    @Nullable String note,
    @Nullable String result,
    @Nullable TaskError error,
    long createdAt,
    long changedAt) {
  /** {@code percent} when nobody told how far it is. */
  public static final int NOT_TOLD = -1;

  /** The same, handed out to {@code to} under the next epoch. */
  TaskRow leased(String to, long wall) {
    return new TaskRow(
        id,
        group,
        spec,
        client,
        key,
        TaskState.LEASED,
        epoch + 1,
        failures,
        losses,
        to,
        NOT_TOLD,
        note,
        null,
        error,
        createdAt,
        wall);
  }

  /** The same in another state. */
  TaskRow now(
      TaskState next,
      int percentNow,
      @Nullable String noteNow,
      @Nullable String resultNow,
      @Nullable TaskError errorNow,
      long wall) {
    return new TaskRow(
        id,
        group,
        spec,
        client,
        key,
        next,
        epoch,
        failures,
        losses,
        worker,
        percentNow,
        noteNow,
        resultNow,
        errorNow,
        createdAt,
        wall);
  }

  /** The same with attempts counted. */
  TaskRow counted(int failuresNow, int lossesNow, TaskError why) {
    return new TaskRow(
        id,
        group,
        spec,
        client,
        key,
        state,
        epoch,
        failuresNow,
        lossesNow,
        worker,
        percent,
        note,
        result,
        why,
        createdAt,
        changedAt);
  }
}
