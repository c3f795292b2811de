package dev.caelum.e2e.bench;

import dev.caelum.e2e.bench.Bench.Labs;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Our node beside other membership software, in the same lab one after the other. */
final class Peers {
  private static final String ALL = "peers";
  private static final int MOST_COLD_STARTS = 10;

  /** What is measured of each kind of peer, in this order. */
  enum Measure {
    JOIN,
    COLD,
    KILL,
    PULL,
    LEAVE,
    LOSS,
    STOP,
    IDLE;

    private String title() {
      return ALL + "-" + name().toLowerCase(Locale.ROOT);
    }
  }

  private final PeerTimes times;
  private final PeerTimes cold;
  private final PeerQuiet quiet;

  private Peers(Labs labs, Comparison result, int runs) {
    times = new PeerTimes(labs, result, runs);
    cold = new PeerTimes(labs, result, Math.min(runs, MOST_COLD_STARTS));
    quiet = new PeerQuiet(labs, result, runs);
  }

  /** The measures that argument {@code name} means; none when it means something else. */
  static Set<Measure> named(String name) {
    Set<Measure> found = EnumSet.noneOf(Measure.class);
    Arrays.stream(Measure.values())
        .filter(measure -> name.equals(ALL) || name.equals(measure.title()))
        .forEach(found::add);
    return found;
  }

  /** Runs {@code measures}, each of all {@code kinds} before the next. */
  static List<String> run(Labs labs, Set<Measure> measures, int runs, List<PeerKind> kinds)
      throws Exception {
    Comparison result = new Comparison();
    Peers peers = new Peers(labs, result, runs);
    for (Measure measure : measures) {
      for (PeerKind kind : kinds) {
        peers.run(measure, kind);
      }
    }
    return result.table(kinds);
  }

  private void run(Measure measure, PeerKind kind) throws Exception {
    switch (measure) {
      case JOIN -> times.join(kind);
      case COLD -> {
        for (int size : new int[] {3, 5, 10}) {
          cold.cold(kind, size);
        }
      }
      case KILL -> times.kill(kind);
      case PULL -> times.pull(kind);
      case LEAVE -> times.leave(kind);
      case LOSS -> {
        for (int percent : new int[] {10, 20, 30}) {
          quiet.loss(kind, percent);
        }
      }
      case STOP -> quiet.stop(kind);
      case IDLE -> {
        for (int size : new int[] {5, 10}) {
          quiet.idle(kind, size);
        }
      }
    }
  }
}
