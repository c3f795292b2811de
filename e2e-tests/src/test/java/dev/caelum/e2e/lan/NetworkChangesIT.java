package dev.caelum.e2e.lan;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Interfaces, addresses and routes that come, change and go. */
@InLab
class NetworkChangesIT {
  @Test
  @DisplayName("14: an interface goes down and up: the node is dead, then alive in the same row")
  void interfaceGoesDownAndUp_nodeIsBackInTheSameRow(Lab lab) throws Exception {
    Cluster cluster = Cluster.met(lab, 3);
    NodeProcess victim = cluster.node(2);
    List<NodeProcess> watchers = cluster.others(victim);
    victim.host().linkDown();
    cluster.awaitState(victim.address(), "dead", Duration.ofSeconds(30), watchers);
    victim.host().linkUp();
    cluster.awaitAllMet(Duration.ofSeconds(30));
    assertThat(cluster.feed(watchers.getFirst()).rows()).hasSize(3);
    assertThat(victim.log().lines().count()).isLessThan(100);
  }

  @Test
  @DisplayName("14: an interface that appears later is used within 15 s")
  void interfaceAppears_machinesOnItsNetworkAreFound(Lab lab) throws Exception {
    Cluster cluster = Cluster.start(lab, 1);
    NodeProcess first = cluster.node(0);
    NodeProcess second = NodeProcess.start(lab.hostOnSecond()).ready();
    first.host().joinSecond();
    cluster
        .feed(first)
        .await(
            second.address() + " alive",
            Duration.ofSeconds(30),
            rows -> rows.stream().anyMatch(row -> row.at(second.address()) && row.alive()));
  }

  @Test
  @DisplayName("13: an address changes: same id, new address, one row")
  void addressChanges_sameRowWithTheNewAddress(Lab lab) throws Exception {
    Cluster cluster = Cluster.met(lab, 3);
    NodeProcess mover = cluster.node(2);
    List<NodeProcess> watchers = cluster.others(mover);
    String id = cluster.row(mover).id();
    mover.host().readdress(Lab.LAN + "77");
    cluster.await(
        id + " alive at its new address",
        Duration.ofSeconds(40),
        watchers,
        rows ->
            rows.stream()
                .anyMatch(row -> row.id().equals(id) && row.at(Lab.LAN + "77") && row.alive()));
    cluster.await(
        "no row at the old address",
        Duration.ofSeconds(20),
        watchers,
        rows -> rows.stream().filter(row -> row.id().equals(id)).count() == 1);
  }

  @Test
  @DisplayName("15: without a default route nodes meet all the same")
  void noDefaultRoute_nodesMeet(Lab lab) throws Exception {
    Cluster cluster = new Cluster();
    List<NodeProcess> nodes = new ArrayList<>();
    for (Host host : lab.hosts(2)) {
      host.defaultRoute(false);
      nodes.add(NodeProcess.start(host));
    }
    for (NodeProcess node : nodes) {
      cluster.add(node.ready());
    }
    cluster.awaitAllMet(Cluster.MEET);
  }

  @Test
  @DisplayName("A node on two networks meets the machines of both")
  void nodeWithTwoInterfaces_meetsTheMachinesOfBothNetworks(Lab lab) throws Exception {
    List<Host> hosts = lab.hosts(2);
    hosts.getFirst().joinSecond();
    NodeProcess both = NodeProcess.start(hosts.getFirst());
    NodeProcess lan = NodeProcess.start(hosts.getLast());
    NodeProcess second = NodeProcess.start(lab.hostOnSecond());
    Cluster cluster = new Cluster();
    cluster.add(both.ready());
    cluster
        .feed(both)
        .await(
            "one machine of each network",
            Cluster.MEET,
            rows ->
                rows.stream().anyMatch(row -> row.at(lan.address()) && row.alive())
                    && rows.stream().anyMatch(row -> row.at(second.address()) && row.alive()));
    JsonObject node = both.get("/api/v1/node");
    assertThat(node.getJsonArray("interfaces").getValuesAs(JsonObject.class))
        .filteredOn(found -> found.getString("state").equals("up"))
        .extracting(found -> found.getString("name"))
        .contains("eth0", "eth1");
  }
}
