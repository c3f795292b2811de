package dev.caelum.ui.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the node's event log.
 *
 * @param number grows by one with each line that this dashboard received
 * @param time by the node's clock; null when it sent none
 * @param level {@code info}, {@code warning} or {@code problem}
 * @param key of the machine that it is about
 * @param category {@code machine}, {@code connection}, {@code discovery} or {@code node}
 */
public record LogLine(
    long number,
    @Nullable Instant time,
    String level,
    String category,
    String text,
    @Nullable String key,
    @Nullable String interfaceName) {

  static LogLine read(Fields f) {
    return new LogLine(
        0,
        f.instant("time"),
        f.text("level", "info"),
        f.text("category", "node"),
        f.text("text", ""),
        f.text("key"),
        f.text("interface"));
  }

  /** The same line under {@code number}. */
  public LogLine numbered(long number) {
    return new LogLine(number, time, level, category, text, key, interfaceName);
  }
}
