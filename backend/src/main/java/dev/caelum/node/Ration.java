package dev.caelum.node;

/** So many at once, then so many a second (a token bucket). Not thread-safe. */
final class Ration {
  private final double perSecond;
  private final double burst;
  private double left;
  private long at = System.nanoTime();

  Ration(double perSecond, double burst) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.left = burst;
  }

  /** Whether one more is within the ration at {@code now}, in monotonic nanoseconds. */
  boolean take(long now) {
    left = Math.min(burst, left + (now - at) / 1e9 * perSecond);
    at = now;
    if (left < 1) {
      return false;
    }
    left -= 1;
    return true;
  }
}
