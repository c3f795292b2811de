package dev.caelum.beacon;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.caelum.rate.TokenBucket;
import org.jspecify.annotations.Nullable;

/**
 * What sources of one standing may send: so much each and so much all together, probes and other
 * datagrams each for themselves. Remembers a bounded number of sources. For one thread.
 */
final class SourceRates {
  private static final int SOURCES = 10_000;

  private final Rate each;
  private final Rate eachProbes;
  private final TokenBucket all;
  private final TokenBucket allProbes;
  private final Cache<Object, Share> shares =
      Caffeine.newBuilder().maximumSize(SOURCES).executor(Runnable::run).build();
  private @Nullable Object lastSource;
  private @Nullable Share last;

  /** So many at once, then so many a second. */
  record Rate(double perSecond, double burst) {
    TokenBucket bucket(long now) {
      return new TokenBucket(perSecond, burst, now);
    }
  }

  private record Share(TokenBucket others, TokenBucket probes) {}

  SourceRates(Rate each, Rate eachProbes, Rate all, Rate allProbes, long now) {
    this.each = each;
    this.eachProbes = eachProbes;
    this.all = all.bucket(now);
    this.allProbes = allProbes.bucket(now);
  }

  /** Why one more datagram of {@code source} is too many; null when it is not. */
  @Nullable Refusal check(Object source, boolean probe, long now) {
    Share share = share(source, now);
    if (!(probe ? share.probes() : share.others()).take(now)) {
      return Refusal.RATE;
    }
    return (probe ? allProbes : all).take(now) ? null : Refusal.RATE_ALL;
  }

  /** A flood mostly comes from one source: its share is kept at hand. */
  private Share share(Object source, long now) {
    Share found = last;
    if (found == null || !source.equals(lastSource)) {
      found = shares.get(source, _ -> new Share(each.bucket(now), eachProbes.bucket(now)));
      lastSource = source;
      last = found;
    }
    return found;
  }
}
