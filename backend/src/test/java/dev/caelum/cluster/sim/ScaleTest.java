package dev.caelum.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.ClusterEvent;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A thousand nodes. */
class ScaleTest {
  @Test
  void aThousandNodesMeetAndForAMinuteNobodyIsDoubted() {
    Large large = new Large(1, 1_000, World.SECOND);
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
}
