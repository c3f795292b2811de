package dev.caelum.history;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** How fast links carry bytes, from one look to the next. */
final class LinkRates {
  /** A look that is longer ago says nothing of now. */
  private static final long MOST_MILLIS = 4 * Chunk.SLOT_SECONDS * 1_000L;

  private final LongFunction<@Nullable Carried> links;
  private Map<Long, Carried> before = new HashMap<>();
  private Map<Long, Carried> now = new HashMap<>();
  private long elapsed;
  private long at = Long.MIN_VALUE;

  /**
   * Bytes in a second.
   *
   * @param sent to the machine
   * @param received from it
   */
  record Rate(double sent, double received) {}

  /**
   * @param links what a link has carried, by its number; null when there is no such link
   */
  LinkRates(LongFunction<@Nullable Carried> links) {
    this.links = links;
  }

  /** Begins a look at {@code millis}: links that the last one did not ask for are forgotten. */
  void look(long millis) {
    elapsed = at == Long.MIN_VALUE ? 0 : millis - at;
    at = millis;
    before = now;
    now = new HashMap<>();
  }

  /** Since the last look; null for a link that it did not see, or when it is too long ago. */
  @Nullable Rate of(long link) {
    Carried carried = links.apply(link);
    if (carried == null) {
      return null;
    }
    now.put(link, carried);
    Carried last = before.get(link);
    if (last == null || elapsed <= 0 || elapsed > MOST_MILLIS) {
      return null;
    }
    return new Rate(
        (carried.sent() - last.sent()) * 1e3 / elapsed,
        (carried.received() - last.received()) * 1e3 / elapsed);
  }
}
