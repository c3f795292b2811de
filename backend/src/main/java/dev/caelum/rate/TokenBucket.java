package dev.caelum.rate;

/**
 * So much at once, then so much a second; full at first. Time comes in, as monotonic nanoseconds.
 * Not thread-safe.
 */
public final class TokenBucket {
  private final double perNano;
  private final double burst;
  private double left;
  private long at;

  public TokenBucket(double perSecond, double burst, long now) {
    this.perNano = perSecond / 1e9;
    this.burst = burst;
    this.left = burst;
    this.at = now;
  }

  /** Takes one if there is one. */
  public boolean take(long now) {
    return take(now, 1);
  }

  /** Takes {@code amount} if there is as much, else nothing. */
  public boolean take(long now, double amount) {
    left = Math.min(burst, left + Math.max(0, now - at) * perNano);
    at = now;
    if (left < amount) {
      return false;
    }
    left -= amount;
    return true;
  }
}
