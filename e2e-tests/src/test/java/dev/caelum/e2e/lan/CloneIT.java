package dev.caelum.e2e.lan;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two machines with one id, as the copy of a disk image makes them. */
@InLab
class CloneIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static boolean duplicate(Row row) {
    return row.json().getBoolean("duplicate_id");
  }

  @Test
  @DisplayName(
      "A copied disk: both visible, the newer is told, renewed, and the id is single again")
  void theCopyIsToldAndRenewed(Lab lab) throws Exception {
    Cluster cluster = new Cluster();
    List<Host> hosts = lab.hosts(3);
    for (Host host : hosts.subList(0, 2)) {
      cluster.add(NodeProcess.start(host).ready());
    }
    cluster.awaitAllMet(Cluster.MEET);
    NodeProcess original = cluster.node(1);
    Path data = original.host().folder().resolve("node-data");
    Path copied = Files.createDirectories(hosts.get(2).folder().resolve("node-data"));
    for (String file : List.of("machine_id", "cluster_id")) {
      Files.copy(data.resolve(file), copied.resolve(file));
    }
    String clusterId = Files.readString(data.resolve("cluster_id"));
    // Only machines first seen more than 5 s apart are told to be older and newer.
    Eventually.passed(System.nanoTime(), Duration.ofSeconds(6));
    NodeProcess copy = NodeProcess.start(hosts.get(2)).ready();
    cluster.add(copy);
    cluster.awaitAllMet(Cluster.MEET);
    cluster.await("both marked", LIMIT, cluster.nodes(), twins(original, copy));

    String advice = copy.get("/api/v1/identity").getString("advice");
    assertThat(advice).contains("n2 (" + original.address() + ":8080)");
    JsonObject why = cluster.node(0).get("/api/v1/machines/" + cluster.row(copy).key() + "/why");
    assertThat(why.getJsonArray("reasons").toString())
        .contains("n3 (" + copy.address() + ":8080) is newer")
        .contains("run ./caelum identity renew there");
    String before = cluster.row(copy).id();
    assertThat(copy.cli("identity")).contains(before, advice.substring(0, advice.indexOf('.')));

    TaskDesk desk = new TaskDesk(cluster.node(0));
    String task = "{\"type\":\"echo\",\"machines\":\"" + before + "\"}";
    TaskDesk.Answer paused = desk.submit(task);
    assertThat(paused.status()).isEqualTo(422);
    assertThat(paused.body().getString("detail")).contains("if it had an id of its own");

    assertThat(copy.cli("identity", "renew", "--yes")).contains("in place of " + before);

    cluster.follow(copy);
    cluster.awaitAllMet(Cluster.MEET);
    cluster.await(
        "no duplicate",
        LIMIT,
        cluster.nodes(),
        rows -> rows.stream().noneMatch(CloneIT::duplicate));
    for (NodeProcess node : cluster.nodes()) {
      assertThat(cluster.feed(node).rows())
          .filteredOn(row -> row.at(copy.address()) && row.id().equals(before))
          .extracting(Row::state)
          .isSubsetOf("left");
    }
    assertThat(cluster.feed(original).statesOf(copy.address())).doesNotContain("suspect", "dead");
    assertThat(Files.readString(copied.resolve("machine_id.old")).strip()).isEqualTo(before);
    assertThat(Files.readString(copied.resolve("cluster_id"))).isEqualTo(clusterId);
    assertThat(copy.metric("caelum_machines", "alive")).isEqualTo(3);
    assertThat(copy.metric("caelum_links")).isEqualTo(2);
    assertThat(copy.cli("identity")).contains("nobody else is known to use this id");
  }

  private static Predicate<Collection<Row>> twins(NodeProcess original, NodeProcess copy) {
    return rows ->
        rows.stream().filter(CloneIT::duplicate).count() == 2
            && rows.stream()
                .filter(CloneIT::duplicate)
                .allMatch(row ->
                    row.hostname().equals(original.host().name())
                        || row.hostname().equals(copy.host().name()));
  }
}
