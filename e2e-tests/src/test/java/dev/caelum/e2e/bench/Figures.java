package dev.caelum.e2e.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Samples of one measured quantity and their summary as a row of a Markdown table. */
public final class Figures {
  static final String HEAD = "| what | n | p50 | p99 | max |\n|---|---|---|---|---|";

  private final String what;
  private final String unit;
  private final List<Double> samples = new ArrayList<>();

  Figures(String what, String unit) {
    this.what = what;
    this.unit = unit;
  }

  void add(double sample) {
    samples.add(sample);
  }

  void addMillis(long fromNanos, long toNanos) {
    add((toNanos - fromNanos) / 1e6);
  }

  /** The sample that {@code part} of all do not exceed; 0.5 is the median, 1 the maximum. */
  public double at(double part) {
    List<Double> sorted = samples.stream().sorted().toList();
    return sorted.get(Math.min(sorted.size() - 1, (int) Math.ceil(part * sorted.size()) - 1));
  }

  double mean() {
    return samples.stream().mapToDouble(sample -> sample).average().orElse(0);
  }

  int size() {
    return samples.size();
  }

  /** {@link #at} in words: three digits, and the unit. */
  String shown(double part) {
    double value = at(part);
    String number =
        String.format(Locale.ROOT, Math.abs(value) < 10 && value != 0 ? "%.1f" : "%,.0f", value);
    return (number + " " + unit).strip();
  }

  @Override
  public String toString() {
    if (samples.isEmpty()) {
      return "| " + what + " | 0 | | | |";
    }
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.0f %s | %.0f %s | %.0f %s |",
        what,
        samples.size(),
        at(0.5),
        unit,
        at(0.99),
        unit,
        at(1),
        unit);
  }
}
