package dev.caelum.cluster.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.caelum.cluster.Announcement;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.ProbeMessage;
import dev.caelum.cluster.Rumor;
import dev.caelum.host.DataFolder;
import dev.caelum.host.HostNames;
import dev.caelum.host.Identity;
import dev.caelum.host.MachineReader;
import dev.caelum.wire.Beacon;
import dev.caelum.wire.BeaconCodec;
import dev.caelum.wire.Frame;
import dev.caelum.wire.FrameCodec;
import dev.caelum.wire.MachineChange;
import dev.caelum.wire.NumberedFrame;
import dev.caelum.wire.ProbeCodec;
import dev.caelum.wire.Timestamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What nodes that do nothing send at IP level: every effect in its real encoding, by the production
 * codecs, with the bytes of all headers above the link layer. What a machine says about itself is
 * what the production reader says about the machine this runs on.
 */
final class IdleTraffic implements Traffic {
  /** IPv4 and UDP, RFC 791 and 768; IPv6 and UDP, RFC 8200. */
  private static final int UDP4 = 20 + 8;

  private static final int UDP6 = 40 + 8;

  /** IPv4, TCP and its timestamps, RFC 9293 and 7323; an acknowledgement has no more. */
  private static final int TCP = 20 + 32;

  private static final int SEGMENT = 1_500 - TCP;

  /** What a WebSocket ping of ours carries. */
  private static final int PING = Long.BYTES;

  /** A beacon goes to the IPv4 group, the subnet's broadcast and the IPv6 group. */
  private static final int COPIES = 3;

  /** Connect, upgrade and its answer, and what an envelope has beside the machine. */
  private static final int HANDSHAKE = 1_200;

  /** One heartbeat in so many tells the machine in full: every ten minutes, of one in 30 s. */
  private static final int FULL = 20;

  private final int count;
  private final MachineInfo machine;
  private final double heartbeat;
  private final double whole;
  private final Map<Host, Double> sent = new HashMap<>();
  private final Map<Host, Double> received = new HashMap<>();
  private final Map<Host, Double> beaconsOf = new HashMap<>();
  private final Map<String, Double> kinds = new TreeMap<>();
  private double beacons;

  IdleTraffic(int count) throws IOException {
    this.count = count;
    MachineInfo[] twice = machine();
    this.machine = twice[0];
    MachineChange change = Objects.requireNonNull(MachineChange.between(twice[0], twice[1]));
    this.whole = encoded(new Frame.Heartbeat(machine));
    double pulse = encoded(new Frame.Pulse(change));
    this.heartbeat = pulse + (whole - pulse) / FULL;
  }

