package dev.caelum.ui.view;

import dev.caelum.ui.client.NodeInfo;
import dev.caelum.ui.client.Task;
import dev.caelum.ui.client.TaskState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What tables and details say of a task. */
final class TaskWords {
  /** The end of an id tells tasks apart; its beginning is their time. */
  private static final int TOLD = 6;

  private TaskWords() {}

  static String state(TaskState state) {
    return Words.of("task." + state.word());
  }

  /** The rule behind the badge. */
  static String rule(TaskState state) {
    return Words.of("task." + state.word() + ".rule");
  }

  static String shortId(Task task) {
    String id = task.id();
    return id.length() <= TOLD ? id : "…" + id.substring(id.length() - TOLD);
  }

  static String machine(Task task) {
    String name = task.machineName();
    if (name == null) {
      return Words.UNKNOWN;
    }
    boolean doubtful = task.machineLost() && task.state().held();
    return doubtful ? Words.of("task.machine.lost", Words.name(name)) : Words.name(name);
  }

  /** The attempt of how many; a dash before the first. */
  static String attempts(Task task) {
    return task.state() == TaskState.QUEUED && task.failures() == 0
        ? Words.UNKNOWN
        : Words.of("task.attempt", Math.min(task.attempt(), task.attempts()), task.attempts());
  }

  /** How far it is, or what went wrong; empty when there is nothing to say. */
  static String progress(Task task) {
    if (task.errorText() != null && task.state() != TaskState.DONE) {
      return task.errorText();
    }
    if (task.state() != TaskState.RUNNING) {
      return "";
    }
    String note = task.note() == null ? "" : task.note();
    Integer percent = task.percent();
    if (percent == null) {
      return note;
    }
    return note.isEmpty() ? percent + " %" : percent + " % · " + note;
  }

  /** The moment of {@code time} by the node's clock; null when unknown. */
  static @Nullable Long moment(@Nullable Instant time) {
    NodeInfo node = Access.view().node();
    return node == null ? null : node.moment(time);
  }
}
