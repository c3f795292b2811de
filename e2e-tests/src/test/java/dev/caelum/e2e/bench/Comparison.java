package dev.caelum.e2e.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was measured of each kind of peer, as one Markdown table with ratios to our own node. */
final class Comparison {
  private final Map<String, Map<PeerKind, Figures>> measures = new LinkedHashMap<>();
  private final Map<Figures, Integer> misses = new LinkedHashMap<>();

  /** Notes a sample of {@code what} and tells it on standard error. */
  void add(String what, String unit, PeerKind kind, double sample) {
    figures(what, unit, kind).add(sample);
    System.err.printf(Locale.ROOT, "%s, %s: %.1f %s%n", what, kind.title(), sample, unit);
  }

  /** Notes that {@code what} did not happen within its limit. */
  void miss(String what, String unit, PeerKind kind) {
    misses.merge(figures(what, unit, kind), 1, Integer::sum);
    System.err.printf("%s, %s: not within its limit%n", what, kind.title());
  }

  private Figures figures(String what, String unit, PeerKind kind) {
    return measures
        .computeIfAbsent(what, _ -> new LinkedHashMap<>())
        .computeIfAbsent(kind, _ -> new Figures(what, unit));
  }

  /** The table; a ratio is that of the 95th percentiles to those of our own node. */
  List<String> table(List<PeerKind> kinds) {
    List<String> lines = new ArrayList<>();
    lines.add("| what | system | runs | p50 | p95 | max | p95 / caelum's |");
    lines.add("|---|---|---|---|---|---|---|");
    measures.forEach((what, byKind) -> {
      Figures own = byKind.get(PeerKind.CAELUM);
      for (PeerKind kind : kinds) {
        Figures figures = byKind.get(kind);
        if (figures != null) {
          lines.add(row(what, kind, figures, own == null || own.size() == 0 ? null : own));
        }
      }
    });
    lines.add("");
    kinds.forEach(kind -> lines.add("- " + kind.title() + ": " + kind.settings()));
    lines.add("- Java of others: the JVM options of our beacon profile, no start-up cache");
    return lines;
  }

  private String row(String what, PeerKind kind, Figures figures, @Nullable Figures own) {
    int missed = misses.getOrDefault(figures, 0);
    String runs = figures.size() + (missed == 0 ? "" : " and " + missed + " not in time");
    if (figures.size() == 0) {
      return "| %s | %s | %s | | | | |".formatted(what, kind.title(), runs);
    }
    double ratio = own == null || own.at(0.95) == 0 ? Double.NaN : figures.at(0.95) / own.at(0.95);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s | %s | %s |",
        what,
        kind.title(),
        runs,
        figures.shown(0.5),
        figures.shown(0.95),
        figures.shown(1),
        Double.isNaN(ratio) ? "" : String.format(Locale.ROOT, "%.1f", ratio));
  }
}
