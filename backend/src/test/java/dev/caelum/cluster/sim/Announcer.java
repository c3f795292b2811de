package dev.caelum.cluster.sim;

import dev.caelum.cluster.Announcement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells the LAN of a node by beacons, as the real announcer, and answers those that ask for it. */
final class Announcer {
  private static final long[] BURST = {0, 100, 500, 2_000};

  private final Node node;
  private final World world;
  private final Map<String, Long> answeredAt = new HashMap<>();
  private long sequence;
  private int burst;

  Announcer(Node node) {
    this.node = node;
    this.world = node.world;
  }

  /** Announces the node several times now, because it is new here, and regularly from then on. */
  void startBurst() {
    int mine = ++burst;
    for (long at : BURST) {
      node.after(
          at * World.MILLI,
          () -> {
            if (at < 500 || node.members() < 60) {
              announce(true);
            }
          });
    }
    node.after(BURST[BURST.length - 1] * World.MILLI, () -> later(mine));
  }

  private void later(int mine) {
    node.after(
        (long) (interval() * (0.75 + world.random().nextDouble() / 2)),
        () -> {
          if (mine == burst) {
            announce(false);
            later(mine);
          }
        });
  }

  /** A segment carries at most about ten beacons a second. */
  private long interval() {
    return Math.max(15 * World.SECOND, node.members() * 2L * World.SECOND / 10);
  }

  private void announce(boolean probe) {
    world.network.spread(node.host, says(probe));
  }

  private Datagram says(boolean probe) {
    return new Datagram(
        new Announcement(
            node.id,
            node.instance,
            ++sequence,
            node.incarnation(),
            node.cluster,
            "host",
            node.host.address,
            "c",
            "name",
            Duration.ofNanos(interval()),
            List.of()),
        node.endpoint(),
        probe);
  }

  /** Answers {@code datagram} when it asks for that: of many nodes only some, each seldom. */
  void heard(Datagram datagram) {
    String source = datagram.source().toString();
    Long last = answeredAt.get(source);
    boolean answer =
        datagram.probe()
            && !node.instance.equals(datagram.says().instance())
            && (last == null || world.now() - last > World.SECOND)
            && world.random().nextDouble() < 5.0 / node.members();
    if (answer) {
      answeredAt.put(source, world.now());
      node.after(
          world.random().nextLong(20, 120) * World.MILLI,
          () -> world.network.send(node.host, datagram.source().host(), says(false)));
    }
  }
}
