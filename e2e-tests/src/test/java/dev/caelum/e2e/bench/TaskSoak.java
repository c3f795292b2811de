package dev.caelum.e2e.bench;

import dev.caelum.e2e.lan.Child;
import dev.caelum.e2e.lan.Cluster;
import dev.caelum.e2e.lan.Host;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.lan.NodeProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Tasks of 5 to 50 ms on five workers, one of which is killed and restarted every 5 s, with a
 * coordinator that is killed twice.
 */
final class TaskSoak {
  private static final int WORKERS = 5;
  private static final Duration MEET = Duration.ofSeconds(60);
  private static final Duration LIMIT = Duration.ofMinutes(40);
  private static final long KILL_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final List<Duration> COORDINATOR_KILLS =
      List.of(Duration.ofSeconds(60), Duration.ofSeconds(120));

  private TaskSoak() {}

  /** Runs {@code count} tasks and tells what became of them. */
  static List<String> run(Lab lab, int count) throws Exception {
    List<Host> hosts = lab.hosts(WORKERS + 1);
    NodeProcess coordinator = NodeProcess.start(hosts.getFirst()).ready();
    Cluster cluster = new Cluster();
    cluster.add(coordinator);
    List<NodeProcess> workers = new ArrayList<>();
    for (Host host : hosts.subList(1, hosts.size())) {
      NodeProcess worker =
          NodeProcess.start(
              host, "--task-accept", "sleep@" + coordinator.address(), "--task-slots", "4");
      workers.add(worker.ready());
      cluster.add(worker);
    }
    cluster.awaitAllMet(MEET);
    List<String> said = new CopyOnWriteArrayList<>();
    long start = System.nanoTime();
    Child load = load(coordinator.host(), count, 5, 50, said);
    int killed = 0;
    int coordinatorKilled = 0;
    while (said.stream().noneMatch(line -> line.startsWith("keys"))) {
      if (!load.alive() || System.nanoTime() - start > LIMIT.toNanos()) {
        throw new AssertionError("the load did not end well: " + said);
      }
      LockSupport.parkNanos(KILL_NANOS);
      if (said.stream().anyMatch(line -> line.startsWith("drained"))) {
        continue;
      }
      workers.get(killed++ % WORKERS).again().ready();
      if (coordinatorKilled < COORDINATOR_KILLS.size()
          && System.nanoTime() - start > COORDINATOR_KILLS.get(coordinatorKilled).toNanos()) {
        coordinatorKilled++;
        coordinator.again().ready();
      }
    }
    coordinator.terminate();
    coordinator.child().exit(Duration.ofSeconds(10));
    Path journal = coordinator.host().folder().resolve("node-data").resolve("journal.db");
    long millis = millis(said, "drained");
    return List.of(
        "| tasks of 5 to 50 ms, 5 workers of 4 slots | |",
        "|---|---|",
        "| drained after | %,d s, %,.0f tasks/s |".formatted(millis / 1_000, count * 1e3 / millis),
        "| workers killed, coordinator killed | %d, %d |".formatted(killed, coordinatorKilled),
        "| how they ended | %s |".formatted(said.getLast()),
        "| hand-outs | %,d |".formatted(number(journal, "select sum(epoch) from task")),
        "| results accepted twice | %d |"
            .formatted(
                number(
                    journal,
                    "select count(*) from (select task from change where state='done'"
                        + " group by task having count(*)>1)")),
        "| integrity check | %s |".formatted(text(journal, "pragma integrity_check")));
  }

  /** Starts {@link TaskLoad} on the machine of the coordinator. */
  static Child load(Host host, int count, int least, int most, List<String> said) throws Exception {
    return host.start(
        "load",
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            TaskLoad.class.getName(),
            "http://127.0.0.1:8080",
            String.valueOf(count),
            String.valueOf(least),
            String.valueOf(most)),
        said::add);
  }

  static long millis(List<String> said, String what) {
    return said.stream()
        .filter(line -> line.startsWith(what))
        .mapToLong(line -> Long.parseLong(line.substring(what.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static long number(Path journal, String sql) throws SQLException {
    return Long.parseLong(text(journal, sql));
  }

  private static String text(Path journal, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + journal);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      return String.valueOf(found.getString(1));
    }
  }
}
