package dev.caelum.cluster.sim;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.sim.World.Weather;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A few nodes that dial each other at random moments, without any beacon: over ways of random delay
 * that stall now and then; in a third of the runs a link breaks meanwhile.
 */
final class DialPatterns {
  private static final long SECOND = World.SECOND;
  private static final long MILLI = World.MILLI;

  private DialPatterns() {}

  /** Runs one; afterwards each pair has one link, and nobody was taken for dead or departed. */
  static void run(long seed) {
    World world = new World(seed);
    SplittableRandom random = new SplittableRandom(seed);
    long delay = new long[] {2, 20, 200}[random.nextInt(3)] * MILLI;
    double stalls = random.nextInt(3) == 0 ? 0.1 : 0;
    world.weather = new Weather(0, 0, MILLI / 5, delay, stalls, 0);
    List<Node> nodes = world.lan(2 + random.nextInt(5), 0);
    world.run(MILLI);
    long span = new long[] {1, 50, 1_500}[random.nextInt(3)] * MILLI;
    for (Node one : nodes) {
      for (Node other : nodes) {
        // One end at least of each pair; often both.
        if (one != other && (one.id.compareTo(other.id) < 0 || random.nextInt(3) > 0)) {
          world.after(
              random.nextLong(span),
              () -> one.contact(other.endpoint(), Input.Origin.CONFIGURATION));
        }
      }
    }
    if (random.nextInt(3) == 0) {
      world.after(random.nextLong(2 * SECOND), () -> breakOne(world, random));
    }
    world.run(13 * SECOND);
    world.weather = Weather.FAIR;
    world.run(4 * SECOND);
    Quiet.check(world);
    for (Node node : nodes) {
      List<ClusterEvent> wrong = new ArrayList<>(node.told(ClusterEvent.Died.class));
      wrong.addAll(node.told(ClusterEvent.Departed.class));
      if (!wrong.isEmpty()) {
        throw world.broken("%s tells %s", node, Story.of(wrong.getFirst()));
      }
    }
  }

  private static void breakOne(World world, SplittableRandom random) {
    List<Connection> whole = world.connections.stream().filter(Connection::whole).toList();
    if (!whole.isEmpty()) {
      Connection victim = whole.get(random.nextInt(whole.size()));
      world.say("%s breaks".formatted(victim));
      victim.close(victim.dialer, 1006, "");
    }
  }
}
