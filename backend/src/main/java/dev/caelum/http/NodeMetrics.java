package dev.caelum.http;

import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.FunctionalCounter;
import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.api.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The node's own meters on the metrics page. Names start with {@code caelum_}; tags come in pairs,
 * name then value, and their values from bounded sets only, never from the network.
 */
public final class NodeMetrics implements AutoCloseable {
  private final MeterRegistry registry;

  // The registry refers to them weakly only: one that nobody keeps reads 0 for ever.
  private final List<LongSupplier> kept = new CopyOnWriteArrayList<>();
  private final List<Meter> meters = new CopyOnWriteArrayList<>();

  NodeMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A number that goes up and down, read when the page is asked for. */
  public void gauge(String name, String help, Supplier<? extends Number> value, String... tags) {
    made(described(Gauge.builder(name, () -> value.get().doubleValue()), help, tags));
  }

  /** A count that something else keeps, read when the page is asked for. */
  public void counted(String name, String help, LongSupplier count, String... tags) {
    kept.add(count);
    made(described(FunctionalCounter.builder(name, count, LongSupplier::getAsLong), help, tags));
  }

  /** A count to be increased; the same name and tags give the same counter. */
  public Count counter(String name, String help, String... tags) {
    Counter counter = made(described(Counter.builder(name), help, tags));
    return counter::increment;
  }

  /** Durations, with count, sum and maximum. */
  public Durations timer(String name, String help, String... tags) {
    Timer timer = made(described(Timer.builder(name), help, tags));
    return timer::record;
  }

  /** A counter's handle; quick, and safe from any thread. */
  public interface Count {
    /** Adds one. */
    void increment();
  }

  /** A timer's handle; quick, and safe from any thread. */
  public interface Durations {
    /** Adds one duration. */
    void record(Duration duration);
  }

  /** Takes the meters from the page, which outlives this node in its process. */
  @Override
  public void close() {
    meters.forEach(registry::remove);
    meters.clear();
  }

  private <B extends Meter.Builder<B, M>, M extends Meter> M made(B builder) {
    M meter = registry.getOrCreate(builder);
    meters.add(meter);
    return meter;
  }

  private static <B extends Meter.Builder<B, M>, M extends Meter> B described(
      Meter.Builder<B, M> builder, String help, String... tags) {
    List<Tag> pairs = new ArrayList<>();
    for (int i = 0; i < tags.length; i += 2) {
      pairs.add(Tag.create(tags[i], tags[i + 1]));
    }
    return builder.description(help).tags(pairs);
  }
}
