package dev.caelum.e2e.bench;

import dev.caelum.e2e.bench.Bench.Labs;
import dev.caelum.e2e.lan.Child;
import dev.caelum.e2e.lan.Cluster;
import dev.caelum.e2e.lan.Host;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.lan.NodeProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Empty tasks: on the node that takes them, on one and on five others, and beside them the calls of
 * other software. Ours are on disk before they are answered, theirs are nowhere.
 */
final class WorkTimes {
  private static final int WORKERS = 5;
  private static final Duration MEET = Duration.ofSeconds(60);
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final List<String> lines = new ArrayList<>();
  private final int count;

  private WorkTimes(int count) {
    this.count = count;
  }

  static List<String> run(Labs labs, int count) throws Exception {
    WorkTimes times = new WorkTimes(count);
    times.lines.add("| empty tasks | one at a time p50 | p99 | %,d together |".formatted(count));
    times.lines.add("|---|---|---|---|");
    try (Lab lab = labs.next()) {
      times.ours(lab);
    }
    try (Lab lab = labs.next()) {
      times.peer(lab, "HazelcastWork", "Hazelcast, executor, on another member, in memory");
    }
    try (Lab lab = labs.next()) {
      times.peer(lab, "JGroupsWork", "JGroups, RPC over udp.xml, on another member, in memory");
    }
    return times.lines;
  }

  private void ours(Lab lab) throws Exception {
    List<Host> hosts = lab.hosts(WORKERS + 1);
    NodeProcess coordinator = NodeProcess.start(hosts.getFirst()).ready();
    Cluster cluster = new Cluster();
    cluster.add(coordinator);
    for (Host host : hosts.subList(1, hosts.size())) {
      cluster.add(
          NodeProcess.start(host, "--task-accept", "echo@" + coordinator.address()).ready());
    }
    cluster.awaitAllMet(MEET);
    List<String> names = hosts.stream().map(Host::name).toList();
    ours(coordinator, "Caelum, on the node itself, on disk", names.subList(0, 1));
    ours(coordinator, "Caelum, on another machine, on disk", names.subList(1, 2));
    ours(coordinator, "Caelum, on five other machines, on disk", names.subList(1, names.size()));
  }

  private void ours(NodeProcess node, String what, List<String> machines) throws Exception {
    List<String> said = new CopyOnWriteArrayList<>();
    List<String> line = new ArrayList<>(java("-Xmx256m", "-cp"));
    line.add(System.getProperty("java.class.path"));
    line.add(WorkLoad.class.getName());
    line.addAll(
        List.of("http://127.0.0.1:8080", String.valueOf(count), String.join(",", machines)));
    tell(what, node.host().start("load", line, said::add), said);
  }

  /** The same JVM and options as our own node, so that only the software differs. */
  private void peer(Lab lab, String main, String what) throws Exception {
    List<Host> hosts = lab.hosts(2);
    List<String> said = new CopyOnWriteArrayList<>();
    hosts.get(1).start(main, peer(main, hosts.get(1), 0), _ -> {});
    tell(what, hosts.get(0).start(main, peer(main, hosts.get(0), count), said::add), said);
  }

  private static List<String> peer(String main, Host host, int calls) {
    List<String> line = new ArrayList<>(java("@" + options(), "-cp"));
    line.add(System.getProperty("caelum.peers", ""));
    line.add("dev.caelum.bench.peer." + main);
    line.addAll(List.of(host.address(), String.valueOf(calls)));
    return line;
  }

  private static Path options() {
    return Path.of(System.getProperty("caelum.root", ".."))
        .toAbsolutePath()
        .normalize()
        .resolve("config/jvm/backend.options");
  }

  private static List<String> java(String... options) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of(options));
    return line;
  }

  private void tell(String what, Child load, List<String> said) throws Exception {
    long limit = System.nanoTime() + LIMIT.toNanos();
    while (said.stream().noneMatch(line -> line.startsWith("RATE"))) {
      if (!load.alive() || System.nanoTime() - limit > 0) {
        throw new AssertionError(what + " did not end well: " + load.output());
      }
      load.exit(Duration.ofMillis(100));
    }
    String[] trip = word(said, "TRIP");
    lines.add(
        "| %s | %.2f ms | %.2f ms | %,d/s |"
            .formatted(
                what,
                Long.parseLong(trip[1]) / 1e3,
                Long.parseLong(trip[2]) / 1e3,
                Long.parseLong(word(said, "RATE")[1])));
  }

  private static String[] word(List<String> said, String first) {
    return said.stream()
        .filter(line -> line.startsWith(first + " "))
        .findFirst()
        .orElseThrow()
        .split(" ", -1);
  }
}
