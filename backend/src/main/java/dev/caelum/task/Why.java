package dev.caelum.task;

import java.util.List;

/**
 * Which machine could run a task, and what the others lack.
 *
 * @param machines one row a machine, those that come closest first
 * @param wouldRunIf a sentence; empty when a machine could run it
 */
public record Why(List<Row> machines, String wouldRunIf) {
  public Why {
    machines = List.copyOf(machines);
  }

  /** Whether at least one machine could run it, now or when it has room. */
  public boolean possible() {
    return machines.stream().anyMatch(Row::possible);
  }

  /** One machine, with each requirement. */
  public record Row(String key, String name, List<Check> checks) {
    public Row {
      checks = List.copyOf(checks);
    }

    /** Whether nothing stands in the way that only a change of the machine could mend. */
    public boolean possible() {
      return checks.stream().noneMatch(check -> check.verdict() == Verdict.FAILED);
    }

    /** Whether it could begin at once. */
    public boolean free() {
      return checks.stream().allMatch(check -> check.verdict() == Verdict.PASSED);
    }

    /**
     * How far it is from running the task. One that the task itself does not want is farthest, then
     * one that has not told what it takes on.
     */
    long distance() {
      boolean told = checks.stream().anyMatch(check -> check.requirement().equals("room"));
      return 1_000 * failed("chosen", "allowed")
          + (told ? 0 : 100)
          + failed("connected", "handler", "service", "labels", "resources");
    }

    private long failed(String... requirements) {
      return checks.stream()
          .filter(check -> check.verdict() == Verdict.FAILED)
          .filter(check -> List.of(requirements).contains(check.requirement()))
          .count();
    }
  }

  /** Whether a requirement is met. */
  public enum Verdict {
    PASSED,
    /** Not now; it will be when other work has ended. */
    WAITS,
    FAILED
  }

  /**
   * One requirement.
   *
   * @param requirement {@code chosen}, {@code allowed}, {@code connected}, {@code handler}, {@code
   *     service}, {@code labels}, {@code resources} or {@code room}
   * @param detail what was found, for people
   * @param wish what would have to be so, to follow "would run if"; empty when passed
   */
  public record Check(String requirement, Verdict verdict, String detail, String wish) {}
}
