package dev.caelum.e2e.bench;

import dev.caelum.e2e.lan.Cluster;
import dev.caelum.e2e.lan.Lab;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What nodes use that do nothing but keep up with ten peers.
 *
 * @param rss resident memory of each, MiB
 * @param cpu CPU time of each, ms a second
 */
public record Idle(Figures rss, Figures cpu) {
  private static final int NODES = 11;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Lets eleven nodes run for {@code seconds} after they have met. */
  public static Idle run(Lab lab, int seconds) throws Exception {
    Cluster cluster = Cluster.start(lab, NODES);
    cluster.awaitAllMet(LIMIT);
    double[] before = new double[NODES];
    for (int i = 0; i < NODES; i++) {
      before[i] = cluster.node(i).cpuSeconds();
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
      LockSupport.parkNanos(end - now);
    }
    Figures rss = new Figures("RSS after " + seconds + " s with 10 peers", "MiB");
    Figures cpu = new Figures("CPU with 10 peers", "ms/s");
    for (int i = 0; i < NODES; i++) {
      rss.add(cluster.node(i).rssMiB());
      cpu.add(1_000 * (cluster.node(i).cpuSeconds() - before[i]) / seconds);
    }
    return new Idle(rss, cpu);
  }

  List<String> table() {
    return List.of(Figures.HEAD, rss.toString(), cpu.toString());
  }
}
