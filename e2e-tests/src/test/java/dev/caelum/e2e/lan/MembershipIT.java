package dev.caelum.e2e.lan;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the cluster decides about machines that some or all do not hear. */
@InLab
class MembershipIT {
  private static final String FROM_HERE = "ip saddr " + Lab.HERE + " accept";
  private static final String TO_HERE = "ip daddr " + Lab.HERE + " accept";

  /** Cuts {@code host} off from all but this JVM, which goes on reading its events. */
  private static void cutOff(Host host) {
    host.filter("input", FROM_HERE, "drop");
    host.filter("output", TO_HERE, "drop");
  }

  private static List<String> codes(NodeFeed feed) {
    return feed.events().stream()
        .filter(event -> event.name().equals("log"))
        .map(NodeFeed.Event::data)
        .filter(line -> line.containsKey("code") && !line.isNull("code"))
        .map(line -> line.getString("code"))
        .toList();
  }

  @Test
  @DisplayName("UDP blocked between two machines while TCP works: a finding, no suspicion")
  void udpIsBlockedBetweenTwo_isToldAndNobodyIsDoubted(Lab lab) throws Exception {
    Cluster cluster = Cluster.met(lab, 3);
    NodeProcess first = cluster.node(0);
    NodeProcess second = cluster.node(1);
    second.host().filter("input", "ip saddr " + first.address() + " meta l4proto udp drop");
    second.host().filter("output", "ip daddr " + first.address() + " meta l4proto udp drop");
    for (NodeProcess node : List.of(first, second)) {
      String other = node == first ? second.address() : first.address();
      cluster
          .feed(node)
          .await(
              "UDP to " + other + " blocked",
              Duration.ofSeconds(20),
              rows -> rows.stream().anyMatch(row -> row.at(other) && udpBlocked(row)));
    }
    assertThat(first.log()).contains("UDP to n2 is blocked, TCP works");
    assertThat(codes(cluster.feed(second))).contains("udp_blocked");
    second.host().unfilter();
    cluster
        .feed(first)
        .await(
            "UDP to " + second.address() + " works",
            Duration.ofSeconds(20),
            rows -> rows.stream().anyMatch(row -> row.at(second.address()) && !udpBlocked(row)));
    assertThat(codes(cluster.feed(first))).containsOnlyOnce("udp_blocked", "udp_works");
    cluster.assertNobodyWas("suspect", "dead", "left");
  }

  private static boolean udpBlocked(Row row) {
    return !row.json().isNull("probes")
        && row.json().getJsonObject("probes").getBoolean("udp_blocked");
  }

  @Test
  @DisplayName("A cable is pulled: suspect, then dead, once each; alive when it is back")
  void cableIsPulled_suspectThenDeadEverywhere(Lab lab) throws Exception {
    Cluster cluster = Cluster.met(lab, 5);
    NodeProcess victim = cluster.node(4);
    List<NodeProcess> watchers = cluster.others(victim);
    long pulled = System.nanoTime();
    victim.host().unplug();
    long dead = cluster.awaitState(victim.address(), "dead", Duration.ofSeconds(20), watchers);
    assertThat(Duration.ofNanos(dead - pulled)).isLessThan(Duration.ofSeconds(18));
    JsonObject doubt = cluster.row(victim).json().getJsonObject("doubt");
    assertThat(doubt.getString("outcome")).isEqualTo("confirmed");
    assertThat(doubt.getJsonArray("accusers")).hasSizeGreaterThan(1);
    victim.host().unfilter();
    cluster.follow(victim);
    cluster.awaitAllMet(Duration.ofSeconds(30));
    for (NodeProcess watcher : watchers) {
      NodeFeed feed = cluster.feed(watcher);
      List<String> states = feed.statesOf(victim.address());
      assertThat(states.subList(states.indexOf("suspect"), states.size()))
          .as(watcher.host().name())
          .containsExactly("suspect", "dead", "alive");
      assertThat(feed.rows()).hasSize(5);
    }
  }

  @Test
  @DisplayName("The own network is down for 25 s: the machine says so and takes nobody for dead")
  void ownNetworkIsDown_nobodyIsDead(Lab lab) throws Exception {
    Cluster cluster = Cluster.met(lab, 6);
    NodeProcess lonely = cluster.node(5);
    List<NodeProcess> others = cluster.others(lonely);
    long cut = System.nanoTime();
    cutOff(lonely.host());
    Eventually.get(
        Duration.ofSeconds(15),
        () -> codes(cluster.feed(lonely)),
        found -> found.contains("network_down"));
    assertThat(lonely.log()).contains("this machine's own network is down");
    cluster.awaitState(lonely.address(), "dead", Duration.ofSeconds(20), others);
    Eventually.passed(cut, Duration.ofSeconds(25));
    lonely.host().unfilter();
    cluster.awaitAllMet(Duration.ofSeconds(30));
    for (NodeProcess other : others) {
      assertThat(cluster.feed(lonely).statesOf(other.address())).doesNotContain("dead");
      assertThat(codes(cluster.feed(other))).doesNotContain("network_down");
    }
    Eventually.get(() -> codes(cluster.feed(lonely)), found -> found.contains("network_back"));
  }

  @Test
  @DisplayName("Two halves of three lose each other and heal: one view, each pair linked once")
  void twoHalvesHeal_oneView(Lab lab) throws Exception {
    Cluster cluster = Cluster.met(lab, 6);
    List<NodeProcess> left = cluster.nodes().subList(0, 3);
    List<NodeProcess> right = cluster.nodes().subList(3, 6);
    String beyond = right.stream().map(NodeProcess::address).collect(Collectors.joining(", "));
    for (NodeProcess node : left) {
      // The lab's hosts have IPv6, too, by which they would find each other again.
      node.host().filter("input", "meta nfproto ipv6 drop", "ip saddr { " + beyond + " } drop");
      node.host().filter("output", "meta nfproto ipv6 drop", "ip daddr { " + beyond + " } drop");
    }
    for (NodeProcess node : right) {
      cluster.awaitState(node.address(), "dead", Duration.ofSeconds(90), left);
    }
    for (NodeProcess node : left) {
      cluster.awaitState(node.address(), "dead", Duration.ofSeconds(90), right);
    }
    left.forEach(node -> node.host().unfilter());
    cluster.awaitAllMet(Duration.ofSeconds(30));
    for (NodeProcess node : cluster.nodes()) {
      assertThat(cluster.feed(node).rows()).hasSize(6);
    }
    assertThat(Eventually.get(cluster::links, links -> links.size() == 15)).doesNotHaveDuplicates();
  }
}
