package dev.caelum.e2e.lan;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Handlers gone wild, disks that are full or damaged, machines that sleep. */
@InLab
class TaskFaultsIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  @Test
  @DisplayName("49, 50: handlers that end, hang, allocate or flood cost an attempt, not the node")
  void handlersGoWild_attemptsEndWithTheirReasonAndNodesLive(Lab lab) throws Exception {
    Path jar = HandlerJar.make(lab.folder());
    Cluster cluster = new Cluster();
    for (Host host : lab.hosts(3)) {
      cluster.add(
          NodeProcess.start(
                  host,
                  "--task-handlers=" + jar,
                  "--task-heap=32",
                  "--task-slots=1",
                  "--task-accept=rogue@10.32.3.11")
              .ready());
    }
    cluster.awaitAllMet(Cluster.MEET);
    NodeProcess node = cluster.node(0);
    TaskDesk desk = new TaskDesk(node);
    TaskWorkersIT.offered(desk, "rogue", "n2");
    TaskWorkersIT.offered(desk, "rogue", "n3");

    String poison = desk.submitted(rogue("exit", ""));
    JsonObject dead = desk.await(poison, SOON, "dead", "done", "failed");
    assertThat(dead.getString("state")).as(dead.toString()).isEqualTo("dead");
    assertThat(dead.getInt("failures")).isEqualTo(3);
    assertThat(dead.getJsonObject("error").getString("text"))
        .isEqualTo("Its process ended with code 9.");
    assertThat(desk.changes(poison).stream().filter(change -> has(change, "machine_name")))
        .extracting(change -> change.getString("machine_name"))
        .contains("n1", "n2", "n3");

    String here = ",\"machines\":\"n1\",\"attempts\":1,\"timeout_s\":2";
    // A machine that is busy with other tests starts no process within 2 s.
    String patient = ",\"machines\":\"n1\",\"attempts\":1,\"timeout_s\":30";
    String calm = desk.submitted(rogue("calm", patient));
    assertThat(desk.await(calm, SOON, "done", "dead").getString("state")).isEqualTo("done");
    double before = node.rssMiB();
    assertDead(desk, rogue("hang", here), "timeout", "It was ended after 2");
    assertDead(desk, rogue("allocate", here), "memory", "Its process ran out of memory.");
    assertDead(desk, rogue("flood", here), "process", "not of the protocol");
    assertDead(desk, rogue("progress", here), "process", "thousands of times a second");
    String loud = desk.submitted(rogue("print", patient));
    JsonObject quiet = desk.await(loud, SOON, "done", "dead");
    assertThat(quiet.getString("state")).as(quiet.toString()).isEqualTo("done");
    assertThat(node.get("/api/v1/worker").getInt("running")).as("slots in use").isZero();
    assertThat(node.rssMiB()).as("MiB after, %.0f before", before).isLessThan(before + 16);
    assertThat(node.child().alive()).isTrue();
  }

  private static String rogue(String what, String more) {
    return "{\"type\":\"rogue\",\"payload\":\"%s\"%s}".formatted(what, more);
  }

  private static boolean has(JsonObject object, String key) {
    return object.containsKey(key) && !object.isNull(key);
  }

  private static void assertDead(TaskDesk desk, String task, String code, String words)
      throws Exception {
    JsonObject dead = desk.await(desk.submitted(task), SOON, "dead", "done", "failed");
    assertThat(dead.getString("state")).as(dead.toString()).isEqualTo("dead");
    assertThat(dead.getJsonObject("error").getString("code")).isEqualTo(code);
    assertThat(dead.getJsonObject("error").getString("text")).contains(words);
  }

  @Test
  @DisplayName("41, 43: a full disk and a damaged journal: told, and tasks go on by themselves")
  void diskIsFullThenTheJournalDamaged_toldAndTasksGoOn(Lab lab) throws Exception {
    Host host = lab.host();
    Path data = Files.createDirectories(host.folder().resolve("node-data"));
    host.sh("mount -t tmpfs -o size=60m tmpfs '" + data + "'");
    NodeProcess node = NodeProcess.start(host, "--store-room=20").ready();
    TaskDesk desk = new TaskDesk(node);
    String running = desk.submitted("{\"type\":\"sleep\",\"payload\":{\"ms\":3000}}");
    desk.await(running, SOON, "running");

    host.sh("head -c 45M /dev/zero >'" + data + "/ballast'");
    TaskDesk.Answer little = desk.submit("{\"type\":\"echo\"}");
    assertThat(little.status()).isEqualTo(503);
    assertThat(little.body().getString("detail"))
        .startsWith("New tasks are refused while less than 20 MB are free for SQLite in");
    // The system's own word for full ends head, too.
    host.sh("head -c 60M /dev/zero >'" + data + "/more' || true");
    Eventually.get(() -> note(node), text -> text.contains("New tasks are refused"));
    assertThat(node.get("/api/v1/node").getString("health")).isEqualTo("degraded");
    Eventually.get(() -> node.get("/api/v1/worker"), worker -> worker.getInt("kept") == 1);
    assertThat(desk.submit("{\"type\":\"echo\"}").status()).isEqualTo(503);

    host.sh("rm '" + data + "/ballast' '" + data + "/more'");
    desk.await(running, SOON, "done");
    String after = desk.submitted("{\"type\":\"echo\"}");
    desk.await(after, SOON, "done");
    Eventually.get(() -> note(node), String::isEmpty);

    node.terminate();
    node.child().exit(SOON);
    Path journal = Path.of("/proc/" + host.pid() + "/root" + data.resolve("journal.db"));
    assertThat(integrity(journal)).isEqualTo("ok");
    damage(journal);
    node.again().ready();
    String lost = Eventually.get(() -> note(node), text -> !text.isEmpty());
    assertThat(lost).contains("journal.db is damaged", "all tasks until now are lost");
    desk.await(desk.submitted("{\"type\":\"echo\"}"), SOON, "done");
  }

  /** What the node tells of its store; empty when it tells nothing. */
  private static String note(NodeProcess node) throws Exception {
    JsonArray notes = node.get("/api/v1/node").getJsonArray("notes");
    return notes.getValuesAs(JsonObject.class).stream()
        .filter(note -> List.of("tasks_refused", "tasks_lost").contains(note.getString("code")))
        .map(note -> note.getString("text"))
        .findFirst()
        .orElse("");
  }

  private static String integrity(Path journal) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + journal);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("pragma integrity_check")) {
      return found.getString(1);
    }
  }

  /** Overwrites the header of the file and leaves a log of changes, as after a crash. */
  private static void damage(Path journal) throws Exception {
    try (var file = new RandomAccessFile(journal.toFile(), "rw")) {
      file.write(new byte[200]);
    }
    Files.write(journal.resolveSibling("journal.db-wal"), new byte[100], StandardOpenOption.CREATE);
  }

  @Test
  @DisplayName("12: a machine that slept gives up what others gave it, and the task runs elsewhere")
  void workerSlept_leasesAreDropped(Lab lab) throws Exception {
    Cluster cluster = new Cluster();
    List<Host> hosts = lab.hosts(2);
    Path uptime = Files.writeString(hosts.getLast().folder().resolve("uptime"), "5000.00 1.00\n");
    hosts.getLast().sh("mount --bind '" + uptime + "' /proc/uptime");
    cluster.add(NodeProcess.start(hosts.getFirst()).ready());
    cluster.add(NodeProcess.start(hosts.getLast(), "--task-accept=sleep@10.32.3.11").ready());
    cluster.awaitAllMet(Cluster.MEET);
    TaskDesk desk = new TaskDesk(cluster.node(0));
    TaskWorkersIT.offered(desk, "sleep", "n2");
    String id =
        desk.submitted(
            "{\"type\":\"sleep\",\"payload\":{\"ms\":2500},\"machines\":[\"n1\",\"n2\"],"
                + "\"prefer\":\"n2\"}");
    desk.await(id, SOON, "running");
    Files.writeString(uptime, "12200.00 1.00\n");
    JsonObject done = desk.await(id, SOON, "done", "dead", "failed");
    assertThat(done.getString("machine_name")).isEqualTo("n1");
    assertThat(done.getInt("epoch")).isEqualTo(2);
    assertThat(desk.changes(id).toString()).contains("or this machine slept");
  }
}
