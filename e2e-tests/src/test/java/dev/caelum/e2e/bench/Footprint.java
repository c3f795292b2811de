package dev.caelum.e2e.bench;

import dev.caelum.e2e.bench.Bench.Labs;
import dev.caelum.e2e.lan.Cluster;
import dev.caelum.e2e.lan.Datagrams;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.lan.NodeProcess;
import dev.caelum.e2e.oldnode.OldMachine;
import jakarta.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Memory that grows with the cluster: resident memory, which is what the machine pays, and live
 * objects on the heap, which is exact. Full collections go before each reading, as many as the
 * collector needs to give back what it can. One reader follows the events of each node. What does
 * not grow, the node itself, is in no figure: they are slopes of least squares over several sizes.
 *
 * @param count what the reading is for: nodes, or machines heard
 * @param rss resident memory, KiB
 * @param heap live objects, KiB
 */
record Footprint(int count, double rss, double heap) {
  private static final int FEWEST = 2;
  private static final int[] HEARD = {30, 90, 150};
  private static final int FIRST_OCTET = 100;
  private static final int COLLECTIONS = 4;
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration SETTLE = Duration.ofSeconds(30);

  /** A class with the bytes of its objects; a collection is what fills gaps with fillers. */
  private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(.*)");

  /** The growth up to {@code most} nodes, and up to the most machines heard. */
  static List<String> run(Labs labs, int most) throws Exception {
    if (most <= FEWEST + 1) {
      throw new IllegalArgumentException("growth needs more than " + (FEWEST + 1) + " nodes");
    }
    List<Footprint> meshes = new ArrayList<>();
    for (int count : new int[] {FEWEST, (FEWEST + most) / 2, most}) {
      meshes.add(mesh(labs, count));
    }
    List<Footprint> heard = heard(labs);
    List<String> lines = new ArrayList<>();
    lines.add("JVM: " + String.join(" ", NodeProcess.options()));
    lines.add("");
    lines.add("| reading | RSS of a node | live heap of a node |");
    lines.add("|---|---|---|");
    meshes.forEach(each -> lines.add(each.row(each.count() + " nodes, all linked, the mean node")));
    heard.forEach(each -> lines.add(each.row("one node that heard " + each.count() + " machines")));
    lines.add("| **what grows, a piece** | | |");
    Footprint peer = slope(meshes);
    lines.add(peer.row("a node for each peer that it knows and has one end of a link to"));
    lines.add(peer.twice().row("so a live link, both ends, with what both know of each other"));
    lines.add(slope(heard).row("a node for each machine that it only heard"));
    return lines;
  }

  /** The mean of {@code count} nodes that are all linked. */
  private static Footprint mesh(Labs labs, int count) throws Exception {
    try (Lab lab = labs.next()) {
      Cluster cluster = Cluster.start(lab, count);
      cluster.awaitAllMet(LIMIT);
      LockSupport.parkNanos(SETTLE.toNanos());
      double rss = 0;
      double heap = 0;
      for (NodeProcess node : cluster.nodes()) {
        Footprint one = of(node, count);
        rss += one.rss() / count;
        heap += one.heap() / count;
      }
      return new Footprint(count, rss, heap);
    }
  }

  /** One node while more and more machines announce themselves that cannot be linked. */
  private static List<Footprint> heard(Labs labs) throws Exception {
    try (Lab lab = labs.next();
        Datagrams air = new Datagrams(lab)) {
      Cluster cluster = Cluster.start(lab, 1);
      NodeProcess node = cluster.node(0);
      List<Footprint> readings = new ArrayList<>();
      int heard = 0;
      for (int count : HEARD) {
        while (heard < count) {
          announce(lab, air, node, heard++);
        }
        cluster.await("all heard", LIMIT, List.of(node), rows -> rows.size() > count);
        LockSupport.parkNanos(SETTLE.toNanos());
        readings.add(of(node, count));
      }
      return readings;
    }
  }

  private static void announce(Lab lab, Datagrams air, NodeProcess node, int number)
      throws Exception {
    int octet = FIRST_OCTET + number;
    String address = lab.alsoHere(octet).getHostAddress();
    OldMachine machine = OldMachine.of("heard-" + number, address, 8080, List.of("service"));
    air.sendFrom(
        octet,
        node.address(),
        Json.createObjectBuilder(machine.beacon())
            .add("machine_id", "caelum-heard-" + number)
            .build()
            .toString());
  }

  private static Footprint of(NodeProcess node, int count)
      throws IOException, InterruptedException {
    for (int i = 0; i < COLLECTIONS; i++) {
      jcmd(node, "GC.run");
    }
    double rss = node.rssMiB() * 1_024;
    double heap = 0;
    for (String line : jcmd(node, "GC.class_histogram").lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && !row.group(2).contains("Filler")) {
        heap += Double.parseDouble(row.group(1)) / 1_024;
      }
    }
    return new Footprint(count, rss, heap);
  }

  private static String jcmd(NodeProcess node, String command)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    line.addAll(List.of(String.valueOf(node.child().pid()), command));
    Process jcmd = new ProcessBuilder(line).redirectErrorStream(true).start();
    String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!jcmd.waitFor(10, TimeUnit.SECONDS) || jcmd.exitValue() != 0) {
      throw new IllegalStateException(command + ": " + output);
    }
    return output;
  }

  /** What one more adds, by least squares. */
  private static Footprint slope(List<Footprint> readings) {
    return new Footprint(1, slope(readings, Footprint::rss), slope(readings, Footprint::heap));
  }

  private static double slope(List<Footprint> readings, ToDoubleFunction<Footprint> of) {
    double x = readings.stream().mapToInt(Footprint::count).average().orElseThrow();
    double y = readings.stream().mapToDouble(of).average().orElseThrow();
    double both = 0;
    double square = 0;
    for (Footprint each : readings) {
      both += (each.count() - x) * (of.applyAsDouble(each) - y);
      square += (each.count() - x) * (each.count() - x);
    }
    return both / square;
  }

  private Footprint twice() {
    return new Footprint(count, 2 * rss, 2 * heap);
  }

  private String row(String what) {
    return String.format(Locale.ROOT, "| %s | %,.1f KiB | %,.1f KiB |", what, rss, heap);
  }
}
