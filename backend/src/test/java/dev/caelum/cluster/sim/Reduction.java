package dev.caelum.cluster.sim;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * The least of a failed plan that still fails in the same way: parts are left out one by one (the
 * one-minimal end of delta debugging: Zeller, Hildebrandt 2002) while processor time lasts.
 */
record Reduction(Plan whole, Plan plan, Broken first, Broken last) {
  private static final long BUDGET_NANOS = Duration.ofSeconds(20).toNanos();

  static Reduction of(Plan whole, Broken first) {
    long end = spent() + BUDGET_NANOS;
    Plan plan = whole;
    Broken last = first;
    boolean found = true;
    while (found) {
      found = false;
      for (Plan smaller : plan.smaller()) {
        if (spent() > end) {
          break;
        }
        Broken broken = Chaos.outcome(smaller);
        if (broken != null && broken.kind.equals(first.kind)) {
          plan = smaller;
          last = broken;
          found = true;
          break;
        }
      }
    }
    return new Reduction(whole, plan, first, last);
  }

  private static long spent() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** How much was left out. */
  String size() {
    return "%d of %d parts matter; %d of %d lines"
        .formatted(plan.parts(), whole.parts(), last.transcript.size(), first.transcript.size());
  }

  /** The failure, with what is left of what led to it. */
  AssertionError told() {
    String text =
        "seed %d: %s%nAs little as still fails alike (%s), faults %s%n%s"
            .formatted(
                whole.seed(),
                first.what,
                size(),
                plan.faults().stream().map(Plan.Fault::kind).toList(),
                String.join("\n", last.transcript));
    return new AssertionError(text, last);
  }
}
