package dev.caelum.e2e.bench;

import dev.caelum.e2e.bench.Bench.Labs;
import dev.caelum.e2e.lan.Cluster;
import dev.caelum.e2e.lan.Host;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.lan.NodeFeed;
import dev.caelum.e2e.lan.NodeProcess;
import java.time.Duration;
import java.util.List;

/** How fast nodes start, meet and notice that one is gone. */
final class Meeting {
  private static final int NODES = 5;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Meeting() {}

  /** From exec of the JVM to the first answer on port 8080, one node alone. */
  static List<String> start(Labs labs, int runs) throws Exception {
    Figures ready = new Figures("exec to first answer on 8080", "ms");
    Figures rss = new Figures("RSS right after", "MiB");
    for (int run = 0; run < runs; run++) {
      try (Lab lab = labs.next()) {
        NodeProcess node = NodeProcess.start(lab.host()).ready();
        ready.addMillis(node.startedNanos(), node.readyNanos());
        rss.add(node.rssMiB());
      }
    }
    return List.of(Figures.HEAD, ready.toString(), rss.toString());
  }

  /** Five nodes started at once: from the last one's readiness until all see and link all. */
  static List<String> simultaneous(Labs labs, int runs) throws Exception {
    Figures met = new Figures("last of " + NODES + " ready to all see all, linked", "ms");
    int once = 0;
    for (int run = 0; run < runs; run++) {
      try (Lab lab = labs.next()) {
        Cluster cluster = Cluster.start(lab, NODES);
        long ready =
            cluster.nodes().stream().mapToLong(NodeProcess::readyNanos).max().orElseThrow();
        met.addMillis(ready, Math.max(ready, cluster.awaitAllMet(LIMIT)));
        List<String> links = cluster.links();
        once += links.size() == 10 && links.stream().distinct().count() == 10 ? 1 : 0;
      }
    }
    return List.of(
        Figures.HEAD, met.toString(), "", "each pair linked once: " + once + " of " + runs);
  }

  /** A new node against four running ones: from its readiness until all see and link it. */
  static List<String> join(Labs labs, int runs) throws Exception {
    Figures seen = new Figures("new node ready to seen and linked by 4", "ms");
    Figures first = new Figures("its exec to seen and linked by 4", "ms");
    for (int done = 0; done < runs; ) {
      try (Lab lab = labs.next()) {
        Cluster cluster = Cluster.start(lab, NODES - 1);
        cluster.awaitAllMet(LIMIT);
        List<NodeProcess> four = cluster.nodes();
        for (int round = 0; round < 10 && done < runs; round++, done++) {
          Host host = lab.host();
          NodeProcess joiner = NodeProcess.start(host).ready();
          long at =
              cluster.await(
                  host.address(),
                  LIMIT,
                  four,
                  rows -> rows.stream().anyMatch(row -> row.at(host.address()) && row.alive()));
          seen.addMillis(joiner.readyNanos(), Math.max(at, joiner.readyNanos()));
          first.addMillis(joiner.startedNanos(), at);
          joiner.terminate();
          cluster.awaitState(host.address(), "left", LIMIT, four);
        }
      }
    }
    return List.of(Figures.HEAD, seen.toString(), first.toString());
  }

  /** kill -9 of one of five: until it is dead, not only suspect, in the tables of all others. */
  static List<String> kill(Labs labs, int runs) throws Exception {
    return gone(labs, runs, "kill -9 to dead everywhere, 5 nodes", NodeProcess::kill);
  }

  /** All traffic of one of five is dropped: until it is dead in the tables of all others. */
  static List<String> pull(Labs labs, int runs) throws Exception {
    return gone(labs, runs, "cable pulled to dead everywhere, 5 nodes", n -> n.host().unplug());
  }

  private interface Fault {
    void strike(NodeProcess node);
  }

  private static List<String> gone(Labs labs, int runs, String what, Fault fault) throws Exception {
    Figures dead = new Figures(what, "ms");
    for (int run = 0; run < runs; run++) {
      try (Lab lab = labs.next()) {
        Cluster cluster = Cluster.start(lab, NODES);
        cluster.awaitAllMet(LIMIT);
        NodeProcess victim = cluster.node(run % NODES);
        NodeFeed any = cluster.feed(cluster.others(victim).getFirst());
        if (any.rows().size() != NODES) {
          throw new IllegalStateException(any.rows().size() + " rows");
        }
        long struck = System.nanoTime();
        fault.strike(victim);
        dead.addMillis(
            struck, cluster.awaitState(victim.address(), "dead", LIMIT, cluster.others(victim)));
      }
    }
    return List.of(Figures.HEAD, dead.toString());
  }
}
