package dev.caelum.task;

import dev.caelum.task.Why.Check;
import dev.caelum.task.Why.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which machine fits a task: the one place that knows all requirements. */
final class Fit {
  private Fit() {}

  /** The whole table for people. */
  static Why why(Shape shape, Iterable<Worker> workers) {
    List<Why.Row> rows = new ArrayList<>();
    for (Worker worker : workers) {
      rows.add(row(shape, worker));
    }
    rows.sort(
        Comparator.comparingLong(Why.Row::distance)
            .thenComparing(row -> !row.free())
            .thenComparing(Why.Row::name)
            .thenComparing(Why.Row::key));
    boolean possible = rows.stream().anyMatch(Why.Row::possible);
    return new Why(rows, possible ? "" : wish(rows));
  }

  private static String wish(List<Why.Row> rows) {
    if (rows.isEmpty()) {
      return "It would run if there were a machine.";
    }
    Why.Row nearest = rows.getFirst();
    List<String> wishes =
        nearest.checks().stream()
            .filter(check -> check.verdict() == Verdict.FAILED)
            .map(Check::wish)
            .toList();
    return "It would run on " + nearest.name() + " if " + String.join(", and ", wishes) + ".";
  }

  static Why.Row row(Shape shape, Worker worker) {
    List<Check> checks = new ArrayList<>(8);
    Machine machine = worker.machine();
    if (!shape.machines().isEmpty()) {
      checks.add(chosen(shape, machine));
    }
    if (!shape.not().isEmpty()) {
      checks.add(allowed(shape, machine));
    }
    checks.add(connected(machine));
    WorkMessage.@Nullable Offer offer = worker.offer();
    if (offer != null) {
      checks.add(handler(shape, machine, offer));
      if (shape.service() != null) {
        checks.add(service(shape.service(), machine, offer));
      }
      if (!shape.labels().isEmpty()) {
        checks.add(labels(shape.labels(), machine, offer));
      }
      checks.add(resources(shape.need(), worker));
      checks.add(room(worker));
    } else if (reachable(machine.standing())) {
      checks.add(
          new Check(
              "handler",
              Verdict.FAILED,
              machine.name() + " has not said what it takes on",
              machine.name() + " took tasks on"));
    }
    return new Why.Row(machine.key(), machine.name(), checks);
  }

  /** Whether the task could begin there at once; the same as the table, without its words. */
  static boolean free(Shape shape, Worker worker) {
    WorkMessage.@Nullable Offer offer = worker.offer();
    Machine machine = worker.machine();
    return offer != null
        && reachable(machine.standing())
        && worker.room() > 0
        && offer.handlers().contains(shape.type())
        && (shape.machines().isEmpty() || shape.machines().stream().anyMatch(machine::called))
        && shape.not().stream().noneMatch(machine::called)
        && (shape.service() == null || offer.services().contains(shape.service()))
        && offer.labels().entrySet().containsAll(shape.labels().entrySet())
        && covers(worker.free(), shape.need());
  }

  private static boolean reachable(Machine.Standing standing) {
    return switch (standing) {
      case SELF, LINKED, LEGACY -> true;
      case UNLINKED, SUSPECT, ABSENT, FOREIGN, CLONED -> false;
    };
  }

  private static Check chosen(Shape shape, Machine machine) {
    boolean named = shape.machines().stream().anyMatch(machine::called);
    return new Check(
        "chosen",
        named ? Verdict.PASSED : Verdict.FAILED,
        (named ? "is" : "is not") + " among the machines asked for",
        "it were among the machines asked for");
  }

  private static Check allowed(Shape shape, Machine machine) {
    boolean excluded = shape.not().stream().anyMatch(machine::called);
    return new Check(
        "allowed",
        excluded ? Verdict.FAILED : Verdict.PASSED,
        excluded ? "is excluded by the task" : "is not excluded",
        "the task did not exclude it");
  }

