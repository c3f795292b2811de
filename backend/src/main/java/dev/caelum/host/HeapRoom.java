package dev.caelum.host;

/** What the heap of this process has room for, beside the node itself. */
public final class HeapRoom {
  /** What a node without callers lives on. */
  private static final long NODE = 16L << 20;

  private HeapRoom() {}

  /** How many things of {@code bytes} each fit, and never fewer than {@code least}. */
  public static int of(int bytes, int least) {
    long room = (Runtime.getRuntime().maxMemory() - NODE) / bytes;
    return Math.clamp(room, least, Integer.MAX_VALUE);
  }
}
