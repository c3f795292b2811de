package dev.caelum.feed;

import java.util.List;

/** What a subscription hands out. */
public sealed interface Delivery {
  /** Where a reader resumes that got everything up to here. */
  EventId id();

  /**
   * The whole state. It holds the effect of every event up to {@code id}, and perhaps of some that
   * follow it.
   *
   * @param log exactly the lines up to {@code id}, newest last
   */
  record Snapshot(EventId id, FeedState state, List<LogLine> log, SharedBytes bytes)
      implements Delivery {
    public Snapshot {
      log = List.copyOf(log);
    }
  }

  /**
   * One event.
   *
   * @param at when it was published, monotonic nanoseconds
   */
  record Event(EventId id, FeedEvent event, long at, SharedBytes bytes) implements Delivery {}

  /**
   * The reader was too slow; a {@link Snapshot} follows.
   *
   * @param id the last one it got
   * @param missed how many events it did not get
   */
  record Gap(EventId id, long missed) implements Delivery {}
}
