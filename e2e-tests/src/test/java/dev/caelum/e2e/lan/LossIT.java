package dev.caelum.e2e.lan;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Networks that lose packets: some, all of one kind, or all of one direction. */
@InLab
class LossIT {
  private static final Duration HOLD = Duration.ofSeconds(20);

  private static Cluster meetBehind(Lab lab, int count, String hook, String... rules)
      throws Exception {
    Cluster cluster = new Cluster();
    List<NodeProcess> nodes = new ArrayList<>();
    for (Host host : lab.hosts(count)) {
      host.filter(hook, rules);
      nodes.add(NodeProcess.start(host));
    }
    for (NodeProcess node : nodes) {
      cluster.add(node.ready());
    }
    cluster.awaitAllMet(Cluster.MEET);
    return cluster;
  }

  @Test
  @DisplayName("16: multicast and IGMP filtered: nodes meet by broadcast and say so")
  void multicastIsDropped_nodesMeetByBroadcastAndSaySo(Lab lab) throws Exception {
    Cluster cluster =
        meetBehind(
            lab,
            3,
            "output",
            "ip daddr 224.0.0.0/4 drop",
            "ip6 daddr ff00::/8 udp dport 8181 drop");
    JsonObject node =
        Eventually.get(
            Duration.ofSeconds(40),
            () -> cluster.node(0).get("/api/v1/node"),
            status -> eth0(status).getBoolean("broadcast_echo"));
    assertThat(eth0(node).getBoolean("multicast_echo")).isFalse();
  }

  private static JsonObject eth0(JsonObject node) {
    return node.getJsonArray("interfaces").getValuesAs(JsonObject.class).stream()
        .filter(found -> found.getString("name").equals("eth0"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @DisplayName("Broadcast filtered: nodes meet by multicast")
  void broadcastIsDropped_nodesMeetByMulticast(Lab lab) throws Exception {
    meetBehind(lab, 3, "output", "ip daddr { 255.255.255.255, 10.32.3.255 } drop");
  }

  @Test
  @DisplayName("8: with 30 % of UDP lost nodes meet, and nobody goes offline")
  void thirtyPercentOfUdpIsLost_nodesMeetAndStay(Lab lab) throws Exception {
    Cluster cluster = meetBehind(lab, 3, "input", "udp dport 8181 numgen random mod 100 < 30 drop");
    Eventually.passed(System.nanoTime(), HOLD);
    cluster.assertNobodyWas("suspect", "dead", "left");
  }

  @Test
  @DisplayName("9: with 30 % of TCP lost no machine is declared dead")
  void thirtyPercentOfTcpIsLost_nobodyIsDead(Lab lab) throws Exception {
    Cluster cluster = Cluster.met(lab, 3);
    for (NodeProcess node : cluster.nodes()) {
      node.host()
          .filter(
              "input", "ip saddr != 10.32.3.254 ip protocol tcp numgen random mod 100 < 30 drop");
    }
    Eventually.passed(System.nanoTime(), HOLD);
    for (NodeProcess node : cluster.nodes()) {
      node.host().unfilter();
    }
    cluster.awaitAllMet(Cluster.MEET);
    cluster.assertNobodyWas("dead");
  }

  @Test
  @DisplayName("5: one direction blocked: neither side shows the other as half alive after 40 s")
  void oneDirectionIsBlocked_bothSidesNoticeAndMeetAgainAfterwards(Lab lab) throws Exception {
    Cluster cluster = Cluster.met(lab, 3);
    NodeProcess first = cluster.node(0);
    NodeProcess second = cluster.node(1);
    second.host().filter("input", "ip saddr " + first.address() + " drop");
    // Else they would be linked again over IPv6.
    second.host().filter("input", "meta nfproto ipv6 drop");
    // The third machine vouches for both, so they are not dead; but nobody calls them connected.
    Duration limit = Duration.ofSeconds(60);
    cluster
        .feed(second)
        .await(
            first.address() + " not connected",
            limit,
            rows -> rows.stream().noneMatch(row -> row.at(first.address()) && row.connected()));
    cluster
        .feed(first)
        .await(
            second.address() + " not connected",
            limit,
            rows -> rows.stream().noneMatch(row -> row.at(second.address()) && row.connected()));
    NodeProcess third = cluster.node(2);
    assertThat(cluster.feed(third).statesOf(first.address())).doesNotContain("dead");
    assertThat(cluster.feed(third).statesOf(second.address())).doesNotContain("dead");
    second.host().unfilter();
    cluster.awaitAllMet(Duration.ofSeconds(45));
    assertThat(cluster.feed(first).rows()).hasSize(3);
  }

  @Test
  @DisplayName("10: datagrams repeated and out of order change nothing")
  void datagramsAreRepeatedInReverse_nothingChanges(Lab lab) throws Exception {
    try (Datagrams air = new Datagrams(lab)) {
      Cluster cluster = Cluster.met(lab, 3);
      NodeProcess sender = cluster.node(0);
      List<byte[]> heard =
          Eventually.get(
              Duration.ofSeconds(30), () -> air.heardFrom(sender.address()), all -> all.size() > 3);
      int events = machineEvents(cluster.feed(cluster.node(1)));
      for (int round = 0; round < 5; round++) {
        for (byte[] datagram : heard.reversed()) {
          air.sendAs(sender.address(), cluster.node(1).address(), datagram);
        }
      }
      assertThat(cluster.feed(cluster.node(1)).statesOf(sender.address()))
          .doesNotContain("suspect", "dead", "left");
      assertThat(cluster.feed(cluster.node(1)).rows()).hasSize(3);
      assertThat(machineEvents(cluster.feed(cluster.node(1))) - events).isLessThan(10);
      assertThat(Eventually.get(cluster::links, links -> links.size() == 3))
          .doesNotHaveDuplicates();
    }
  }

  private static int machineEvents(NodeFeed feed) {
    return (int) feed.events().stream().filter(event -> event.name().equals("machine")).count();
  }
}
