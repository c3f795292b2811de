package dev.caelum.discovery;

import java.time.Duration;

/**
 * How often this node announces itself, so that no segment carries more than about ten beacon
 * datagrams a second whatever its size, all copies counted.
 */
final class BeaconCadence {
  static final Duration USUAL = Duration.ofSeconds(15);

  /** Old nodes forget a machine after 60 s without a beacon. */
  private static final Duration LEGACY_LIMIT = Duration.ofSeconds(45);

  private static final int SEGMENT_DATAGRAMS_PER_SECOND = 10;

  /** Where so many machines are known, the first questions were answered. */
  private static final int KNOWN_ENOUGH = 60;

  private static final long FIRST_QUESTIONS_MILLIS = 100;

  private final BeaconDiscovery.Facts facts;
  private volatile Duration interval = USUAL;
  private volatile int copies;

  BeaconCadence(BeaconDiscovery.Facts facts) {
    this.facts = facts;
  }

  /** So many copies of the last beacon left by one interface. */
  void left(int copies) {
    this.copies = copies;
  }

  /**
   * Judges anew, to be called before a regular beacon alone: what it tells is the time until the
   * next, and what others tell in between must not be another.
   */
  void renew() {
    interval = interval(copies, facts.machines(), facts.legacyNear());
  }

  /** The time from one regular beacon to the next, as told in every beacon. */
  Duration interval() {
    return interval;
  }

  /** Whether the question that is due {@code millis} after a start is still worth its datagrams. */
  boolean asks(long millis) {
    return millis <= FIRST_QUESTIONS_MILLIS || facts.machines() <= KNOWN_ENOUGH;
  }

  static Duration interval(int copies, int machines, boolean legacyNear) {
    Duration fair = Duration.ofMillis(1_000L * copies * machines / SEGMENT_DATAGRAMS_PER_SECOND);
    Duration wanted = fair.compareTo(USUAL) > 0 ? fair : USUAL;
    return legacyNear && wanted.compareTo(LEGACY_LIMIT) > 0 ? LEGACY_LIMIT : wanted;
  }
}
