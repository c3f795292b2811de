package dev.caelum.e2e.bench;

import dev.caelum.e2e.bench.Bench.Labs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our node beside other membership software, in the same lab one after the other. */
final class Peers {
  private static final int MOST_COLD_STARTS = 10;

  private interface Measure {
    void run(PeerKind kind) throws Exception;
  }

  private Peers() {}

  /**
   * Runs one measure, or all, of each kind.
   *
   * @param name a key of the measures below, or {@code peers} for all
   */
  static List<String> run(Labs labs, String name, int runs, List<PeerKind> kinds) throws Exception {
    String missing = PeerKind.missing(kinds);
    if (!missing.isEmpty()) {
      throw new IllegalStateException("serf is missing; install it with:  " + missing);
    }
    Comparison result = new Comparison();
    for (var measure : measures(labs, result, runs).entrySet()) {
      if (name.equals("peers") || name.equals("peers-" + measure.getKey())) {
        for (PeerKind kind : kinds) {
          measure.getValue().run(kind);
        }
      }
    }
    return result.table(kinds);
  }

  private static Map<String, Measure> measures(Labs labs, Comparison result, int runs) {
    PeerTimes times = new PeerTimes(labs, result, runs);
    PeerTimes cold = new PeerTimes(labs, result, Math.min(runs, MOST_COLD_STARTS));
    PeerQuiet quiet = new PeerQuiet(labs, result, runs);
    Map<String, Measure> measures = new LinkedHashMap<>();
    measures.put("join", times::join);
    measures.put(
        "cold",
        kind -> {
          for (int size : new int[] {3, 5, 10}) {
            cold.cold(kind, size);
          }
        });
    measures.put("kill", times::kill);
    measures.put("pull", times::pull);
    measures.put("leave", times::leave);
    measures.put(
        "loss",
        kind -> {
          for (int percent : new int[] {10, 20, 30}) {
            quiet.loss(kind, percent);
          }
        });
    measures.put("stop", quiet::stop);
    measures.put(
        "idle",
        kind -> {
          for (int size : new int[] {5, 10}) {
            quiet.idle(kind, size);
          }
        });
    return measures;
  }
}
