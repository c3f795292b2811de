package dev.caelum.cluster.sim;

import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import java.util.ArrayList;
import java.util.List;

/** A cluster of many nodes; the steps of none or of some are checked one by one. */
final class Large {
  final World world;
  final List<Node> nodes = new ArrayList<>();

  /** Starts {@code count} nodes within {@code spread} nanoseconds. */
  Large(long seed, int count, long spread) {
    this(seed, count, spread, 0);
  }

  /** The same, with each {@code share}-th node checked at each of its steps. */
  Large(long seed, int count, long spread, int share) {
    world = new World(seed, share);
    world.weather = World.Weather.LAN;
    for (int i = 1; i <= count; i++) {
      Node node =
          new Node(world, "n%04d".formatted((i * 7919) % 10_007), world.host(i), 8080, null);
      nodes.add(node);
      world.after(world.random().nextLong(Math.max(1, spread)), node::start);
    }
  }

  /** Whether {@code node} sees all that run alive, and nobody else. */
  static boolean seesAll(Node node, int running) {
    int alive = 0;
    for (Member member : node.core.snapshot().members()) {
      alive += member.state() == MemberState.ALIVE ? 1 : 0;
    }
    return alive == running;
  }

  boolean whole() {
    List<Node> running = nodes.stream().filter(node -> node.running).toList();
    return running.stream().allMatch(node -> seesAll(node, running.size()));
  }

  /** Virtual milliseconds until all see all, at most {@code limit}. */
  long millisUntilWhole(long limit) {
    for (long millis = 0; millis < limit; millis += 50) {
      if (whole()) {
        return millis;
      }
      world.run(50 * World.MILLI);
    }
    return limit;
  }
}
