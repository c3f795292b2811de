package dev.caelum.link;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Logger;

/** Counts by reason; safe for any thread. */
public final class LinkCounters {
  private static final Logger LOG = Logger.getLogger(LinkCounters.class.getName());
  private static final long LOG_EVERY = TimeUnit.MINUTES.toNanos(1);

  private final Map<LinkCount, Counter> counts = new EnumMap<>(LinkCount.class);

  public LinkCounters() {
    for (LinkCount count : LinkCount.values()) {
      counts.put(count, new Counter());
    }
  }

  /** How often {@code what} happened since the start. */
  public long value(LinkCount what) {
    return counter(what).adder.sum();
  }

  void add(LinkCount what) {
    counter(what).adder.increment();
  }

  /** Counts a refusal and tells of it, at most once a minute a reason. */
  void refused(LinkCount what, Object source) {
    Counter counter = counter(what);
    counter.adder.increment();
    long now = System.nanoTime();
    long due = counter.nextLog.get();
    if (now - due >= 0 && counter.nextLog.compareAndSet(due, now + LOG_EVERY)) {
      LOG.info(() ->
          "Link %s: %s (%d so far)"
              .formatted(
                  what.code().replace('_', ' '),
                  Evidence.clean(String.valueOf(source), 80),
                  counter.adder.sum()));
    }
  }

  private Counter counter(LinkCount what) {
    Counter counter = counts.get(what);
    if (counter == null) {
      throw new AssertionError(what);
    }
    return counter;
  }

  private static final class Counter {
    final LongAdder adder = new LongAdder();
    final AtomicLong nextLog = new AtomicLong(System.nanoTime());
  }
}
