package dev.caelum.e2e.bench;

import dev.caelum.e2e.lan.Child;
import dev.caelum.e2e.lan.Cluster;
import dev.caelum.e2e.lan.Host;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.lan.NodeProcess;
import dev.caelum.e2e.lan.Postgres;
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
import java.util.stream.Collectors;

/**
 * Tasks of 5 to 50 ms on five workers, one of which is killed and restarted every 5 s, while their
 * coordinator is killed, too; at the end all must be done, each once.
 */
final class TaskSoak {
  private static final int WORKERS = 5;

  /** With them 100,000 tasks take three minutes at least. */
  private static final int SLOTS = 3;

  private static final Duration MEET = Duration.ofMinutes(1);
  private static final Duration LIMIT = Duration.ofMinutes(40);
  private static final long KILL_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final String TWICE =
      "select count(*) from (select task from change where state='done'"
          + " group by task having count(*)>1) twice";
  private static final String HAND_OUTS = "select sum(epoch) from task";

  private final List<NodeProcess> coordinators = new ArrayList<>();
  private final List<NodeProcess> workers = new ArrayList<>();
  private final List<Load> loads = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private int killed;

  private record Load(Child process, List<String> said) {
    boolean said(String word) {
      return said.stream().anyMatch(line -> line.startsWith(word));
    }
  }

  /** Something that is done to the coordinators, so long after the start. */
  private record Fault(Duration at, What what) {
    interface What {
      void run() throws Exception;
    }
  }

  private TaskSoak() {}

  /** One coordinator with its file, killed and restarted twice. */
  static List<String> alone(Lab lab, int count) throws Exception {
    TaskSoak soak = new TaskSoak();
    soak.start(lab, 1);
    NodeProcess coordinator = soak.coordinators.getFirst();
    Fault.What kill = () -> coordinator.again().ready();
    soak.faults.add(new Fault(Duration.ofMinutes(1), kill));
    soak.faults.add(new Fault(Duration.ofMinutes(2), kill));
    soak.run(count);
    coordinator.terminate();
    coordinator.child().exit(Duration.ofSeconds(10));
    Path journal = coordinator.host().folder().resolve("node-data").resolve("journal.db");
    soak.row("coordinator killed", "twice");
    soak.row("hand-outs", text(journal, HAND_OUTS));
    soak.row("results accepted twice", text(journal, TWICE));
    soak.row("integrity check", text(journal, "pragma integrity_check"));
    return soak.lines;
  }

  /** Two coordinators on one database: one is away for 40 s, later the database for 5 s. */
  static List<String> shared(Lab lab, int count) throws Exception {
    TaskSoak soak = new TaskSoak();
    try (Postgres postgres = Postgres.start(lab.host())) {
      soak.start(lab, 2, "--store", postgres.url());
      NodeProcess second = soak.coordinators.get(1);
      soak.faults.add(new Fault(Duration.ofMinutes(1), second::kill));
      soak.faults.add(new Fault(Duration.ofSeconds(100), () -> second.again().ready()));
      soak.faults.add(new Fault(Duration.ofSeconds(130), postgres::down));
      soak.faults.add(new Fault(Duration.ofSeconds(135), postgres::up));
      soak.run(count);
      soak.row("one coordinator away", "40 s");
      soak.row("database stopped at once", "once, for 5 s");
      soak.row("hand-outs", postgres.ask(HAND_OUTS));
      soak.row("results accepted twice", postgres.ask(TWICE));
      soak.row("not done", postgres.ask("select count(*) from task where state<>'done'"));
    }
    return soak.lines;
  }

  private void start(Lab lab, int many, String... options) throws Exception {
    Cluster cluster = new Cluster();
    for (Host host : lab.hosts(many)) {
      NodeProcess coordinator = NodeProcess.start(host, options).ready();
      coordinators.add(coordinator);
      cluster.add(coordinator);
    }
    String accept =
        coordinators.stream()
            .map(coordinator -> "sleep@" + coordinator.address())
            .collect(Collectors.joining(","));
    for (Host host : lab.hosts(WORKERS)) {
      NodeProcess worker =
          NodeProcess.start(host, "--task-accept", accept, "--task-slots", "" + SLOTS).ready();
      workers.add(worker);
      cluster.add(worker);
    }
    cluster.awaitAllMet(MEET);
  }

  private void run(int count) throws Exception {
    long start = System.nanoTime();
    int each = count / coordinators.size();
    for (NodeProcess coordinator : coordinators) {
      loads.add(load(coordinator.host(), each));
    }
    while (!loads.stream().allMatch(load -> load.said("keys"))) {
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        throw new AssertionError("it does not end: " + loads);
      }
      LockSupport.parkNanos(KILL_NANOS);
      if (loads.stream().anyMatch(load -> load.said("drained"))) {
        continue;
      }
      workers.get(killed++ % WORKERS).again().ready();
      while (!faults.isEmpty() && System.nanoTime() - start > faults.getFirst().at().toNanos()) {
        faults.removeFirst().what().run();
      }
    }
    long millis = 0;
    for (Load load : loads) {
      millis = Math.max(millis, millis(load.said()));
    }
    lines.add(
        "| %,d tasks of 5 to 50 ms, %d workers of %d slots, %d coordinators | |"
            .formatted(count, WORKERS, SLOTS, coordinators.size()));
    lines.add("|---|---|");
    row("drained after", "%,d s, %,.0f tasks/s".formatted(millis / 1_000, count * 1e3 / millis));
    row("workers killed", "" + killed);
    row("faults that were not had", "" + faults.size());
    for (Load load : loads) {
      row("how they ended", load.said().getLast());
    }
  }

  private void row(String what, String value) {
    lines.add("| " + what + " | " + value + " |");
  }

  private static Load load(Host host, int count) throws Exception {
    List<String> said = new CopyOnWriteArrayList<>();
    Child process =
        host.start(
            "load",
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                TaskLoad.class.getName(),
                "http://127.0.0.1:8080",
                String.valueOf(count),
                host.name()),
            said::add);
    return new Load(process, said);
  }

  private static long millis(List<String> said) {
    return said.stream()
        .filter(line -> line.startsWith("drained"))
        .mapToLong(line -> Long.parseLong(line.substring("drained ".length())))
        .findFirst()
        .orElseThrow();
  }

  private static String text(Path journal, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + journal);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      return String.valueOf(found.getString(1));
    }
  }
}
