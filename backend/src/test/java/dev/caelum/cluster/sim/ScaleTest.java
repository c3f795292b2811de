package dev.caelum.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.ClusterEvent;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A thousand nodes. */
class ScaleTest {
  @Test
  void aThousandNodesMeetAndForAMinuteNobodyIsDoubted() {
    Large large = new Large(1, 1_000, World.SECOND, 50);
    assertThat(large.millisUntilWhole(20_000)).isLessThan(20_000);
    AtomicInteger doubts = new AtomicInteger();
    large.world.witness =
        (node, event) -> {
          if (event instanceof ClusterEvent.Died || event instanceof ClusterEvent.Suspected) {
            doubts.incrementAndGet();
          }
        };
    large.world.run(60 * World.SECOND);
    assertThat(large.whole()).isTrue();
    assertThat(doubts).hasValue(0);
  }

  /** 15 of 150 nodes are checked at each of their steps. */
  @Test
  void whateverHappensInALargeClusterTheRulesHoldAndItIsWholeAgain() {
    Large large = new Large(2, 150, World.SECOND, 10);
    World world = large.world;
    world.run(60 * World.SECOND);
    world.weather = new World.Weather(0.05, 0.05, World.MILLI / 5, 20 * World.MILLI, 0.02, 1);
    for (Node node : large.nodes.subList(0, 8)) {
      node.kill();
    }
    large.nodes.subList(8, 16).forEach(Node::stop);
    large.nodes.subList(16, 24).forEach(Program::pause);
    large.nodes.subList(24, 32).forEach(node -> world.isolate(node.host));
    world.run(25 * World.SECOND);
    large.nodes.subList(16, 24).forEach(Program::resume);
    world.heal(25 * World.SECOND);
    world.weather = World.Weather.LAN;
    world.run(60 * World.SECOND);
    assertThat(large.whole()).isTrue();
  }
}
