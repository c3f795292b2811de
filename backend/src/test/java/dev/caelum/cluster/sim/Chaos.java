package dev.caelum.cluster.sim;

import dev.caelum.cluster.Announcement;
import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.NodeId;
import dev.caelum.cluster.sim.World.Weather;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A cluster to which, for a while, everything happens that a LAN can do to it. */
final class Chaos {
  private static final long SECOND = World.SECOND;

  private final World world;
  private final SplittableRandom random;
  private final List<Node> nodes = new ArrayList<>();
  private int nextHost = 1;
  private int nextId = 1;

  private Chaos(long seed) {
    world = new World(seed);
    random = world.random();
  }

  /** Runs it and checks that all is well once the faults are over. */
  static World run(long seed) {
    Chaos chaos = new Chaos(seed);
    try {
      chaos.begin();
      chaos.faults();
      chaos.settle();
    } catch (RuntimeException e) {
      throw new AssertionError(chaos.world.broken(e.toString()).getMessage(), e);
    }
    return chaos.world;
  }

  private void begin() {
    world.weather =
        new Weather(
            pick(0, 0, 0.1, 0.3),
            pick(0, 0, 0.2),
            World.MILLI / 5,
            (long) (pick(1, 5, 50, 400) * World.MILLI),
            pick(0, 0, 0.05),
            random.nextInt(1, 3));
    int size = random.nextInt(3, random.nextInt(5) == 0 ? 11 : 6);
    boolean together = random.nextBoolean();
    boolean named = random.nextInt(4) == 0;
    List<Node> started = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Host host = world.host(nextHost++);
      long at = together ? random.nextLong(5) * World.MILLI : random.nextLong(8 * SECOND);
      world.after(
          at,
          () -> {
            Node node = start(new Node(world, nextId(), host, 8080, null));
            if (named) {
              started.forEach(other -> node.contact(other.endpoint(), Input.Origin.CONFIGURATION));
            }
            started.add(node);
          });
    }
    int old = random.nextInt(4) == 0 ? random.nextInt(1, 4) : 0;
    for (int i = 0; i < old; i++) {
      Host host = world.host(nextHost++);
      int port = (int) pick(8080, 8080, 8081, 8095);
      OldNode node = new OldNode(world, "old" + i, host, port);
      world.after(random.nextLong(15 * SECOND), node::start);
    }
    world.run(random.nextLong(100 * World.MILLI, 12 * SECOND));
  }

  private String nextId() {
    return String.format("n%02d", (nextId++ * 7) % 31);
  }

  private Node start(Node node) {
    nodes.add(node);
    node.start();
    return node;
  }

  private void faults() {
    int count = random.nextInt(1, 7);
    for (int i = 0; i < count; i++) {
      if (nodes.isEmpty()) {
        world.run(8 * SECOND);
      }
      fault(nodes.get(random.nextInt(nodes.size())));
      world.run((long) pick(0, 0.05 * SECOND, SECOND, 6 * SECOND, 20 * SECOND));
    }
  }

  private void fault(Node victim) {
    if (!victim.running) {
      return;
    }
    Node other = nodes.get(random.nextInt(nodes.size()));
    switch (random.nextInt(12)) {
      case 0 -> victim.kill();
      case 1 -> restart(victim, (long) pick(0, 0.01 * SECOND, SECOND, 5 * SECOND, 20 * SECOND));
      case 2 -> pause(victim);
      case 3 -> victim.stop();
      case 4 -> partition(victim, other, false);
      case 5 -> partition(victim, other, true);
      case 6 -> isolate(victim);
      case 7 -> victim.moved("10.0.0." + (100 + nextHost++));
      case 8 -> forge(victim, other);
      case 9 -> powerCycle(victim);
      case 10 -> twin(victim);
      default -> clone(victim);
    }
  }

  private void restart(Node victim, long pause) {
    ClusterSnapshot known = victim.core.snapshot();
    victim.kill();
    world.after(
        pause,
        () -> {
          if (victim.host.at(victim.port) == null && victim.host.up) {
            Node next = start(new Node(world, victim.id.value(), victim.host, victim.port, null));
            if (random.nextBoolean()) {
              next.remember(known);
            }
          }
        });
  }

  private void powerCycle(Node victim) {
    victim.powerOff();
    world.after(
        (long) pick(SECOND, 5 * SECOND, 30 * SECOND),
        () -> {
          world.powerOn(victim.host);
          start(new Node(world, victim.id.value(), victim.host, victim.port, null));
        });
  }

  private void pause(Node victim) {
    victim.pause();
    world.after((long) pick(0.5 * SECOND, 3 * SECOND, 8 * SECOND, 20 * SECOND), victim::resume);
  }

  private void partition(Node victim, Node other, boolean oneWay) {
    world.say(
        "%s no longer reaches %s%s".formatted(victim, other, oneWay ? "" : ", nor the other way"));
    victim.host.cut(other.host);
    if (!oneWay) {
      other.host.cut(victim.host);
    }
    healLater();
  }

  private void isolate(Node victim) {
    world.say("%s is cut off".formatted(victim));
    for (Host host : world.hosts) {
      if (host != victim.host) {
        host.cut(victim.host);
        victim.host.cut(host);
      }
    }
    healLater();
  }

  private void healLater() {
    long outage = (long) pick(0.3 * SECOND, 3 * SECOND, 8 * SECOND, 25 * SECOND);
    world.after(outage, () -> world.heal(outage));
  }

  /** A second process on the same host. */
  private void twin(Node victim) {
    int port = 9000 + nextHost++;
    if (victim.host.up) {
      start(new Node(world, nextId(), victim.host, port, null));
    }
  }

  /** A copied disk: another machine with the same id. */
  private void clone(Node victim) {
    start(new Node(world, victim.id.value(), world.host(nextHost++), 8080, null));
  }

  /** Beacons that lie: unknown ids, known ids elsewhere, other instances of known ids. */
  private void forge(Node victim, Node other) {
    for (int i = 0; i < 40; i++) {
      String id = random.nextBoolean() ? "forged" + i : other.id.value();
      InstanceId instance =
          random.nextInt(3) == 0
              ? other.instance
              : new InstanceId("f" + Long.toHexString(random.nextLong()));
      String address = random.nextBoolean() ? "10.0.9." + (1 + i % 5) : other.host.address;
      Datagram lie =
          new Datagram(
              new Announcement(
                  new NodeId(id),
                  random.nextInt(4) == 0 ? null : instance,
                  random.nextLong(1, 6),
                  0,
                  null,
                  "h",
                  address,
                  "c",
                  "n",
                  Duration.ofSeconds(15),
                  List.of()),
              new Endpoint(address, random.nextInt(1024, 65_000)),
              false);
      victim.execute(() -> victim.datagram(lie));
    }
  }

  private void settle() {
    world.run(31 * SECOND);
    for (Program process : world.processes) {
      process.resume();
    }
    world.heal(SECOND);
    world.weather = Weather.FAIR;
    world.run(120 * SECOND);
    Quiet.check(world);
  }

  private double pick(double... values) {
    return values[random.nextInt(values.length)];
  }
}
