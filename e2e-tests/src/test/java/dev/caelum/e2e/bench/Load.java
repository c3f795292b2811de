package dev.caelum.e2e.bench;

import dev.caelum.e2e.bench.Bench.Labs;
import dev.caelum.e2e.lan.Cluster;
import dev.caelum.e2e.lan.Datagrams;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.lan.NodeProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What a node uses: under a flood of garbage, and beside ten peers. */
final class Load {
  private static final int PER_SECOND = 50_000;
  private static final int BATCH = 50;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Load() {}

  /** Garbage at 50,000 datagrams/s for {@code seconds} at one of three nodes. */
  static List<String> flood(Labs labs, int seconds) throws Exception {
    try (Lab lab = labs.next();
        Datagrams air = new Datagrams(lab)) {
      Cluster cluster = Cluster.start(lab, 3);
      cluster.awaitAllMet(LIMIT);
      NodeProcess victim = cluster.node(0);
      double rss = victim.rssMiB();
      double cpu = victim.cpuSeconds();
      long lines = victim.log().lines().count();
      long start = System.nanoTime();
      long sent = send(air, victim.address(), start, seconds);
      double elapsed = (System.nanoTime() - start) / 1e9;
      double used = victim.cpuSeconds() - cpu;
      return List.of(
          "| flood of one node of three | |",
          "|---|---|",
          row("sent", "%,.0f datagrams/s for %.0f s".formatted(sent / elapsed, elapsed)),
          row("CPU of the node", "%.1f %% of a core".formatted(100 * used / elapsed)),
          row("RSS before, after", "%.0f, %.0f MiB".formatted(rss, victim.rssMiB())),
          row("log lines", "%d".formatted(victim.log().lines().count() - lines)),
          row("peers lost", "%d".formatted(lost(cluster, victim))),
          row("refused, counted", "%,.0f".formatted(victim.metric("caelum_beacons_refused"))));
    }
  }

  private static long send(Datagrams air, String target, long start, int seconds) throws Exception {
    byte[][] garbage = {
      "garbage".getBytes(StandardCharsets.UTF_8),
      "{\"message_type\":\"CAELUM_BEACON\"}".getBytes(StandardCharsets.UTF_8),
      "[".repeat(1_000).getBytes(StandardCharsets.UTF_8)
    };
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    long sent = 0;
    for (long now = start; now < end; now = System.nanoTime()) {
      long due = (now - start) * PER_SECOND / 1_000_000_000L;
      if (due - sent < BATCH) {
        LockSupport.parkNanos(200_000);
      }
      for (; sent < due; sent++) {
        air.send(target, garbage[(int) (sent % garbage.length)]);
      }
    }
    return sent;
  }

  /** How many tables told anything but alive, of the flooded node or in its own table. */
  private static long lost(Cluster cluster, NodeProcess victim) {
    long lost = 0;
    for (NodeProcess other : cluster.others(victim)) {
      lost += anyLoss(cluster.feed(other).statesOf(victim.address()));
      lost += anyLoss(cluster.feed(victim).statesOf(other.address()));
    }
    return lost;
  }

  private static int anyLoss(List<String> states) {
    return states.contains("suspect") || states.contains("dead") ? 1 : 0;
  }

  /** Eleven nodes for {@code seconds}: memory and CPU of each. */
  static List<String> rss(Labs labs, int seconds) throws Exception {
    try (Lab lab = labs.next()) {
      Cluster cluster = Cluster.start(lab, 11);
      cluster.awaitAllMet(LIMIT);
      double[] cpu = new double[11];
      for (int i = 0; i < cpu.length; i++) {
        cpu[i] = cluster.node(i).cpuSeconds();
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      while (System.nanoTime() < end) {
        LockSupport.parkNanos(end - System.nanoTime());
      }
      Figures rss = new Figures("RSS after " + seconds + " s with 10 peers", "MiB");
      Figures used = new Figures("CPU with 10 peers", "ms/s");
      for (int i = 0; i < cpu.length; i++) {
        rss.add(cluster.node(i).rssMiB());
        used.add(1_000 * (cluster.node(i).cpuSeconds() - cpu[i]) / seconds);
      }
      return List.of(Figures.HEAD, rss.toString(), used.toString());
    }
  }

  private static String row(String what, String value) {
    return "| " + what + " | " + value + " |";
  }
}