  /** This machine now and a few seconds later. */
  private static MachineInfo[] machine() throws IOException {
    Path folder = Files.createTempDirectory("caelum-idle");
    try (DataFolder data = DataFolder.open(folder)) {
      String hostname = HostNames.own();
      Identity identity = Identity.load(data, Optional.empty(), hostname, "10.0.0.1");
      MachineReader reader =
          new MachineReader(identity, hostname, "0.2.0", folder, Clock.systemUTC());
      reader.read("10.0.0.1");
      MachineInfo before = reader.read("10.0.0.1");
      Thread.sleep(Duration.ofSeconds(3));
      return new MachineInfo[] {before, reader.read("10.0.0.1")};
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  /** Counts for {@code seconds} of virtual time and tells a node's mean and most a second. */
  List<String> measure(World world, int seconds) {
    world.traffic = this;
    world.run(seconds * World.SECOND);
    world.traffic = NONE;
    double[] own = world.hosts.stream().mapToDouble(host -> of(sent, host)).toArray();
    double[] heard =
        world.hosts.stream()
            .mapToDouble(host -> of(received, host) + beacons - of(beaconsOf, host))
            .toArray();
    StringBuilder parts = new StringBuilder();
    kinds.forEach((kind, bytes) ->
        parts.append(String.format(Locale.ROOT, ", %s %.0f", kind, bytes / count / seconds)));
    return List.of(
        "| idle, %d nodes, %d s | B/s, mean | most |".formatted(count, seconds),
        "|---|---|---|",
        row("sent", own, seconds),
        row("received", heard, seconds),
        "",
        "Sent, by kind, B/s: " + parts.substring(2));
  }

  private static String row(String name, double[] bytes, int seconds) {
    double sum = 0;
    double most = 0;
    for (double each : bytes) {
      sum += each / seconds;
      most = Math.max(most, each / seconds);
    }
    return String.format(Locale.ROOT, "| %s | %.0f | %.0f |", name, sum / bytes.length, most);
  }

  private static double of(Map<Host, Double> bytes, Host host) {
    return bytes.getOrDefault(host, 0.0);
  }

  private void add(Host from, String kind, double bytes) {
    sent.merge(from, bytes, Double::sum);
    kinds.merge(kind, bytes, Double::sum);
  }

  private void add(Host from, Host to, String kind, double bytes) {
    add(from, kind, bytes);
    received.merge(to, bytes, Double::sum);
  }

  /** In as many copies, and as often, as the production cadence has them in a cluster like this. */
  @Override
  public void beacon(Host from, Datagram datagram) {
    double size = COPIES * size(datagram) + (COPIES - 1) * UDP4 + UDP6;
    double interval = Math.max(15, COPIES * count / 10.0);
    double bytes = size * datagram.says().interval().toNanos() / World.SECOND / interval;
    add(from, "beacons", bytes);
    beaconsOf.merge(from, bytes, Double::sum);
    beacons += bytes;
  }

  @Override
  public void answer(Host from, Host to, Datagram datagram) {
    add(from, to, "beacons", size(datagram) + UDP4);
  }

  private int size(Datagram datagram) {
    Announcement says = datagram.says();
    List<Beacon.Service> services =
        machine.runningServices().stream()
            .map(one ->
                new Beacon.Service(one.serviceName(), one.serviceType(), one.port(), one.status()))
            .toList();
    Beacon.Extension extension =
        new Beacon.Extension(
            Objects.requireNonNull(says.instance()).value(),
            says.sequence(),
            says.incarnation(),
            (int) says.interval().toSeconds(),
            says.cluster(),
            Integer.toHexString(services.hashCode()),
            services.size(),
            datagram.probe() ? Beacon.Kind.PROBE : Beacon.Kind.ANNOUNCE,
            null);
    return BeaconCodec.encode(
            new Beacon.Announce(
                machine.machineId(),
                machine.hostname(),
                says.primaryIp(),
                machine.clusterId(),
                machine.clusterName(),
                8_080,
                services,
                Timestamp.now(),
                extension))
        .length;
  }

  @Override
  public void probe(Host from, Host to, ProbeMessage message) {
    add(from, to, "probes", ProbeCodec.encode(message).length + UDP4);
  }

  @Override
  public void frame(Host from, Host to, Message message, boolean dialled) {
    switch (message) {
      case Message.Register _, Message.Welcome _ ->
          text(from, to, "new links", whole + HANDSHAKE, dialled);
      case Message.Heartbeat _ -> text(from, to, "heartbeats", heartbeat, dialled);
      // The pong acknowledges the ping; nothing follows that would acknowledge the pong.
      case Message.Ping _ -> add(from, to, "pings", TCP + head(PING, dialled) + PING);
      case Message.Pong _ -> {
        add(from, to, "pings", TCP + head(PING, dialled) + PING);
        add(to, from, "pings", TCP);
      }
      case Message.Rumors(List<Rumor> rumors) -> {
        for (int at = 0; at < rumors.size(); at += Frame.Rumors.LIMIT) {
          List<Rumor> part = rumors.subList(at, Math.min(rumors.size(), at + Frame.Rumors.LIMIT));
          text(from, to, "rumors", encoded(new Frame.Rumors(part)), dialled);
        }
      }
      case Message.Digest(List<Integer> buckets) ->
          text(from, to, "digests", encoded(new Frame.Digest(buckets)), dialled);
      case Message.Lines(List<Rumor> lines, List<Integer> buckets, boolean reply) ->
          text(from, to, "lines", encoded(new Frame.Lines(lines, buckets, reply, 1, 1)), dialled);
      case Message.Ask _ -> text(from, to, "new links", encoded(new Frame.AskMachines()), dialled);
      case Message.Machines machines -> {
        List<Frame.KnownMachine> known =
            machines.endpoints().stream()
                .map(at ->
                    new Frame.KnownMachine(machine.machineId(), "0".repeat(16), at.host(), 8_080))
                .toList();
        text(from, to, "new links", encoded(new Frame.Machines(known)), dialled);
      }
      case Message.Goodbye _ -> text(from, to, "new links", encoded(new Frame.Goodbye()), dialled);
      // Two WebSocket closes and two FINs with their acknowledgements, half of them each way.
      case Message.End _ -> {
        add(from, to, "new links", 3 * TCP + 8);
        add(to, from, "new links", 3 * TCP + 8);
      }
    }
  }

  /** A frame in its segments, and the acknowledgement that is all the other end sends. */
  private void text(Host from, Host to, String kind, double bytes, boolean dialled) {
    double framed = bytes + head(bytes, dialled);
    add(from, to, kind, framed + TCP * Math.ceil(framed / SEGMENT));
    add(to, from, kind, TCP);
  }

  /** RFC 6455, 5.2. */
  private static int head(double bytes, boolean masked) {
    return (bytes < 126 ? 2 : 4) + (masked ? 4 : 0);
  }

  private static double encoded(Frame frame) {
    return FrameCodec.encode(new NumberedFrame(100, null, frame)).getBytes(UTF_8).length;
  }
}
