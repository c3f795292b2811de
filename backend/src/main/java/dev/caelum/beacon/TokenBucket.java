package dev.caelum.beacon;

/**
 * A token bucket: {@code burst} at once, {@code perSecond} in the long run. Starts full. For one
 * thread.
 */
final class TokenBucket {
  private final double perNano;
  private final double burst;
  private double tokens;
  private long filledAt;

  TokenBucket(double perSecond, double burst, long nowNanos) {
    this.perNano = perSecond / 1e9;
    this.burst = burst;
    this.tokens = burst;
    this.filledAt = nowNanos;
  }

  /** Takes one token if there is one. */
  boolean take(long nowNanos) {
    tokens = Math.min(burst, tokens + (nowNanos - filledAt) * perNano);
    filledAt = nowNanos;
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }
}
