package dev.caelum.history;

import dev.caelum.feed.LogLine.Category;
import dev.caelum.feed.LogLine.Level;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events are asked for.
 *
 * @param until before that
 * @param levels empty = all
 * @param categories empty = all
 * @param key of the machine they are about; null = of any, or none
 * @param text stands in the line, whatever the case of its letters; null = any
 * @param before only those with a smaller id
 * @param limit how many, the newest ones
 */
public record EventQuery(
    Instant from,
    Instant until,
    Set<Level> levels,
    Set<Category> categories,
    @Nullable String key,
    @Nullable String text,
    long before,
    int limit) {
  public EventQuery {
    levels = Set.copyOf(levels);
    categories = Set.copyOf(categories);
  }
}
