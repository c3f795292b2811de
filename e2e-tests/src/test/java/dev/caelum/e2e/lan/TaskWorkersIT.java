package dev.caelum.e2e.lan;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tasks between machines that die, stall and lose each other. */
@InLab
class TaskWorkersIT {
  /** A coordinator on 10.32.3.11 and others that run {@code accept} for it. */
  private static Cluster cluster(Lab lab, String accept, int slots, int workers) throws Exception {
    Cluster cluster = new Cluster();
    List<Host> hosts = lab.hosts(workers + 1);
    cluster.add(NodeProcess.start(hosts.getFirst()).ready());
    for (Host host : hosts.subList(1, hosts.size())) {
      cluster.add(
          NodeProcess.start(host, "--task-accept", accept, "--task-slots", "" + slots).ready());
    }
    cluster.awaitAllMet(Cluster.MEET);
    return cluster;
  }

  private static String sleep(int millis, String more) {
    return "{\"type\":\"sleep\",\"payload\":{\"ms\":%d},%s}".formatted(millis, more);
  }

  /** Waits until {@code desk} knows that the machine called {@code name} takes that on. */
  static void offered(TaskDesk desk, String type, String name) throws Exception {
    String task = "{\"type\":\"%s\",\"machines\":\"%s\"}".formatted(type, name);
    Eventually.get(
        () -> desk.ask("POST", "/tasks/why", task).body(), why -> why.getBoolean("possible"));
  }

  @Test
  @DisplayName("2, 4, 48: killed, stopped and cut off workers: once more elsewhere, one result")
  void workersDieStallAndAreCutOff_eachTaskHasOneResult(Lab lab) throws Exception {
    Cluster cluster = cluster(lab, "sleep@10.32.3.11", 2, 2);
    NodeProcess a = cluster.node(0);
    NodeProcess b = cluster.node(1);
    NodeProcess c = cluster.node(2);
    TaskDesk desk = new TaskDesk(a);
    offered(desk, "sleep", "n2");
    offered(desk, "sleep", "n3");
    runsWhereItIsAcceptedAndIsAnsweredAtOnceWhereNot(desk);
    resultIsToldByTheRestartedWorker(desk, a, b);
    offered(desk, "sleep", "n2");

    String ofKilled =
        desk.submitted(sleep(2_000, "\"machines\":[\"n1\",\"n2\"],\"prefer\":\"n2\""));
    String ofStopped =
        desk.submitted(sleep(2_000, "\"machines\":[\"n1\",\"n3\"],\"prefer\":\"n3\""));
    desk.await(ofKilled, Duration.ofSeconds(20), "running");
    desk.await(ofStopped, Duration.ofSeconds(20), "running");
    assertThat(desk.task(ofKilled).getString("machine_name")).isEqualTo("n2");
    assertThat(desk.task(ofStopped).getString("machine_name")).isEqualTo("n3");
    long cut = System.nanoTime();
    c.child().pause();
    b.kill();
    assertRanAgain(desk, ofKilled, Duration.ofSeconds(40));
    assertRanAgain(desk, ofStopped, Duration.ofSeconds(45));
    assertThat(Duration.ofNanos(System.nanoTime() - cut)).isLessThan(Duration.ofSeconds(45));

    c.child().resume();
    JsonObject worker =
        Eventually.get(
            Duration.ofSeconds(20),
            () -> c.get("/api/v1/worker"),
            now -> now.getInt("running") + now.getInt("waiting") + now.getInt("kept") == 0);
    assertThat(worker.getInt("began")).isEqualTo(1);
    Eventually.get(() -> a.metric("caelum_tasks_results_total", "stale"), count -> count >= 1);
    assertThat(desk.task(ofStopped).getString("machine_name")).isEqualTo("n1");
    assertThat(desk.states(ofStopped)).containsOnlyOnce("done");
  }

  private static void runsWhereItIsAcceptedAndIsAnsweredAtOnceWhereNot(TaskDesk desk)
      throws Exception {
    String id = desk.submitted(sleep(1, "\"machines\":\"n2\""));
    JsonObject done = desk.await(id, Duration.ofSeconds(20), "done");
    assertThat(done.getString("machine_name")).isEqualTo("n2");
    assertThat(done.getJsonObject("result").getInt("ms")).isEqualTo(1);

    TaskDesk.Answer answer = desk.submit("{\"type\":\"echo\",\"machines\":\"n2\"}");
    assertThat(answer.status()).isEqualTo(422);
    JsonObject why = answer.body().getJsonObject("why");
    assertThat(why.getString("would_run_if"))
        .isEqualTo("It would run on n2 if its operator accepted echo from this machine.");
    assertThat(why.getJsonArray("machines")).hasSize(3);
  }

