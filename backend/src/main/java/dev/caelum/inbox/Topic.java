package dev.caelum.inbox;

import dev.caelum.feed.LogLine.Level;
import dev.caelum.feed.Notification.Kind;
import dev.caelum.inbox.Happening.Way;
import java.util.List;
import java.util.Locale;

/** What can be told, in the words for one and for several of the same moment. */
enum Topic {
  MACHINE_DEAD(
      Kind.MACHINE, Level.PROBLEM, "%s is offline.", "%d machines went offline within 3 s"),
  MACHINE_LEFT(Kind.MACHINE, Level.INFO, "%s left the cluster.", "%d machines left within 3 s"),
  MACHINE_BACK(Kind.MACHINE, Level.INFO, "%s is back.", "%d machines are back"),
  MACHINE_UNSTABLE(
      Kind.MACHINE,
      Level.WARNING,
      "%s is unstable: it came or went 3 times within 1 min.",
      "%d machines are unstable"),
  MACHINE_STEADY(
      Kind.MACHINE,
      Level.INFO,
      "%s is steady again, and online.",
      "%d machines are steady again, and online"),
  MACHINE_STEADY_DEAD(
      Kind.MACHINE,
      Level.PROBLEM,
      "%s came and went, and is offline now.",
      "%d machines came and went, and are offline now"),
  SERVICE_DOWN(
      Kind.SERVICE, Level.WARNING, "MCP server %s is down.", "%d MCP servers went down within 3 s"),
  SERVICE_BACK(
      Kind.SERVICE, Level.INFO, "MCP server %s is ready again.", "%d MCP servers are ready again"),
  SERVICE_UNSTABLE(
      Kind.SERVICE,
      Level.WARNING,
      "MCP server %s is unstable: it came or went 3 times within 1 min.",
      "%d MCP servers are unstable"),
  SERVICE_STEADY(
      Kind.SERVICE,
      Level.INFO,
      "MCP server %s is steady again, and ready.",
      "%d MCP servers are steady again, and ready"),
  SERVICE_STEADY_DOWN(
      Kind.SERVICE,
      Level.WARNING,
      "MCP server %s came and went, and is down now.",
      "%d MCP servers came and went, and are down now"),
  TASK_FAILED(Kind.TASK, Level.PROBLEM, "Task %s", "%d tasks failed for good within 3 s"),
  PROBLEM(Kind.PROBLEM, Level.PROBLEM, "%s", "%d problems of one kind within 3 s");

  private static final int NAMED = 5;

  /** So many at once make one look at the network first. */
  private static final int MANY = 3;

  final Kind kind;
  private final Level level;
  private final String one;
  private final String several;

  Topic(Kind kind, Level level, String one, String several) {
    this.kind = kind;
    this.level = level;
    this.one = one;
    this.several = several;
  }

  /** What is told when something turned that way. */
  static Topic of(Kind kind, Way way) {
    boolean machine = kind == Kind.MACHINE;
    return switch (way) {
      case DOWN -> machine ? MACHINE_DEAD : SERVICE_DOWN;
      case LEFT -> machine ? MACHINE_LEFT : SERVICE_DOWN;
      case UP -> machine ? MACHINE_BACK : SERVICE_BACK;
    };
  }

  static Topic unstable(Kind kind) {
    return kind == Kind.MACHINE ? MACHINE_UNSTABLE : SERVICE_UNSTABLE;
  }

  /** What is told when that is how it stayed. */
  static Topic steady(Kind kind, Way way) {
    boolean machine = kind == Kind.MACHINE;
    return way == Way.UP
        ? machine ? MACHINE_STEADY : SERVICE_STEADY
        : machine ? MACHINE_STEADY_DEAD : SERVICE_STEADY_DOWN;
  }

  /**
   * What is told.
   *
   * @param names of some of them, at least one
   * @param machines keys of some of them
   */
  Draft draft(List<String> names, List<String> machines, int count) {
    return new Draft(kind, level, code(), text(names, count), machines, count);
  }

  private String code() {
    return switch (this) {
      case MACHINE_STEADY_DEAD -> "machine_steady";
      case SERVICE_STEADY_DOWN -> "service_steady";
      default -> name().toLowerCase(Locale.ROOT);
    };
  }

  private String text(List<String> names, int count) {
    if (count == 1) {
      return one.formatted(names.getFirst());
    }
    List<String> shown = names.subList(0, Math.min(NAMED, names.size()));
    int rest = count - shown.size();
    String separator = this == PROBLEM ? " · " : ", ";
    String all = String.join(separator, shown) + (rest > 0 ? " and " + rest + " more" : "");
    String doubt = this == MACHINE_DEAD && count >= MANY ? ": network problem? (" : ": ";
    return several.formatted(count) + doubt + all + (doubt.endsWith("(") ? ")" : "");
  }
}
