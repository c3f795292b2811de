package dev.caelum.cluster;

import org.jspecify.annotations.Nullable;

/**
 * One connection attempt that failed, with its evidence.
 *
 * @param target the address that was tried
 * @param evidence what was seen, for example {@code Connection refused} or {@code HTTP 404 from
 *     nginx}
 * @param millis how long the attempt took
 * @param attempt 1 for the first of a row of attempts
 * @param at monotonic nanoseconds of the node that tried
 * @param nextAttemptAt monotonic nanoseconds, null when no further attempt is planned
 */
public record Failure(
    FailureCode code,
    Endpoint target,
    String evidence,
    long millis,
    int attempt,
    long at,
    @Nullable Long nextAttemptAt) {}
