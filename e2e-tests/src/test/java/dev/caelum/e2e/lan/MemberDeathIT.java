package dev.caelum.e2e.lan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Nodes that die, pause, leave and come back. */
@InLab
class MemberDeathIT {
  @Test
  @DisplayName("1: kill -9 of a node: dead everywhere soon, then alive again in the same row")
  void nodeIsKilledAndRestarted_deadEverywhereThenAliveInTheSameRow(Lab lab) throws Exception {
    Cluster cluster = Cluster.met(lab, 5);
    NodeProcess victim = cluster.node(4);
    Row before = cluster.row(victim);

    long killed = System.nanoTime();
    victim.child().kill9();
    long dead =
        cluster.awaitState(
            victim.address(), "dead", Duration.ofSeconds(20), cluster.others(victim));
    assertThat(Duration.ofNanos(dead - killed)).isLessThan(Duration.ofSeconds(15));

    cluster.follow(victim.again().ready());
    long back = cluster.awaitAllMet(Duration.ofSeconds(20));
    assertThat(Duration.ofNanos(back - victim.readyNanos())).isLessThan(Duration.ofSeconds(20));
    assertThat(cluster.feed(cluster.node(0)).rows()).hasSize(5);
    Row after = cluster.row(victim);
    assertThat(after.key()).isEqualTo(before.key());
    assertThat(after.json().getString("instance"))
        .isNotEqualTo(before.json().getString("instance"));
  }

  @Test
  @DisplayName("3: SIGSTOP for 20 s, then SIGCONT: same row; suspect, dead, alive, once each")
  void nodeIsPausedFor20Seconds_sameRowAndOneEventOfEachKind(Lab lab) throws Exception {
    Cluster cluster = Cluster.met(lab, 3);
    NodeProcess victim = cluster.node(2);
    List<NodeProcess> watchers = cluster.others(victim);
    long paused = System.nanoTime();
    victim.child().pause();
    cluster.await(
        victim.address() + " noticed as silent",
        Duration.ofSeconds(20),
        watchers,
        rows -> rows.stream().noneMatch(row -> row.at(victim.address()) && row.alive()));
    Eventually.passed(paused, Duration.ofSeconds(20));
    long resumed = System.nanoTime();
    victim.child().resume();
    long alive = cluster.awaitState(victim.address(), "alive", Duration.ofSeconds(20), watchers);
    assertThat(Duration.ofNanos(alive - resumed)).isLessThan(Duration.ofSeconds(15));
    cluster.awaitAllMet(Cluster.MEET);
    for (NodeProcess watcher : watchers) {
      List<String> states = cluster.feed(watcher).statesOf(victim.address());
      List<String> since = states.subList(Math.max(0, states.indexOf("suspect")), states.size());
      assertThat(since).as(watcher.host().name()).containsExactly("suspect", "dead", "alive");
      assertThat(cluster.feed(watcher).rows()).hasSize(3);
    }
  }

  @Test
  @DisplayName("SIGTERM: the node says goodbye and is shown as left, not dead")
  void nodeIsStopped_othersShowItAsLeft(Lab lab) throws Exception {
    Cluster cluster = Cluster.met(lab, 5);
    NodeProcess leaver = cluster.node(0);
    long asked = System.nanoTime();
    leaver.child().terminate();
    long left =
        cluster.awaitState(
            leaver.address(), "left", Duration.ofSeconds(10), cluster.others(leaver));
    assertThat(Duration.ofNanos(left - asked)).isLessThan(Duration.ofSeconds(9));
    assertThat(leaver.child().exit(Duration.ofSeconds(10)).orElse(-1)).isIn(0, 143);
    for (NodeProcess other : cluster.others(leaver)) {
      assertThat(cluster.feed(other).statesOf(leaver.address())).doesNotContain("dead");
    }
  }

  @Test
  @DisplayName("37: a peer that is unplugged is noticed, and its socket freed within 40 s")
  void peerIsUnplugged_itsSocketIsFreedWithin40Seconds(Lab lab) throws Exception {
    Cluster cluster = Cluster.met(lab, 2);
    NodeProcess watcher = cluster.node(0);
    NodeProcess victim = cluster.node(1);
    long cut = System.nanoTime();
    victim.host().unplug();
    long dead =
        cluster.awaitState(victim.address(), "dead", Duration.ofSeconds(30), List.of(watcher));
    assertThat(Duration.ofNanos(dead - cut)).isLessThan(Duration.ofSeconds(20));
    Eventually.get(Duration.ofSeconds(40), () -> watcher.host().connections(8080), List::isEmpty);
    assertThat(Duration.ofNanos(System.nanoTime() - cut)).isLessThan(Duration.ofSeconds(46));
    victim.host().unfilter();
    cluster.awaitAllMet(Duration.ofSeconds(45));
  }
}
