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

  /** How many things each source holds right now. Bounded by what may be open in all. */
  static final class Held {
    private final ConcurrentMap<InetAddress, Integer> held = new ConcurrentHashMap<>();

    /** Adds one unless {@code source} holds {@code max} already. */
    boolean take(InetAddress source, int max) {
      boolean[] taken = {false};
      held.compute(
          network(source),
          (_, count) -> {
            int now = count == null ? 0 : count;
            taken[0] = now < max;
            return taken[0] ? Integer.valueOf(now + 1) : count;
          });
      return taken[0];
    }

    void release(InetAddress source) {
      held.computeIfPresent(network(source), (_, count) -> count == 1 ? null : count - 1);
    }
  }
}
