package dev.caelum.cluster;

/** What the last 32 probes of one member showed. */
final class ProbeRecord {
  /** After so many probes in a row that only TCP answered, UDP counts as blocked. */
  private static final int BLOCKED = 3;

  private static final int LOSSY = 2;

  private int lost;
  private int asked;
  private int onlyTcp;
  private long rttMicros;
  boolean udpBlocked;

  /** UDP brought the answer. Whether that is news about {@link #udpBlocked}. */
  boolean answered(long rttNanos) {
    long micros = Math.max(1, rttNanos / 1_000);
    rttMicros = rttMicros == 0 ? micros : (7 * rttMicros + micros) / 8;
    count(0);
    onlyTcp = 0;
    boolean news = udpBlocked;
    udpBlocked = false;
    return news;
  }

  /**
   * No direct answer came.
   *
   * @param tcpWorks whether the link answered meanwhile
   * @return whether that is news about {@link #udpBlocked}
   */
  boolean missed(boolean tcpWorks) {
    count(1);
    onlyTcp = tcpWorks ? onlyTcp + 1 : 0;
    boolean news = !udpBlocked && onlyTcp >= BLOCKED;
    udpBlocked |= news;
    return news;
  }

  /** Whether probes get lost now and then: silence proves less, and the link is asked at once. */
  boolean lossy() {
    return Integer.bitCount(lost) >= LOSSY;
  }

  private void count(int bit) {
    lost = lost << 1 | bit;
    asked = Math.min(32, asked + 1);
  }

  Member.Probes view() {
    int counted = asked == 32 ? lost : lost & ((1 << asked) - 1);
    return new Member.Probes(
        rttMicros == 0 ? null : rttMicros, asked, Integer.bitCount(counted), udpBlocked);
  }
}