  private static Check connected(Machine machine) {
    String detail =
        switch (machine.standing()) {
          case SELF -> "is this machine";
          case LINKED -> "is connected";
          case LEGACY -> "is connected, an old node";
          case UNLINKED -> "is alive and has no link with this machine at present";
          case SUSPECT -> "does not answer at present";
          case ABSENT -> "is not there";
          case FOREIGN -> "belongs to another cluster";
          case CLONED -> "has the same id as another machine, so it is given nothing";
        };
    return new Check(
        "connected",
        reachable(machine.standing()) ? Verdict.PASSED : Verdict.FAILED,
        detail,
        machine.standing() == Machine.Standing.CLONED
            ? "it had an id of its own (./caelum identity renew there)"
            : "it were connected");
  }

  private static Check handler(Shape shape, Machine machine, WorkMessage.Offer offer) {
    boolean there = offer.handlers().contains(shape.type());
    return new Check(
        "handler",
        there ? Verdict.PASSED : Verdict.FAILED,
        there
            ? "runs " + shape.type() + " for this machine"
            : "does not run " + shape.type() + " for this machine" + others(offer.handlers()),
        machine.standing() == Machine.Standing.SELF
            ? "it had a handler for " + shape.type()
            : "its operator accepted " + shape.type() + " from this machine");
  }

  private static String others(List<String> handlers) {
    return handlers.isEmpty()
        ? "; it runs nothing for it"
        : "; it runs " + String.join(", ", handlers);
  }

  private static Check service(String service, Machine machine, WorkMessage.Offer offer) {
    boolean there = offer.services().contains(service);
    return new Check(
        "service",
        there ? Verdict.PASSED : Verdict.FAILED,
        there ? service + " is ready there" : service + " is not ready there",
        service + " were ready on " + machine.name());
  }

  private static Check labels(
      Map<String, String> wanted, Machine machine, WorkMessage.Offer offer) {
    List<String> missing =
        wanted.entrySet().stream()
            .filter(label -> !label.getValue().equals(offer.labels().get(label.getKey())))
            .map(label -> label.getKey() + "=" + label.getValue())
            .sorted()
            .toList();
    return new Check(
        "labels",
        missing.isEmpty() ? Verdict.PASSED : Verdict.FAILED,
        missing.isEmpty() ? "has the labels" : "lacks " + String.join(", ", missing),
        machine.name() + " were labelled " + String.join(", ", missing));
  }

  private static Check resources(ResourceNeed need, Worker worker) {
    ResourceNeed capacity = worker.machine().capacity();
    ResourceNeed free = worker.free();
    if (covers(free, need)) {
      return new Check("resources", Verdict.PASSED, text(free) + " free", "");
    }
    boolean ever = capacity == null || covers(capacity, need);
    return new Check(
        "resources",
        ever ? Verdict.WAITS : Verdict.FAILED,
        text(need)
            + " needed, "
            + text(free)
            + " free"
            + (capacity == null ? "" : " of " + text(capacity)),
        "it had " + text(need));
  }

  private static Check room(Worker worker) {
    int room = worker.room();
    WorkMessage.@Nullable Offer offer = worker.offer();
    int slots = offer == null ? 0 : offer.slots();
    return new Check(
        "room",
        room > 0 ? Verdict.PASSED : Verdict.WAITS,
        worker.paused()
            ? "refused lately and is asked again soon"
            : "%d slots, %d tasks run or wait there".formatted(slots, worker.load()),
        "");
  }

  static boolean covers(ResourceNeed free, ResourceNeed need) {
    return free.cores() >= need.cores()
        && free.memoryGib() >= need.memoryGib()
        && free.gpus() >= need.gpus();
  }

  private static String text(ResourceNeed what) {
    return String.format(
        Locale.ROOT, "%.1f cores, %.1f GiB, %d GPUs", what.cores(), what.memoryGib(), what.gpus());
  }
}
