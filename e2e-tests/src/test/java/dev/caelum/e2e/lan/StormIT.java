package dev.caelum.e2e.lan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many nodes at once. */
@InLab
class StormIT {
  @Test
  @DisplayName("46: eight nodes killed and started at once are all linked within 20 s")
  void eightNodesRestartAtOnce_allLinkAgain(Lab lab) throws Exception {
    restartAtOnce(lab, 8);
  }

  @Test
  @Tag("soak")
  @DisplayName("46: twenty nodes killed and started at once are all linked within 20 s")
  void twentyNodesRestartAtOnce_allLinkAgain(Lab lab) throws Exception {
    restartAtOnce(lab, 20);
  }

  private static void restartAtOnce(Lab lab, int nodes) throws Exception {
    Cluster cluster = Cluster.start(lab, nodes);
    cluster.awaitAllMet(Duration.ofSeconds(60));
    for (NodeProcess node : cluster.nodes()) {
      node.child().kill9();
    }
    for (NodeProcess node : cluster.nodes()) {
      node.again();
    }
    long ready = Long.MIN_VALUE;
    for (NodeProcess node : cluster.nodes()) {
      ready = Math.max(ready, node.ready().readyNanos());
    }
    List<Integer> rows = new ArrayList<>();
    for (NodeProcess node : cluster.nodes()) {
      cluster.follow(node);
    }
    long met = cluster.awaitAllMet(Duration.ofSeconds(60));
    for (NodeProcess node : cluster.nodes()) {
      rows.add(cluster.feed(node).rows().size());
    }
    assertThat(rows).containsOnly(nodes);
    assertThat(Duration.ofNanos(met - ready)).isLessThan(Duration.ofSeconds(20));
  }
}
