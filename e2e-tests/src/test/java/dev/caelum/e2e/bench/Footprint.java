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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Memory that grows with the cluster: resident memory, which is what the machine pays, and live
 * objects on the heap after a full collection, which is exact. Both hold the events that were told
 * of the machines, of which a node keeps a bounded number.
 *
 * @param rss resident memory, KiB
 * @param heap live objects, KiB
 */
record Footprint(double rss, double heap) {
  private static final int FEW = 2;
  private static final int HEARD = 150;
  private static final int FIRST_OCTET = 100;
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration SETTLE = Duration.ofSeconds(20);

  /** A class with the bytes of its objects; a collection is what fills gaps with fillers. */
  private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(.*)");

  /** The growth from {@link #FEW} nodes to {@code many}, and from none heard to many. */
  static List<String> run(Labs labs, int many) throws Exception {
    if (many <= FEW) {
      throw new IllegalArgumentException("growth needs more than " + FEW + " nodes");
    }
    Footprint few = mesh(labs, FEW);
    Footprint peer = mesh(labs, many).minus(few).over(many - FEW);
    return List.of(
        "| what grows, a piece | RSS | live heap |",
        "|---|---|---|",
        peer.row(
            "a node for each peer that it knows and has one end of a link to, " + many + " nodes"),
        peer.over(0.5).row("so a live link, both ends, with what both know of each other"),
        heard(labs).row("a node for each machine that it only heard, " + HEARD + " of them"));
  }

  /** The mean of {@code count} nodes that are all linked. */
  private static Footprint mesh(Labs labs, int count) throws Exception {
    try (Lab lab = labs.next()) {
      Cluster cluster = Cluster.start(lab, count);
      cluster.awaitAllMet(LIMIT);
      Footprint sum = new Footprint(0, 0);
      LockSupport.parkNanos(SETTLE.toNanos());
      for (NodeProcess node : cluster.nodes()) {
        sum = sum.minus(of(node).over(-1));
      }
      return sum.over(count);
    }
  }

  private static Footprint heard(Labs labs) throws Exception {
    try (Lab lab = labs.next();
        Datagrams air = new Datagrams(lab)) {
      Cluster cluster = Cluster.start(lab, 1);
      NodeProcess node = cluster.node(0);
      LockSupport.parkNanos(SETTLE.toNanos());
      Footprint before = of(node);
      for (int i = 0; i < HEARD; i++) {
        String address = lab.alsoHere(FIRST_OCTET + i).getHostAddress();
        OldMachine machine = OldMachine.of("heard-" + i, address, 8080, List.of("service"));
        air.sendFrom(
            FIRST_OCTET + i,
            node.address(),
            Json.createObjectBuilder(machine.beacon())
                .add("machine_id", "caelum-heard-" + i)
                .build()
                .toString());
      }
      cluster.await("all heard", LIMIT, List.of(node), rows -> rows.size() > HEARD);
      return of(node).minus(before).over(HEARD);
    }
  }

  private static Footprint of(NodeProcess node) throws IOException, InterruptedException {
    double heap = 0;
    for (String line : jcmd(node, "GC.class_histogram").lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && !row.group(2).contains("Filler")) {
        heap += Double.parseDouble(row.group(1)) / 1_024;
      }
    }
    return new Footprint(node.rssMiB() * 1_024, heap);
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

  private Footprint minus(Footprint other) {
    return new Footprint(rss - other.rss, heap - other.heap);
  }

  private Footprint over(double count) {
    return new Footprint(rss / count, heap / count);
  }

  private String row(String what) {
    return String.format(Locale.ROOT, "| %s | %.1f KiB | %.1f KiB |", what, rss, heap);
  }
}
