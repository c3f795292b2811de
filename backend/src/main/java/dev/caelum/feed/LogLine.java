package dev.caelum.feed;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the event log that people read.
 *
 * @param text already cleaned for display: one line, no control or bidi characters
 * @param key the machine's key it is about; null when about none
 * @param interfaceName null when not about an interface
 * @param code a failure or finding code in lower case; null when none
 */
public record LogLine(
    Instant time,
    Level level,
    Category category,
    String text,
    @Nullable String key,
    @Nullable String interfaceName,
    @Nullable String code) {

  /** How much it matters. */
  public enum Level {
    INFO,
    WARNING,
    PROBLEM
  }

  /** What it is about. */
  public enum Category {
    MACHINE,
    CONNECTION,
    DISCOVERY,
    NODE
  }
}
