package dev.caelum.ui.client;

/** The dashboard's own clock for ages; it never jumps and no peer can set it. */
public final class Monotonic {
  private static final long START = System.nanoTime();

  private Monotonic() {}

  /** Milliseconds since this process first asked; a moment before that is negative. */
  public static long millis() {
    return (System.nanoTime() - START) / 1_000_000;
  }

  /** The moment that was {@code seconds} ago. */
  static long ago(double seconds) {
    return millis() - Math.round(seconds * 1000);
  }
}
