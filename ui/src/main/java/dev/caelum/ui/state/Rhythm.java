package dev.caelum.ui.state;

/**
 * When pages are told of what changed: turns that people wait for go out at once after a quiet
 * second and four times a second while they last; mere readings, which always change, twice a
 * second, so that a turn among them does not wait; and without any change a beat every 2 s proves
 * that the dashboard lives. Moments are milliseconds of any monotonic clock.
 */
final class Rhythm {
  private static final long BEAT = 2_000;
  private static final long READINGS = 500;

  /** What happens together is told together. */
  private static final long GAP = 25;

  /** Publications in a row before the rhythm holds, and those a second from then on. */
  private static final int BURST = 4;

  private static final double PER_MILLI = 4 / 1_000.0;

  private boolean turned;
  private boolean read;
  private long lastAt;
  private double allowed = BURST;
  private long allowedAt;

  Rhythm(long now) {
    this.lastAt = now - READINGS;
    this.allowedAt = now;
  }

  /** Something happened. */
  void turned() {
    turned = true;
  }

  /** Numbers were read anew. */
  void read() {
    read = true;
  }

  /** Milliseconds until the next publication; 0 or less when it is due. */
  long dueIn(long now) {
    if (!turned && !read) {
      return lastAt + BEAT - now;
    }
    double missing = Math.max(0, 1 - allowed(now));
    long free = Math.max(lastAt + GAP - now, (long) Math.ceil(missing / PER_MILLI));
    return turned ? free : Math.max(free, lastAt + READINGS - now);
  }

  /** All is told; what happens from now on waits for the next publication. */
  void published(long now) {
    if (turned || read) {
      allowed = allowed(now) - 1;
      allowedAt = now;
    }
    turned = false;
    read = false;
    lastAt = now;
  }

  private double allowed(long now) {
    return Math.min(BURST, allowed + (now - allowedAt) * PER_MILLI);
  }
}
