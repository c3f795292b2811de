package dev.caelum.e2e.bench;

import dev.caelum.e2e.lan.Cluster;
import dev.caelum.e2e.lan.Datagrams;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.lan.NodeProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What 50,000 datagrams of garbage a second did to one node of three.
 *
 * @param perSecond datagrams sent a second
 * @param cpuPercent CPU that the node used, in percent of one core
 * @param rssBefore resident memory before, MiB
 * @param rssAfter resident memory after, MiB
 * @param logLines lines that the node logged meanwhile
 * @param peersLost pairs of the node and a peer, one of which told the other suspect or dead
 */
public record Flood(
    double perSecond,
    double seconds,
    double cpuPercent,
    double rssBefore,
    double rssAfter,
    long logLines,
    long peersLost) {
  private static final int PER_SECOND = 50_000;
  private static final int BATCH = 50;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Floods one of three new nodes of {@code lab} for {@code seconds}. */
  public static Flood run(Lab lab, int seconds) throws Exception {
    try (Datagrams air = new Datagrams(lab)) {
      Cluster cluster = Cluster.start(lab, 3);
      cluster.awaitAllMet(LIMIT);
      NodeProcess victim = cluster.node(0);
      double rss = victim.rssMiB();
      double cpu = victim.cpuSeconds();
      long lines = victim.log().lines().count();
      long start = System.nanoTime();
      long sent = send(air, victim.address(), start, seconds);
      double elapsed = (System.nanoTime() - start) / 1e9;
      return new Flood(
          sent / elapsed,
          elapsed,
          100 * (victim.cpuSeconds() - cpu) / elapsed,
          rss,
          victim.rssMiB(),
          victim.log().lines().count() - lines,
          lost(cluster, victim));
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

  List<String> table() {
    return List.of(
        "| flood of one node of three | |",
        "|---|---|",
        "| sent | %,.0f datagrams/s for %.0f s |".formatted(perSecond, seconds),
        "| CPU of the node | %.1f %% of a core |".formatted(cpuPercent),
        "| RSS before, after | %.0f, %.0f MiB |".formatted(rssBefore, rssAfter),
        "| log lines | %d |".formatted(logLines),
        "| peers lost | %d |".formatted(peersLost));
  }
}
