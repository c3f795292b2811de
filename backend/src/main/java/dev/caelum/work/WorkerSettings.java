package dev.caelum.work;

import java.time.Duration;

/**
 * Every bound and time of a worker.
 *
 * @param slots attempts that run at once; 1 to 256
 * @param waiting attempts that wait for a slot; more are refused as busy
 * @param kept results that wait to be taken; with more, new orders are refused as busy
 * @param keptCharacters likewise, of their texts
 * @param margin so long before its end a lease is no longer used
 * @param renewEvery leases are renewed
 * @param repeatEvery a result is told again until it is taken
 * @param keepAfter a result that was not taken goes to the disk
 * @param keepFor and is given up
 * @param firstStep after which an attempt is told to have begun
 * @param stepEvery at most, how far it is
 * @param offerEvery at most, what this worker takes on
 * @param offerAnyway without a change
 */
public record WorkerSettings(
    int slots,
    int waiting,
    int kept,
    long keptCharacters,
    Duration margin,
    Duration renewEvery,
    Duration repeatEvery,
    Duration keepAfter,
    Duration keepFor,
    Duration firstStep,
    Duration stepEvery,
    Duration offerEvery,
    Duration offerAnyway) {
  public static final int MAX_SLOTS = 256;

  public WorkerSettings {
    if (slots < 1 || slots > MAX_SLOTS) {
      throw new IllegalArgumentException("slots must be 1 to " + MAX_SLOTS + ", not " + slots);
    }
  }

  /** The usual ones, with as many slots. */
  public static WorkerSettings of(int slots) {
    return new WorkerSettings(
        slots,
        // Enough to fill the slots while results travel and new orders come.
        Math.max(256, 8 * slots),
        8_000,
        16 << 20,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        Duration.ofMillis(250),
        Duration.ofHours(24),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(30));
  }
}
