package dev.caelum.ui.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person should hear of.
 *
 * @param time by the node's clock
 * @param kind what it is about, in the word of the API
 * @param level {@code info}, {@code warning} or {@code problem}
 * @param machines keys of machines that it is about
 */
public record InboxItem(
    String id,
    @Nullable Instant time,
    String kind,
    String level,
    String text,
    List<String> machines,
    long count) {
  static InboxItem read(Fields f) {
    return new InboxItem(
        f.text("id", ""),
        f.instant("time"),
        f.text("kind", ""),
        f.text("level", "info"),
        f.text("text", ""),
        f.texts("machines"),
        f.count("count"));
  }

  /** The moment in milliseconds since 1970; 0 when the node sent none. */
  public long at() {
    return time == null ? 0 : time.toEpochMilli();
  }
}
