package dev.caelum.cluster.sim;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.NodeId;
import dev.caelum.cluster.sim.Plan.Fault;
import dev.caelum.cluster.sim.Plan.Start;
import dev.caelum.cluster.sim.World.Weather;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A cluster to which, for a while, everything happens that a LAN can do to it. */
final class Chaos {
  private static final long SECOND = World.SECOND;

  private final Plan plan;
  private final World world;
  private final long beganAt;

  /** Who runs, or ran last, at each place. */
  private final Map<Integer, Node> places = new HashMap<>();

  private Chaos(Plan plan) {
    this.plan = plan;
    world = new World(plan.seed());
    beganAt = world.now();
  }

  /**
   * Runs it and checks that all is well once the faults are over. A failure tells as little as
   * still fails, see {@link Reduction}.
   */
  static void run(long seed) {
    Plan plan = Plan.of(seed);
    Broken broken = outcome(plan);
    if (broken != null) {
      throw Reduction.of(plan, broken).told();
    }
  }

  /** What does not hold in a run of {@code plan}; null when all is well. */
  static @Nullable Broken outcome(Plan plan) {
    Chaos chaos = new Chaos(plan);
    try {
      chaos.begin();
      chaos.faults();
      chaos.settle();
      return null;
    } catch (Broken broken) {
      return broken;
    }
  }

  private void begin() {
    world.weather = plan.weather();
    List<Node> started = new ArrayList<>();
    for (Start start : plan.starts()) {
      Host host = world.host(1 + start.place());
      world.after(
          start.at(),
          () -> {
            Node node = start(start.place(), host, start.port(), id(start.place()));
            if (plan.named()) {
              started.forEach(other -> node.contact(other.endpoint(), Input.Origin.CONFIGURATION));
            }
            started.add(node);
          });
    }
    for (Start start : plan.olds()) {
      Host host = world.host(30 + start.place());
      OldNode node = new OldNode(world, "old" + start.place(), host, start.port());
      world.after(start.at(), node::start);
    }
  }

  private static String id(int place) {
    int number = place < Plan.ADDED ? place : place - Plan.ADDED + 20;
    return String.format("n%02d", (number * 7 + 7) % 31);
  }

  private Node start(int place, Host host, int port, String id) {
    Node node = new Node(world, id, host, port, null);
    places.put(place, node);
    node.start();
    return node;
  }

  private void faults() {
    for (Fault fault : plan.faults()) {
      world.run(Math.max(0, beganAt + fault.at() - world.now()));
      Node victim = places.get(fault.victim());
      if (victim != null && victim.running) {
        befalls(fault, victim);
      }
    }
    world.run(Math.max(0, beganAt + plan.lastAt() - world.now()) + 20 * SECOND);
  }

  private void befalls(Fault fault, Node victim) {
    Node other = places.getOrDefault(fault.other(), victim);
    switch (fault.kind()) {
      case KILL -> victim.kill();
      case RESTART -> restart(fault, victim);
      case PAUSE -> {
        victim.pause();
        world.after(fault.lasts(), victim::resume);
      }
      case STOP -> victim.stop();
      case PARTITION -> {
        world.cut(victim.host, other.host);
        healLater(fault);
      }
      case ONE_WAY -> {
        world.say("%s no longer reaches %s".formatted(victim, other));
        victim.host.cut(other.host, world.now());
        healLater(fault);
      }
      case ISOLATE -> {
        world.isolate(victim.host);
        healLater(fault);
      }
      case MOVE -> victim.moved("10.0.0." + (100 + fault.number()));
      case FORGE -> forge(fault, victim, other);
      case POWER_CYCLE -> {
        victim.powerOff();
        world.after(
            fault.lasts(),
            () -> {
              world.powerOn(victim.host);
              start(fault.victim(), victim.host, victim.port, victim.id.value());
            });
      }
      case TWIN -> {
        int place = Plan.ADDED + fault.number();
        start(place, victim.host, 9000 + fault.number(), id(place));
      }
      case CLONE -> {
        int place = Plan.ADDED + fault.number();
        start(place, world.host(place), 8080, victim.id.value());
      }
    }
  }

  private void restart(Fault fault, Node victim) {
    ClusterSnapshot known = victim.core.snapshot();
    boolean remembers = (fault.seed() & 1) == 0;
    victim.kill();
    world.after(
        fault.lasts(),
        () -> {
          if (victim.host.at(victim.port) == null && victim.host.up) {
            Node next = start(fault.victim(), victim.host, victim.port, victim.id.value());
            if (remembers) {
              next.remember(known);
            }
          }
        });
  }

  private void healLater(Fault fault) {
    world.after(fault.lasts(), () -> world.heal(fault.lasts()));
  }

  /** Beacons that lie: unknown ids, known ids elsewhere, other instances of known ids. */
  private void forge(Fault fault, Node victim, Node other) {
    world.say("%s hears forged beacons about %s".formatted(victim, other));
    SplittableRandom random = new SplittableRandom(fault.seed());
    for (int i = 0; i < 40; i++) {
      String id = random.nextBoolean() ? "forged" + i : other.id.value();
      InstanceId instance =
          random.nextInt(3) == 0
              ? other.instance
              : new InstanceId("f" + Long.toHexString(random.nextLong()));
      String address = random.nextBoolean() ? "10.0.9." + (1 + i % 5) : other.host.address;
      Datagram lie =
          Datagram.made(
              new NodeId(id),
              random.nextInt(4) == 0 ? null : instance,
              random.nextLong(1, 6),
              new Endpoint(address, random.nextInt(1024, 65_000)));
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
}
