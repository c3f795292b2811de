package dev.caelum.inbox;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Member;
import dev.caelum.feed.DisplayText;
import dev.caelum.feed.LogLine;
import dev.caelum.feed.MemberNames;
import dev.caelum.feed.Notification.Kind;
import dev.caelum.inbox.Happening.Way;
import dev.caelum.service.Service;
import dev.caelum.service.ServiceState;
import dev.caelum.task.TaskRow;
import dev.caelum.task.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was seen last of machines and services, so that a change of it is noticed, whether an event
 * tells it or a snapshot after a gap. What is seen for the first time is no change. Pure.
 */
final class Sight {
  /** Lines of these codes say of machines what the table says, too. */
  private static final Set<String> TOLD_BY_TABLE = Set.of("suspect", "dead", "left", "alive");

  private final Map<String, Way> machines = new HashMap<>();
  private final Map<String, Boolean> services = new HashMap<>();

  /** What changed with {@code member}. */
  Optional<Happening> machine(Member member) {
    if (member.self() || member.foreign()) {
      return Optional.empty();
    }
    Way now =
        switch (member.state()) {
          case ALIVE, SUSPECT -> Way.UP;
          case DEAD -> Way.DOWN;
          case LEFT -> Way.LEFT;
          case HEARD -> null;
        };
    if (now == null) {
      return Optional.empty();
    }
    Way before = machines.put(member.key(), now);
    boolean turned = before != null && (before == Way.UP) != (now == Way.UP);
    return turned
        ? Optional.of(
            new Happening.Turned(
                Kind.MACHINE, member.key(), MemberNames.name(member), member.key(), now))
        : Optional.empty();
  }

  /** A machine is gone from the table. */
  void removed(String key) {
    machines.remove(key);
    services.keySet().removeIf(service -> service.startsWith(key + ' '));
  }

  /** What changed in the whole table. */
  List<Happening> all(ClusterSnapshot table) {
    List<Happening> changes = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (Member member : table.members()) {
      keys.add(member.key());
      machine(member).ifPresent(changes::add);
    }
    machines.keySet().retainAll(keys);
    services.keySet().removeIf(service -> !keys.contains(service.split(" ", 2)[0]));
    return changes;
  }

  /** What changed with services; those of a machine that is not linked now are left alone. */
  List<Happening> services(ClusterSnapshot table, Function<Member, Optional<List<Service>>> told) {
    List<Happening> changes = new ArrayList<>();
    for (Member member : table.members()) {
      if (member.connected() && !member.foreign()) {
        for (Service service : told.apply(member).orElse(List.of())) {
          service(member, service).ifPresent(changes::add);
        }
      }
    }
    return changes;
  }

  private Optional<Happening> service(Member member, Service service) {
    boolean down = service.state() == ServiceState.DOWN || service.state() == ServiceState.TAKEN;
    if (!down && !service.ready()) {
      return Optional.empty();
    }
    String subject = member.key() + ' ' + service.port() + ' ' + service.name();
    Boolean before = services.put(subject, service.ready());
    if (before == null || before == service.ready()) {
      return Optional.empty();
    }
    return Optional.of(
        new Happening.Turned(
            Kind.SERVICE,
            subject,
            DisplayText.name(service.name()) + " on " + MemberNames.name(member),
            member.key(),
            service.ready() ? Way.UP : Way.DOWN));
  }

  /** The trouble that {@code line} tells, unless the table tells it. */
  static Optional<Happening> line(LogLine line, ClusterSnapshot table) {
    String code = line.code() == null ? "" : line.code();
    boolean told =
        line.level() != LogLine.Level.PROBLEM
            || TOLD_BY_TABLE.contains(code)
            || (line.category() == LogLine.Category.CONNECTION && expected(line.key(), table));
    return told
        ? Optional.empty()
        : Optional.of(new Happening.Trouble(code, line.key(), line.text()));
  }

  /** To reach a machine that fell silent is tried and fails: that is no news. */
  private static boolean expected(@Nullable String key, ClusterSnapshot table) {
    return table.members().stream()
        .anyMatch(member ->
            member.key().equals(key)
                && switch (member.state()) {
                  case SUSPECT, DEAD, LEFT -> true;
                  case ALIVE, HEARD -> false;
                });
  }

  /** The loss of a task that ended without a result. */
  static Optional<Happening> task(TaskRow task) {
    if (task.state() != TaskState.DEAD && task.state() != TaskState.FAILED) {
      return Optional.empty();
    }
    String why = task.error() == null ? "no reason told" : task.error().text();
    return Optional.of(
        new Happening.TaskLost(
            task.id(), DisplayText.name(task.spec().type()), task.worker(), DisplayText.line(why)));
  }
}
