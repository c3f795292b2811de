package dev.caelum.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as people read them; an unknown one is {@code -}, never 0. */
final class Figures {
  private Figures() {}

  /** {@code 3 s}, {@code 2 min 5 s}, {@code 4 h 3 min}, {@code 2 d 4 h}. */
  static String duration(@Nullable Double seconds) {
    if (seconds == null) {
      return "-";
    }
    long s = Math.max(0, Math.round(seconds));
    if (s < 60) {
      return s + " s";
    }
    if (s < 3_600) {
      return pair(s / 60, "min", s % 60, "s");
    }
    return s < 86_400
        ? pair(s / 3_600, "h", s % 3_600 / 60, "min")
        : pair(s / 86_400, "d", s % 86_400 / 3_600, "h");
  }

  private static String pair(long large, String unit, long small, String smallUnit) {
    return large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }

  /** {@code 0.4 ms}, {@code 42 ms}. */
  static String millis(@Nullable Double millis) {
    if (millis == null) {
      return "-";
    }
    return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
  }

  /** {@code 34 %}. */
  static String percent(@Nullable Double percent) {
    return percent == null ? "-" : Math.round(percent) + " %";
  }
}