  /** The link is gone after the work and before its result was taken. */
  private static void resultIsToldByTheRestartedWorker(TaskDesk desk, NodeProcess a, NodeProcess b)
      throws Exception {
    String id = desk.submitted(sleep(1_000, "\"machines\":\"n2\""));
    desk.await(id, Duration.ofSeconds(20), "running");
    a.host().filter("input", "ip saddr " + b.address() + " drop");
    Eventually.get(() -> b.get("/api/v1/worker"), worker -> worker.getInt("kept") == 1);
    Eventually.get(
        () -> b.host().sh("ls " + b.host().folder() + "/node-data/results | wc -l"),
        files -> files.equals("1"));
    b.kill();
    a.host().unfilter();
    b.again().ready();
    JsonObject done = desk.await(id, Duration.ofSeconds(15), "done");
    assertThat(done.getInt("epoch")).isEqualTo(1);
    assertThat(b.get("/api/v1/worker").getInt("began")).isZero();
  }

  private static void assertRanAgain(TaskDesk desk, String id, Duration limit) throws Exception {
    JsonObject done = desk.await(id, limit, "done", "dead", "failed");
    assertThat(done.getString("state")).as(done.toString()).isEqualTo("done");
    assertThat(done.getInt("epoch")).isEqualTo(2);
    assertThat(done.getInt("failures")).isEqualTo(1);
    assertThat(done.getString("machine_name")).isEqualTo("n1");
    assertThat(desk.states(id)).containsOnlyOnce("done");
  }

  @Test
  @DisplayName("47: kill -9 of a coordinator with 1,000 queued and 40 running: none lost or twice")
  void coordinatorIsKilled_queueIsIntactAndWhatRunsIsAdopted(Lab lab) throws Exception {
    Cluster cluster = cluster(lab, "sleep@10.32.3.11", 20, 2);
    NodeProcess coordinator = cluster.node(0);
    TaskDesk desk = new TaskDesk(coordinator);
    offered(desk, "sleep", "n2");
    offered(desk, "sleep", "n3");
    List<String> running = new ArrayList<>(batch(desk, 20, sleep(6_000, "\"machines\":\"n2\"")));
    running.addAll(batch(desk, 20, sleep(6_000, "\"machines\":\"n3\"")));
    Eventually.get(() -> desk.count("running"), count -> count == 40);
    batch(desk, 500, sleep(20, "\"not\":\"n1\""));
    batch(desk, 500, sleep(20, "\"not\":\"n1\""));
    assertThat(desk.count("queued") + desk.count("leased")).isEqualTo(1_000);

    coordinator.again().ready();
    assertThat(desk.count("queued") + desk.count("leased") + desk.count("running"))
        .as("open tasks after the restart")
        .isEqualTo(1_040);

    Eventually.get(Duration.ofSeconds(40), () -> desk.count("done"), count -> count == 1_040);
    for (String id : running) {
      JsonObject task = desk.task(id);
      assertThat(task.getInt("epoch")).as(task.toString()).isEqualTo(1);
    }
    int began = 0;
    for (NodeProcess worker : cluster.others(coordinator)) {
      began += worker.get("/api/v1/worker").getInt("began");
    }
    assertThat(began).as("attempts").isEqualTo(1_040);
  }

  /** Submits the task so many times at once. */
  private static List<String> batch(TaskDesk desk, int count, String one) throws Exception {
    String many = String.join(",", Collections.nCopies(count, one));
    TaskDesk.Answer answer = desk.submit("{\"tasks\":[" + many + "]}");
    assertThat(answer.body()).as("answer %s", answer).containsKey("tasks");
    Map<Integer, Integer> statuses = new TreeMap<>();
    List<String> ids = new ArrayList<>();
    for (JsonObject result : answer.body().getJsonArray("tasks").getValuesAs(JsonObject.class)) {
      statuses.merge(result.getInt("status"), 1, Integer::sum);
      ids.add(result.getJsonObject("task").getString("id"));
    }
    assertThat(statuses).containsOnly(Map.entry(201, count));
    return ids;
  }
}
