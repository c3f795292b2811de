package dev.caelum.ui.view;

import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.dom.Element;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.Task;
import dev.caelum.ui.client.TaskDetail;
import dev.caelum.ui.client.TaskOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is to know of a task in short: where, how often, how long, and what it asks for. */
final class TaskFacts extends DescriptionList {
  private List<String> shown = List.of();

  TaskFacts() {
    addClassName("facts");
    setTestId("task-facts");
  }

  void show(Task task, @Nullable TaskDetail detail) {
    List<Element> facts = new ArrayList<>();
    fact(facts, "machine", text(TaskWords.machine(task)));
    fact(facts, "attempts", text(attempts(task)));
    fact(facts, "created", time(task.createdAt()));
    fact(facts, "changed", time(task.changedAt()));
    fact(facts, "priority", text(Integer.toString(task.priority())));
    if (detail != null) {
      TaskOrder order = detail.order();
      fact(facts, "timeout", text(Words.of("task.seconds", number(order.timeoutSeconds()))));
      optional(facts, "service", order.service());
      optional(facts, "machines", names(order.machines()));
      optional(facts, "not", names(order.not()));
      optional(facts, "prefer", names(order.prefer()));
      optional(facts, "labels", labels(order));
      optional(facts, "resources", resources(order));
      optional(facts, "key", detail.key());
      if (!detail.client().equals("local")) {
        optional(facts, "client", detail.client());
      }
    }
    optional(facts, "group", task.group());
    fact(facts, "id", text(task.id()));
    List<String> now = facts.stream().map(Element::getOuterHTML).toList();
    if (!now.equals(shown)) {
      shown = now;
      getElement().removeAllChildren();
      facts.forEach(getElement()::appendChild);
    }
  }

  /** Machines are ordered by name or by key; people know them by name. */
  private static String names(List<String> machines) {
    if (machines.isEmpty()) {
      return "";
    }
    List<Machine> known = Access.dashboard().view().machines();
    return machines.stream()
        .map(named ->
            known.stream()
                .filter(machine -> machine.key().equals(named))
                .findFirst()
                .map(Words::name)
                .orElse(named))
        .collect(Collectors.joining(", "));
  }

  private static String attempts(Task task) {
    String attempts = TaskWords.attempts(task);
    return task.losses() == 0 ? attempts : Words.of("task.lost", attempts, task.losses());
  }

  static String labels(TaskOrder order) {
    return order.labels().entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String resources(TaskOrder order) {
    List<String> needs = new ArrayList<>(3);
    if (order.cores() > 0) {
      needs.add(Words.of("task.cores", number(order.cores())));
    }
    if (order.memoryGib() > 0) {
      needs.add(Words.of("task.memory", number(order.memoryGib())));
    }
    if (order.gpus() > 0) {
      needs.add(Words.of("task.gpus", order.gpus()));
    }
    return String.join(", ", needs);
  }

  /** Without decimals where there are none. */
  static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.1f", value);
  }

  private static void optional(List<Element> facts, String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      fact(facts, key, text(value));
    }
  }

  private static void fact(List<Element> facts, String key, Element value) {
    Element term = new Element("dt");
    term.setText(Words.of("task.fact." + key));
    Element description = new Element("dd");
    description.appendChild(value);
    Element fact = new Element("div");
    fact.setAttribute("data-fact", key);
    fact.appendChild(term, description);
    facts.add(fact);
  }

  private static Element text(String value) {
    Element text = new Element("bdi");
    text.setText(value);
    return text;
  }

  private static Element time(@Nullable Instant at) {
    Element time = new Element("caelum-time");
    if (at != null) {
      time.setAttribute("at", Long.toString(at.toEpochMilli()));
    }
    return time;
  }
}
