package dev.caelum.bench.code;

import dev.caelum.cluster.Announcement;
import dev.caelum.cluster.Effect;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.MemberState;
import dev.caelum.cluster.Membership;
import dev.caelum.cluster.NodeId;
import dev.caelum.cluster.ProbeMessage;
import dev.caelum.cluster.Registration;
import dev.caelum.cluster.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Steps of the core a second, on one processor, among members that all live and answer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class CoreBenchmark {
  private static final Duration INTERVAL = Duration.ofSeconds(15);
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long ROUND_TRIP_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  /** Members, each linked. */
  @Param({"10", "200", "1000"})
  public int rows;

  private Membership core =
      new Membership(Samples.self(), Settings.defaults(), new SplittableRandom(1), 0);
  private NodeId[] ids = {};
  private InstanceId[] instances = {};
  private Endpoint[] endpoints = {};
  private final Map<String, Integer> indexes = new HashMap<>();
  private int at;
  private long sequence;
  private long now;

  /** Lets all members dial us and register, one after the other. */
  @Setup
  public void fill() {
    ids = new NodeId[rows];
    instances = new InstanceId[rows];
    endpoints = new Endpoint[rows];
    for (int i = 0; i < rows; i++) {
      int number = i + 1;
      indexes.put(Samples.address(number), i);
      ids[i] = Samples.id(number);
      instances[i] = Samples.instance(number);
      endpoints[i] = new Endpoint(Samples.address(number), 8_080);
      now += TimeUnit.MILLISECONDS.toNanos(1);
      core.step(new Input.LinkOpened(now, number, false, Samples.address(number), null));
      core.step(
          new Input.LinkRegistered(
              now,
              number,
              new Registration(
                  ids[i],
                  instances[i],
                  0,
                  null,
                  8_080,
                  1,
                  1,
                  Samples.probe(number),
                  Samples.info(number)),
              "register-" + number));
    }
    if (core.snapshot().members().size() != rows + 1) {
      throw new IllegalStateException("only " + core.snapshot().members().size() + " rows");
    }
  }

  private Announcement announcement(int i) {
    sequence++;
    return new Announcement(
        ids[i],
        instances[i],
        sequence,
        0,
        null,
        "host",
        endpoints[i].host(),
        "default",
        "Default",
        INTERVAL,
        List.of());
  }

  /** A beacon of a known member, newer than its last. */
  @Benchmark
  public List<Effect> beacon() {
    at = (at + 1) % rows;
    return core.step(new Input.BeaconHeard(now, announcement(at), endpoints[at]));
  }

  /** A tick after 100 ms, and the answers to all that it asked of the others. */
  @Benchmark
  public int tick() {
    now += TICK_NANOS;
    List<Effect> effects = core.step(new Input.Tick(now));
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Ping(long link) -> core.step(new Input.LinkPong(now, link, ROUND_TRIP_NANOS));
        case Effect.SendProbe(Endpoint target, ProbeMessage.Probe probe) ->
            core.step(
                new Input.ProbeHeard(
                    now,
                    new ProbeMessage.Ack(probe.number(), instances[index(target)], 0, List.of()),
                    target));
        default -> {}
      }
    }
    return effects.size();
  }

  /** Fails when members were lost, since then something else was measured. */
  @TearDown
  public void check() {
    long alive =
        core.snapshot().members().stream().filter(m -> m.state() == MemberState.ALIVE).count();
    if (alive != rows + 1) {
      throw new IllegalStateException("only " + alive + " alive");
    }
  }

  private int index(Endpoint target) {
    return Objects.requireNonNull(indexes.get(target.host()), target.host());
  }
}
