package dev.caelum.e2e.lan;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Old nodes beside ours: found, dialled, registered, kept. */
@InLab
class OldNodesIT {
  private static Predicate<Collection<Row>> oldAlive(String... addresses) {
    return rows ->
        List.of(addresses).stream()
            .allMatch(ip -> rows.stream().anyMatch(r -> r.at(ip) && r.legacy() && r.alive()));
  }

  /** Two nodes and two old nodes; returns after all see all. */
  private static OldNodeProcess[] twoOldNodes(Lab lab, Cluster cluster) throws Exception {
    List<Host> hosts = lab.hosts(2);
    OldNodeProcess[] old = {
      OldNodeProcess.start(hosts.getFirst(), "hostname=old-a"),
      OldNodeProcess.start(hosts.getLast(), "hostname=old-b", "services=caelum-ollama-pool")
    };
    cluster.await(
        "both old nodes alive",
        Cluster.MEET,
        cluster.nodes(),
        oldAlive(hosts.getFirst().address(), hosts.getLast().address()));
    return old;
  }

  @Test
  @DisplayName("18: two old nodes under one id are two connected rows, and drop nothing of ours")
  void twoOldNodesUnderOneId_areTwoRowsAndDropNothing(Lab lab) throws Exception {
    Cluster cluster = Cluster.met(lab, 2);
    OldNodeProcess[] old = twoOldNodes(lab, cluster);
    for (OldNodeProcess node : old) {
      JsonObject status =
          Eventually.get(
              Duration.ofSeconds(20),
              node::status,
              now ->
                  now.getJsonObject("registered").size() == 2
                      && now.getJsonObject("heard").size() == 2
                      && now.getInt("links") == 2);
      assertThat(status.getJsonObject("dropped")).as(status.toString()).isEmpty();
      assertThat(status.getJsonObject("received")).doesNotContainKey("cluster_beacon");
    }
    List<Row> rows = cluster.feed(cluster.node(0)).rows().stream().filter(Row::legacy).toList();
    assertThat(rows).extracting(Row::id).containsOnly("caelum-00000000");
    assertThat(rows).extracting(Row::key).doesNotHaveDuplicates().hasSize(2);
    assertThat(rows).extracting(row -> row.json().getBoolean("duplicate_id")).containsOnly(true);
    assertThat(
            cluster
                .node(0)
                .send(cluster.node(0).request("/api/v1/machines/caelum-00000000").build())
                .statusCode())
        .isEqualTo(409);
  }

  @Test
  @DisplayName("35: an old node's 20 s pings are answered, its heartbeats taken: the link stays")
  void oldNodePingsEvery20Seconds_theLinkStays(Lab lab) throws Exception {
    Cluster cluster = Cluster.start(lab, 1);
    OldNodeProcess[] old = twoOldNodes(lab, cluster);
    // Two rounds: a ping that is not answered within 20 s ends the link at the second.
    JsonObject status =
        Eventually.get(
            Duration.ofSeconds(60),
            old[0]::status,
            now -> now.getJsonObject("received").getInt("machine_heartbeat", 0) >= 1);
    assertThat(status.getJsonObject("received")).doesNotContainKeys("pong_timeout", "link_end");
    assertThat(status.getJsonObject("dropped")).as(status.toString()).isEmpty();
    assertThat(oldAlive("10.32.3.12", "10.32.3.13").test(cluster.feed(cluster.node(0)).rows()))
        .isTrue();
  }

  @Test
  @Tag("soak")
  @DisplayName("Two strict old nodes under one id are kept for 10 minutes; 35")
  void twoOldNodes_areKeptForTenMinutes(Lab lab) throws Exception {
    Cluster cluster = Cluster.met(lab, 2);
    OldNodeProcess[] old = twoOldNodes(lab, cluster);
    Eventually.passed(System.nanoTime(), Duration.ofMinutes(10));
    for (OldNodeProcess node : old) {
      JsonObject status = node.status();
      assertThat(status.getJsonObject("dropped")).as(status.toString()).isEmpty();
      assertThat(status.getJsonObject("received")).doesNotContainKeys("pong_timeout", "link_end");
      assertThat(status.getInt("links")).isEqualTo(2);
      for (String kind : List.of("heard", "registered")) {
        assertThat(status.getJsonObject(kind)).hasSize(2);
        status
            .getJsonObject(kind)
            .values()
            .forEach(machine -> {
              assertThat(machine.asJsonObject().getInt("forgotten", 0)).isZero();
              assertThat(machine.asJsonObject().getInt("went_offline", 0)).isZero();
            });
      }
    }
    for (NodeProcess node : cluster.nodes()) {
      for (String ip : List.of("10.32.3.13", "10.32.3.14")) {
        assertThat(cluster.feed(node).statesOf(ip)).doesNotContain("suspect", "dead", "left");
      }
    }
  }

  @Test
  @DisplayName("An old dashboard says 8080 and listens on 8081: found all the same")
  void oldDashboardOn8081_isLinked(Lab lab) throws Exception {
    assertLinked(lab, "port=8081", "page=true");
  }

  @Test
  @DisplayName("An old dashboard says 8080 and listens on 8095: found all the same")
  void oldDashboardOn8095_isLinked(Lab lab) throws Exception {
    assertLinked(lab, "port=8095", "page=true");
  }

  /** An old node that is started with {@code settings} is linked, and drops nothing of ours. */
  private static void assertLinked(Lab lab, String... settings) throws Exception {
    Cluster cluster = Cluster.start(lab, 1);
    Host host = lab.host();
    OldNodeProcess old = OldNodeProcess.start(host, settings);
    cluster.await("the old node", Cluster.MEET, cluster.nodes(), oldAlive(host.address()));
    assertThat(old.status().getJsonObject("dropped")).isEmpty();
  }

  @Test
  @DisplayName("An old node that claims 127.0.0.1 is dialled where its datagrams come from")
  void oldNodeClaimsLoopback_isDialledAtItsSource(Lab lab) throws Exception {
    assertLinked(lab, "primary=127.0.0.1");
  }

  @Test
  @DisplayName("The second dialect announces a machine that is found and linked")
  void secondDialect_isFoundAndLinked(Lab lab) throws Exception {
    assertLinked(lab, "dialect=cluster");
  }

  @Test
  @DisplayName("A killed old node is dead at once when its host refuses, and back in the same row")
  void oldNodeIsKilledAndRestarted_deadThenAliveInTheSameRow(Lab lab) throws Exception {
    Cluster cluster = Cluster.start(lab, 1);
    Host host = lab.host();
    OldNodeProcess old = OldNodeProcess.start(host);
    cluster.await("the old node", Cluster.MEET, cluster.nodes(), oldAlive(host.address()));
    old.child().kill9();
    cluster.awaitState(host.address(), "dead", Duration.ofSeconds(15), cluster.nodes());
    OldNodeProcess.start(host);
    cluster.await("back", Duration.ofSeconds(30), cluster.nodes(), oldAlive(host.address()));
    assertThat(cluster.feed(cluster.node(0)).rows()).hasSize(2);
  }

  @Test
  @DisplayName("Old nodes scan for the word caelum: our page has it")
  void scanOfOldNodes_findsTheWord(Lab lab) throws Exception {
    NodeProcess node = NodeProcess.start(lab.host()).ready();
    for (String path : List.of("/", "/api/v1/machines", "/api/v1/cluster/status")) {
      var response = node.send(node.request(path).build());
      assertThat(response.statusCode()).as(path).isEqualTo(200);
      assertThat(response.body()).as(path).containsIgnoringCase("caelum");
    }
  }
}
