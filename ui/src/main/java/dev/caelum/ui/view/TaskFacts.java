package dev.caelum.ui.view;

import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.Task;
import dev.caelum.ui.client.TaskDetail;
import dev.caelum.ui.client.TaskOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is to know of a task in short: where, how often, how long, and what it asks for. */
final class TaskFacts extends Facts {
  TaskFacts() {
    super("task-facts", "task.fact.");
  }

  void show(Task task, @Nullable TaskDetail detail) {
    fact("machine", TaskWords.machine(task));
    fact("attempts", attempts(task));
    fact("created", task.createdAt());
    fact("changed", task.changedAt());
    fact("priority", Integer.toString(task.priority()));
    if (detail != null) {
      TaskOrder order = detail.order();
      fact("timeout", Words.of("task.seconds", number(order.timeoutSeconds())));
      fact("service", order.service());
      fact("machines", names(order.machines()));
      fact("not", names(order.not()));
      fact("prefer", names(order.prefer()));
      fact("labels", labels(order));
      fact("resources", resources(order));
      fact("key", detail.key());
      if (!detail.client().equals("local")) {
        fact("client", detail.client());
      }
    }
    fact("group", task.group());
    fact("id", task.id());
    showFacts();
  }

  /** Machines are ordered by name or by key; people know them by name. */
  private static String names(List<String> machines) {
    if (machines.isEmpty()) {
      return "";
    }
    List<Machine> known = Access.view().machines();
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
    return Words.decimal(value, value == Math.rint(value) ? 0 : 1);
  }
}
