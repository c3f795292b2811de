package dev.caelum.beacon;

import dev.caelum.beacon.SourceRates.Rate;
import dev.caelum.logging.RateLimitedLog;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
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

  /** Where the interface of a datagram is not known. */
  private static final String NO_INTERFACE = "";

  private final DatagramHandler next;
  private final Function<InetAddress, SourceStanding> standings;
  private final LongSupplier nanos;
  private final CopyMemory copies = new CopyMemory();
  private final RateLimitedLog refusals;
  private final Map<String, RefusalCounts> refused = new ConcurrentHashMap<>();
  private final LongAdder accepted = new LongAdder();
  private final Predicate<ByteBuffer> probes;
  private final SourceRates strangers;
  private final SourceRates members;
  private final SourceRates own;

  /**
   * @param probes tells by a datagram's first bytes whether it is one of the failure detector
   * @param standings asked for each datagram on the receive thread: must be a mere look-up
   * @param nanos a monotonic clock, in nanoseconds
   */
  public DatagramIntake(
      DatagramHandler next,
      Predicate<ByteBuffer> probes,
      Function<InetAddress, SourceStanding> standings,
      LongSupplier nanos) {
    this.next = next;
    this.probes = probes;
    this.standings = standings;
    this.nanos = nanos;
    this.refusals = new RateLimitedLog(LOG, nanos);
    long now = nanos.getAsLong();
    this.strangers =
        new SourceRates(
            new Rate(2, 30), new Rate(1, 10), new Rate(2_000, 2_000), new Rate(500, 500), now);
    this.members =
        new SourceRates(
            new Rate(20, 60),
            new Rate(20, 60),
            new Rate(4_000, 4_000),
            new Rate(4_000, 4_000),
            now);
    Rate runaway = new Rate(500, 1_000);
    this.own = new SourceRates(runaway, runaway, runaway, runaway, now);
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
      refusals.warning(
          refusal.word(),
          () ->
              "refused a datagram: %s, from %s"
                  .formatted(refusal.word(), datagram.source().getAddress().getHostAddress()));
    }
  }

  private @Nullable Refusal check(Datagram datagram) {
    ByteBuffer payload = datagram.payload();
    // Not two tests of one variable: JDK 25's compiler may fold such and take the wrong one
    // (JDK-8376400), whereupon what is too long was counted as empty.
    if (!payload.hasRemaining()) {
      return Refusal.EMPTY;
    }
    if (payload.remaining() > Datagram.MAX_BYTES) {
      return Refusal.OVERSIZE;
    }
    if (payload.get(payload.position()) != '{') {
      return Refusal.NOT_JSON;
    }
    InetAddress source = datagram.source().getAddress();
    long now = nanos.getAsLong();
    boolean probe = probes.test(payload);
    return switch (standings.apply(source)) {
      case OWN -> own.check(SourceStanding.OWN, probe, now);
      case MEMBER -> orCopy(members.check(source, probe, now), datagram, now);
      case STRANGER -> orCopy(strangers.check(sourceKey(source), probe, now), datagram, now);
    };
  }

  private @Nullable Refusal orCopy(@Nullable Refusal rate, Datagram datagram, long now) {
    if (rate != null) {
      return rate;
    }
    return copies.isCopy(datagram.payload(), datagram.source(), now) ? Refusal.COPY : null;
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
