package dev.caelum.logging;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * One line a record, for people: local time, level, room, text, and the error with its causes.
 *
 * <pre>2026-11-22 10:02:11.123 INFO  node     🎯 UDP discovered new Caelum machine: delta</pre>
 */
final class TextFormatter extends Formatter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT)
          .withZone(ZoneId.systemDefault());
  private static final int MAX_CAUSES = 5;
  private static final int MAX_FRAMES = 12;

  @Override
  public String format(LogRecord entry) {
    StringBuilder line = new StringBuilder(160);
    TIME.formatTo(entry.getInstant(), line);
    line.append(' ').append(padded(level(entry.getLevel()), 5));
    line.append(' ').append(padded(Printable.of(room(entry.getLoggerName())), 8));
    line.append(' ').append(Printable.of(formatMessage(entry)));
    appendError(line, entry);
    return line.append('\n').toString();
  }

  private static void appendError(StringBuilder line, LogRecord entry) {
    Throwable error = entry.getThrown();
    for (int depth = 0; error != null && depth < MAX_CAUSES; depth++) {
      line.append(depth == 0 ? " | " : " | caused by ").append(Printable.of(error.toString()));
      StackTraceElement[] frames = error.getStackTrace();
      for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
        line.append(i == 0 ? " at " : " < ").append(Printable.of(frames[i].toString()));
      }
      error = error.getCause();
    }
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  /** The four words that people know for the levels. */
  static String level(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (value >= Level.WARNING.intValue()) {
      return "WARN";
    }
    return value >= Level.CONFIG.intValue() ? "INFO" : "DEBUG";
  }

  /** {@code beacon} for {@code dev.caelum.beacon.Channel}; the last part of any other name. */
  static String room(@Nullable String logger) {
    if (logger == null || logger.isEmpty()) {
      return "-";
    }
    if (logger.startsWith("dev.caelum.")) {
      int start = "dev.caelum.".length();
      int end = logger.indexOf('.', start);
      return logger.substring(start, end < 0 ? logger.length() : end);
    }
    return logger.substring(logger.lastIndexOf('.') + 1);
  }
}
