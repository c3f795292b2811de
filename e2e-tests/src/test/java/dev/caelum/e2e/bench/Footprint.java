package dev.caelum.e2e.bench;

import dev.caelum.e2e.bench.Bench.Labs;
import dev.caelum.e2e.lan.Cluster;
import dev.caelum.e2e.lan.Datagrams;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.lan.NodeProcess;
import dev.caelum.e2e.lan.Row;
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
 * Memory that grows with the cluster: resident memory, which is what the machine pays; compiled
 * code, which is part of it, but follows what has run and not how much there is; and live objects
 * on the heap, which are exact. Full collections go before each reading, as many as the collector
 * needs to give back what it can. One reader follows the events of each node.
 *
 * @param count what the reading is for: live links, or machines heard
 * @param rss resident memory, KiB
 * @param code compiled code, KiB
 * @param heap live objects, KiB
 */
record Footprint(int count, double rss, double code, double heap) {
  private static final int[] HEARD = {10, 130, 250};
  private static final int FIRST_OCTET = 100;
  private static final int A_SOURCE = 10;
  private static final int COLLECTIONS = 4;
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration SETTLE = Duration.ofSeconds(30);

  /** A class with the bytes of its objects; a collection is what fills gaps with fillers. */
  private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(.*)");

  private static final Pattern CODE = Pattern.compile("(?m)^CodeCache: .*?used=(\\d+)Kb");

  /** What links cost among {@code nodes}, and what a machine costs that is only heard. */
  static List<String> run(Labs labs, int nodes) throws Exception {
    if (nodes < 4) {
      throw new IllegalArgumentException("half of the nodes stop, so four are the fewest");
    }
    List<String> lines = new ArrayList<>();
    lines.add("JVM: " + String.join(" ", NodeProcess.options()));
    lines.add("");
    lines.add("| reading | RSS | of it compiled code | live heap |");
    lines.add("|---|---|---|---|");
    List<Footprint> links = links(labs, nodes);
    List<Footprint> heard = heard(labs);
    links.forEach(each -> lines.add(each.row("a node with " + each.count() + " links, mean")));
    heard.forEach(each -> lines.add(each.row("a node that heard " + each.count() + " machines")));
    lines.add("| **what grows, a piece** | | | |");
    lines.add(slope(links).times(2).row("a live link, both ends together"));
    lines.add(slope(heard).row("a machine that is only known"));
    return lines;
  }

  /**
   * The mean of those nodes that stay while the others stop, and come again: what is the same
   * before and after, as the rows of the others and code that was compiled, is in no difference.
   */
  private static List<Footprint> links(Labs labs, int nodes) throws Exception {
    try (Lab lab = labs.next()) {
      Cluster cluster = Cluster.start(lab, nodes);
      cluster.awaitAllMet(LIMIT);
      List<NodeProcess> stay = cluster.nodes().subList(0, nodes / 2);
      List<NodeProcess> others = cluster.nodes().subList(nodes / 2, nodes);
      List<Footprint> readings = new ArrayList<>();
      readings.add(mean(stay, nodes - 1));
      others.forEach(NodeProcess::terminate);
      awaitAlive(cluster, stay, stay.size());
      readings.add(mean(stay, stay.size() - 1));
      for (NodeProcess node : others) {
        node.again();
      }
      awaitAlive(cluster, stay, nodes);
      readings.add(mean(stay, nodes - 1));
      return readings;
    }
  }

  private static void awaitAlive(Cluster cluster, List<NodeProcess> watchers, int count)
      throws InterruptedException {
    cluster.await(
        count + " alive",
        LIMIT,
        watchers,
        rows -> rows.stream().filter(Row::alive).count() == count);
  }

  private static Footprint mean(List<NodeProcess> nodes, int links) throws Exception {
    LockSupport.parkNanos(SETTLE.toNanos());
    double rss = 0;
    double code = 0;
    double heap = 0;
    for (NodeProcess node : nodes) {
      Footprint one = of(node, links);
      rss += one.rss() / nodes.size();
      code += one.code() / nodes.size();
      heap += one.heap() / nodes.size();
    }
    return new Footprint(links, rss, code, heap);
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
        readings.add(mean(List.of(node), count));
      }
      return readings;
    }
  }

  private static void announce(Lab lab, Datagrams air, NodeProcess node, int number)
      throws Exception {
    int octet = FIRST_OCTET + number / A_SOURCE;
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
    Matcher compiled = CODE.matcher(jcmd(node, "Compiler.codecache"));
    if (!compiled.find()) {
      throw new IllegalStateException("no size of the compiled code");
    }
    double heap = 0;
    for (String line : jcmd(node, "GC.class_histogram").lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && !row.group(2).contains("Filler")) {
        heap += Double.parseDouble(row.group(1)) / 1_024;
      }
    }
    return new Footprint(count, rss, Double.parseDouble(compiled.group(1)), heap);
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
    return new Footprint(
        1,
        slope(readings, Footprint::rss),
        slope(readings, Footprint::code),
        slope(readings, Footprint::heap));
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

  private Footprint times(int factor) {
    return new Footprint(count, factor * rss, factor * code, factor * heap);
  }

  private String row(String what) {
    return String.format(
        Locale.ROOT, "| %s | %,.1f KiB | %,.1f KiB | %,.1f KiB |", what, rss, code, heap);
  }
}
