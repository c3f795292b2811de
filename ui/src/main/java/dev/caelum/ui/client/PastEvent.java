package dev.caelum.ui.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event that the node kept.
 *
 * @param id grows with each event
 * @param time by the node's clock; null when it sent none
 * @param level {@code info}, {@code warning} or {@code problem}
 * @param category {@code machine}, {@code connection}, {@code discovery} or {@code node}
 * @param key of the machine that it is about
 */
public record PastEvent(
    long id,
    @Nullable Instant time,
    String level,
    String category,
    String text,
    @Nullable String key) {
  static PastEvent read(Fields f) {
    return new PastEvent(
        f.count("id"),
        f.instant("time"),
        f.text("level", "info"),
        f.text("category", "node"),
        f.text("text", ""),
        f.text("key"));
  }
}
