package dev.caelum.beacon;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Says what was refused, at most once a minute a reason: the first one at once, then sums. For one
 * thread.
 */
final class RefusalLog {
  static final long EVERY_NANOS = 60_000_000_000L;
  private static final int SOURCES = 8;

  private final Consumer<String> log;
  private final Map<Refusal, Window> windows = new EnumMap<>(Refusal.class);

  RefusalLog(Consumer<String> log) {
    this.log = log;
  }

  private static final class Window {
    private long saidAt;
    private long count;
    private final List<InetAddress> sources = new ArrayList<>(SOURCES);

    void add(InetAddress source) {
      count++;
      if (sources.size() < SOURCES && !sources.contains(source)) {
        sources.add(source);
      }
    }
  }

  void refused(Refusal reason, InetAddress source, long nowNanos) {
    Window window = windows.get(reason);
    if (window == null) {
      window = new Window();
      windows.put(reason, window);
      window.saidAt = nowNanos;
      log.accept(
          "refused a datagram: %s, from %s; more of it is summed up once a minute"
              .formatted(reason.word(), source.getHostAddress()));
      return;
    }
    window.add(source);
    if (nowNanos - window.saidAt >= EVERY_NANOS) {
      log.accept(sum(reason, window, nowNanos));
      window.saidAt = nowNanos;
      window.count = 0;
      window.sources.clear();
    }
  }

  private static String sum(Refusal reason, Window window, long nowNanos) {
    long minutes = Math.max(1, Math.round((nowNanos - window.saidAt) / (double) EVERY_NANOS));
    int others = window.sources.size() - 1;
    return String.format(
        Locale.ROOT,
        "refused %,d datagram%s in the last %s: %s, from %s%s",
        window.count,
        window.count == 1 ? "" : "s",
        minutes == 1 ? "minute" : minutes + " minutes",
        reason.word(),
        window.sources.getFirst().getHostAddress(),
        switch (others) {
          case 0 -> "";
          case 1 -> " and 1 other";
          case SOURCES - 1 -> " and " + others + " or more others";
          default -> " and " + others + " others";
        });
  }
}
