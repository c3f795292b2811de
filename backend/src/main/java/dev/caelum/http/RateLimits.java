package dev.caelum.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.caelum.host.HeapRoom;
import dev.caelum.rate.TokenBucket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * How much callers on other machines may ask: token buckets for each source and for all together,
 * and counted seats for event streams. Bounded whatever number of sources there is.
 */
final class RateLimits {
  static final int PER_SECOND = 20;
  static final int BURST = 60;
  static final int WRITES_PER_SECOND = 5;
  static final int ALL_PER_SECOND = 500;
  static final int STREAMS_PER_SOURCE = 10;
  static final int STREAMS = 5_000;

  /** Of the heap; a reader that takes nothing holds the most. */
  private static final int BYTES_PER_STREAM = 64 << 10;

  /** Event streams at once: a small heap would otherwise be filled by readers from anywhere. */
  private static final int MOST_STREAMS = Math.min(STREAMS, HeapRoom.of(BYTES_PER_STREAM, 16));

  private static final int SOURCES = 10_000;

  private final LongSupplier nanos;
  private final TokenBucket all;
  private final Cache<String, TokenBucket> reads =
      Caffeine.newBuilder().maximumSize(SOURCES).expireAfterAccess(Duration.ofMinutes(1)).build();
  private final Cache<String, TokenBucket> writes =
      Caffeine.newBuilder().maximumSize(SOURCES).expireAfterAccess(Duration.ofMinutes(1)).build();
  private final Map<String, Integer> streams = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();

  RateLimits(LongSupplier nanos) {
    this.nanos = nanos;
    this.all = new TokenBucket(ALL_PER_SECOND, ALL_PER_SECOND, nanos.getAsLong());
  }

  /** Whether the caller may go on now. */
  boolean allow(AccessRules.Caller caller, boolean write) {
    if (caller.local()) {
      return true;
    }
    long now = nanos.getAsLong();
    return take(reads, caller.source(), PER_SECOND, BURST, now)
        && (!write || take(writes, caller.source(), WRITES_PER_SECOND, WRITES_PER_SECOND, now))
        && take(all, now);
  }

  /** A seat for an event stream, to be given back with {@link #leave}; false when none is free. */
  boolean enter(AccessRules.Caller caller) {
    if (open.incrementAndGet() > MOST_STREAMS) {
      open.decrementAndGet();
      return false;
    }
    if (!caller.local() && streams.merge(caller.source(), 1, Integer::sum) > STREAMS_PER_SOURCE) {
      leave(caller);
      return false;
    }
    return true;
  }

  void leave(AccessRules.Caller caller) {
    open.decrementAndGet();
    if (!caller.local()) {
      streams.computeIfPresent(caller.source(), (source, n) -> n == 1 ? null : n - 1);
    }
  }

  /** How many event streams are open. */
  int streams() {
    return open.get();
  }

  private static boolean take(
      Cache<String, TokenBucket> buckets, String source, int perSecond, int burst, long now) {
    return take(buckets.get(source, key -> new TokenBucket(perSecond, burst, now)), now);
  }

  private static boolean take(TokenBucket bucket, long now) {
    synchronized (bucket) {
      return bucket.take(now);
    }
  }
}
