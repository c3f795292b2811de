package dev.caelum.bench.code;

import dev.caelum.beacon.Datagram;
import dev.caelum.beacon.DatagramIntake;
import dev.caelum.beacon.SourceStanding;
import dev.caelum.beacon.Via;
import dev.caelum.cluster.Self;
import dev.caelum.discovery.BeaconDiscovery;
import dev.caelum.wire.Beacon;
import dev.caelum.wire.BeaconCodec;
import dev.caelum.wire.Decoded;
import dev.caelum.wire.ProbeCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** Beacons of 700 bytes a second on one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class BeaconBenchmark {
  private static final int SENDERS = 200;

  /** More than arrive within the memory of the copy filter. */
  private static final int DATAGRAMS = 4_096;

  /** Slow enough by the gate's clock for its rates. */
  private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Datagram[] datagrams = new Datagram[DATAGRAMS];
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(0);
  private final Sink sink = new Sink();
  private DatagramIntake intake =
      new DatagramIntake(_ -> {}, _ -> false, _ -> SourceStanding.MEMBER, () -> 0);
  private int at;
  private long now;

  /** Takes what the path ends in. */
  private static final class Sink implements BeaconDiscovery.Facts {
    private final Self self = Samples.self();
    private long inputs;

    @Override
    public Self self() {
      return self;
    }

    @Override
    public int machines() {
      return SENDERS;
    }

    @Override
    public long incarnation() {
      return 0;
    }

    @Override
    public boolean legacyNear() {
      return false;
    }
  }

  /** Beacons in turn from all senders, and the path as a node wires it up to its mailbox. */
  @Setup
  public void prepare() throws UnknownHostException {
    for (int i = 0; i < DATAGRAMS; i++) {
      int sender = 1 + i % SENDERS;
      InetAddress address = InetAddress.getByName(Samples.address(sender));
      datagrams[i] =
          new Datagram(
              ByteBuffer.wrap(Samples.beacon(sender, 1_000L + i / SENDERS)),
              new InetSocketAddress(address, 8_181),
              "eth0",
              8_181,
              Via.MULTICAST);
    }
    BeaconDiscovery discovery =
        new BeaconDiscovery(
            sink,
            _ -> sink.inputs++,
            timer,
            () -> {
              throw new IllegalStateException("an announcement needs no answer");
            },
            () -> {});
    intake =
        new DatagramIntake(discovery, ProbeCodec::matches, _ -> SourceStanding.MEMBER, () -> now);
  }

  /** Fails when what was measured was refusal. */
  @TearDown
  public void check() {
    timer.shutdownNow();
    if (!intake.refused().isEmpty() || intake.accepted() != sink.inputs) {
      throw new IllegalStateException(intake.accepted() + " accepted, " + intake.refused());
    }
  }

  private Datagram next() {
    at = (at + 1) % DATAGRAMS;
    now += BETWEEN_NANOS;
    datagrams[at].payload().rewind();
    return datagrams[at];
  }

  /** Limits, copy filter, decoding, newest number of each instance, input for the core. */
  @Benchmark
  public void intake() {
    intake.received(next());
  }

  /** The decoder alone. */
  @Benchmark
  public void decode(Blackhole hole) {
    Decoded<Beacon> decoded = BeaconCodec.decode(next().payload());
    hole.consume(decoded);
  }
}
