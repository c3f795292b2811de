package dev.caelum.node;

/** So much at once, then so much a second (a token bucket). Not thread-safe. */
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
    return take(now, 1);
  }

  /** Whether {@code amount} more is; if not, nothing is taken. */
  boolean take(long now, double amount) {
    left = Math.min(burst, left + Math.max(0, now - at) / 1e9 * perSecond);
    at = now;
    if (left < amount) {
      return false;
    }
    left -= amount;
    return true;
  }
}
