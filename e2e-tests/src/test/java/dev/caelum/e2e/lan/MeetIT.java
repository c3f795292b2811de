package dev.caelum.e2e.lan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Nodes that start find each other and link once. */
@InLab
class MeetIT {
  @Test
  @DisplayName("54: two nodes on a quiet LAN see each other before the next beacon")
  void secondNodeStarts_bothSeeEachOtherBeforeTheNextBeacon(Lab lab) throws Exception {
    Cluster cluster = Cluster.start(lab, 1);
    NodeProcess second = NodeProcess.start(lab.host()).ready();
    cluster.add(second);
    long met = cluster.awaitAllMet(Cluster.MEET);
    assertThat(Duration.ofNanos(met - second.readyNanos())).isLessThan(Duration.ofSeconds(10));
    assertThat(second.log()).contains("🎯 UDP discovered new Caelum machine: n1 (10.32.3.11)");
  }

  @Test
  @DisplayName("Five nodes started at once: all see all, each pair has one link")
  void fiveNodesStartAtOnce_allSeeAllAndEachPairIsLinkedOnce(Lab lab) throws Exception {
    Cluster cluster = Cluster.start(lab, 5);
    long ready = cluster.nodes().stream().mapToLong(NodeProcess::readyNanos).max().orElseThrow();
    long met = cluster.awaitAllMet(Cluster.MEET);
    assertThat(Duration.ofNanos(met - ready)).isLessThan(Duration.ofSeconds(12));
    assertThat(Eventually.get(cluster::links, links -> links.size() == 10)).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("Five nodes started one after the other: each is seen by all before")
  void nodesStartOneByOne_eachIsSeenByAllBefore(Lab lab) throws Exception {
    Cluster cluster = Cluster.start(lab, 1);
    for (Host host : lab.hosts(4)) {
      cluster.add(NodeProcess.start(host).ready());
      cluster.awaitAllMet(Cluster.MEET);
    }
    assertThat(Eventually.get(cluster::links, links -> links.size() == 10)).doesNotHaveDuplicates();
  }
}
