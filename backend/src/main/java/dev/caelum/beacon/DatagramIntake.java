package dev.caelum.beacon;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The gate before anything is parsed: refuses what is too long, too much, no JSON object or a copy,
 * cheapest check first, and counts every refusal.
 *
 * <p>Own datagrams are handed on with all their copies, so that the receiver learns by which ways
 * the node hears itself. The rates are those of the project's security document.
 */
public final class DatagramIntake implements DatagramHandler {
  private static final Logger LOG = Logger.getLogger(DatagramIntake.class.getName());
  private static final int SOURCES = 10_000;

  /** Where the interface of a datagram is not known. */
  private static final String NO_INTERFACE = "";

  private final DatagramHandler next;
  private final Function<InetAddress, SourceStanding> standings;
  private final LongSupplier nanos;
  private final CopyMemory copies = new CopyMemory();
  private final RefusalLog refusalLog = new RefusalLog(LOG::warning);
  private final Map<String, RefusalCounts> refused = new ConcurrentHashMap<>();
  private final LongAdder accepted = new LongAdder();
  private final Cache<Object, SourceBuckets> sources =
      Caffeine.newBuilder().maximumSize(SOURCES).executor(Runnable::run).build();
  private final TokenBucket strangers;
  private final TokenBucket members;
  private final TokenBucket own;
  private @Nullable InetAddress lastSource;
  private @Nullable SourceBuckets lastBuckets;

  /** A source may become a member or cease to be one; each standing has a bucket of its own. */
  private record SourceBuckets(TokenBucket stranger, TokenBucket member) {}

  /**
   * @param standings asked for each datagram on the receive thread: must be a mere look-up
   * @param nanos a monotonic clock, in nanoseconds
   */
  public DatagramIntake(
      DatagramHandler next, Function<InetAddress, SourceStanding> standings, LongSupplier nanos) {
    this.next = next;
    this.standings = standings;
    this.nanos = nanos;
    long now = nanos.getAsLong();
    this.strangers = new TokenBucket(2_000, 2_000, now);
    this.members = new TokenBucket(4_000, 4_000, now);
    this.own = new TokenBucket(500, 1_000, now);
  }

  @Override
  public void received(Datagram datagram) {
    Refusal refusal = check(datagram);
    if (refusal == null) {
      accepted.increment();
      next.received(datagram);
      return;
    }
    String name = datagram.interfaceName();
    refused
        .computeIfAbsent(name == null ? NO_INTERFACE : name, _ -> new RefusalCounts())
        .count(refusal);
    if (refusal != Refusal.COPY) {
      refusalLog.refused(refusal, datagram.source().getAddress(), nanos.getAsLong());
    }
  }

  private @Nullable Refusal check(Datagram datagram) {
    ByteBuffer payload = datagram.payload();
    int size = payload.remaining();
    if (size == 0) {
      return Refusal.EMPTY;
    }
    if (size > Datagram.MAX_BYTES) {
      return Refusal.OVERSIZE;
    }
    if (payload.get(payload.position()) != '{') {
      return Refusal.NOT_JSON;
    }
    InetAddress source = datagram.source().getAddress();
    long now = nanos.getAsLong();
    return switch (standings.apply(source)) {
      case OWN -> own.take(now) ? null : Refusal.RATE;
      case MEMBER -> check(datagram, buckets(source, now).member(), members, now);
      case STRANGER -> check(datagram, buckets(source, now).stranger(), strangers, now);
    };
  }

  private @Nullable Refusal check(
      Datagram datagram, TokenBucket source, TokenBucket all, long now) {
    if (!source.take(now)) {
      return Refusal.RATE;
    }
    if (!all.take(now)) {
      return Refusal.RATE_ALL;
    }
    return copies.isCopy(datagram.payload(), datagram.source(), now) ? Refusal.COPY : null;
  }

  /** A flood mostly comes from one source: its buckets are kept at hand. */
  private SourceBuckets buckets(InetAddress source, long now) {
    SourceBuckets at = lastBuckets;
    if (at == null || !source.equals(lastSource)) {
      at =
          sources.get(
              sourceKey(source),
              _ -> new SourceBuckets(new TokenBucket(2, 30, now), new TokenBucket(20, 60, now)));
      lastSource = source;
      lastBuckets = at;
    }
    return at;
  }

  /**
   * IPv6 by /64, since one host owns a whole one. Not so link-local addresses: they all share one
   * prefix.
   */
  private static Object sourceKey(InetAddress source) {
    if (source instanceof Inet6Address && !source.isLinkLocalAddress()) {
      return ByteBuffer.wrap(source.getAddress()).getLong();
    }
    return source;
  }

  /** How many were handed on. */
  public long accepted() {
    return accepted.sum();
  }

  /**
   * How many were refused, by interface and reason, zeroes left out; the interface's name is empty
   * where it was not known.
   */
  public Map<String, Map<Refusal, Long>> refused() {
    Map<String, Map<Refusal, Long>> result = new TreeMap<>();
    refused.forEach((name, counts) -> result.put(name, counts.counted()));
    return result;
  }
}
