package dev.caelum.task;

import java.time.Duration;

/**
 * Times and bounds of the coordinator.
 *
 * @param lease how long a worker may hold a task without renewing
 * @param linkLoss how long a worker whose link is gone keeps its tasks
 * @param retry before the second attempt; doubled for each further one, give or take a quarter
 * @param pause how long a worker that refused is left alone
 * @param losses how often a task may be lost before it was said to begin
 * @param window tasks in memory
 * @param windowCharacters of their payloads
 */
public record TaskSettings(
    Duration lease,
    Duration linkLoss,
    Duration retry,
    Duration pause,
    int losses,
    int window,
    long windowCharacters) {
  public static TaskSettings defaults() {
    return new TaskSettings(
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        5,
        2_000,
        8L << 20);
  }
}
