package dev.caelum.link;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Counts what single sources hold, and how often they come. An IPv6 source is its /64: a single
 * machine owns all addresses of one.
 */
final class SourceCaps {
  private static final int SOURCES = 10_000;

  private final int burst;
  private final double perNano;
  private final LongSupplier clock;
  private final Cache<InetAddress, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(SOURCES)
          .expireAfterAccess(Duration.ofMinutes(10))
          .executor(Runnable::run)
          .build();

  /**
   * @param clock nanoseconds, as {@link System#nanoTime()}
   */
  SourceCaps(LinkLimits limits, LongSupplier clock) {
    this.burst = limits.handshakeBurst();
    this.perNano = limits.handshakesPerMinute() / (double) Duration.ofMinutes(1).toNanos();
    this.clock = clock;
  }

  /** Takes one handshake from the budget of {@code source}; false when it is used up. */
  boolean takeHandshake(InetAddress source) {
    return buckets.get(network(source), _ -> new Bucket(burst, clock.getAsLong())).take();
  }

  /** The source that caps count: an IPv4 address, or the /64 of an IPv6 address. */
  static InetAddress network(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    byte[] bytes = address.getAddress();
    Arrays.fill(bytes, 8, 16, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private final class Bucket {
    private double tokens;
    private long filledAt;

    Bucket(int tokens, long now) {
      this.tokens = tokens;
      this.filledAt = now;
    }

    synchronized boolean take() {
      long now = clock.getAsLong();
      tokens = Math.min(burst, tokens + (now - filledAt) * perNano);
      filledAt = now;
      if (tokens < 1) {
        return false;
      }
      tokens--;
      return true;
    }
  }

  /** How many things of a kind are held right now, in all and by each source. */
  static final class Held {
    private final int most;
    private final AtomicInteger total = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> bySource = new ConcurrentHashMap<>();

    Held(int most) {
      this.most = most;
    }

    /** Adds one, unless that were more than {@code mostOfSource}, or too many in all. */
    boolean take(InetAddress source, int mostOfSource) {
      return take(source, mostOfSource, most);
    }

    /** The same with another bound of all. */
    boolean take(InetAddress source, int mostOfSource, int mostOfAll) {
      if (total.incrementAndGet() > mostOfAll) {
        total.decrementAndGet();
        return false;
      }
      // Fails only for the caller whose own addition goes beyond the bound.
      int now = bySource.merge(network(source), 1, Integer::sum);
      if (now > mostOfSource) {
        release(source);
        return false;
      }
      return true;
    }

    void release(InetAddress source) {
      bySource.computeIfPresent(network(source), (_, count) -> count == 1 ? null : count - 1);
      total.decrementAndGet();
    }

    int total() {
      return total.get();
    }
  }
}
