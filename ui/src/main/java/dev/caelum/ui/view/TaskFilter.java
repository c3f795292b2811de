package dev.caelum.ui.view;

import dev.caelum.ui.client.Task;
import dev.caelum.ui.client.TaskState;
import dev.caelum.ui.state.TaskList;
import java.util.Comparator;
import java.util.Locale;

/** The tabs of Tasks; a task that was handed out waits until its machine says that it began. */
enum TaskFilter {
  ALL,
  QUEUED,
  RUNNING,
  DONE,
  FAILED,
  DEAD,
  CANCELLED;

  /** What runs first, then what waits, then what is over, the newest first. */
  private static final Comparator<Task> BY_STATE =
      Comparator.<Task, Boolean>comparing(task -> task.state() != TaskState.RUNNING)
          .thenComparing(task -> task.state() != TaskState.LEASED)
          .thenComparing(task -> task.state().over())
          .thenComparing(Task::id, Comparator.reverseOrder());

  /** As they will run. */
  private static final Comparator<Task> BY_TURN =
      Comparator.<Task, Boolean>comparing(task -> task.state() != TaskState.LEASED)
          .thenComparing(Task::priority, Comparator.reverseOrder())
          .thenComparing(Task::id);

  /** Whether {@code task} is shown under this tab. */
  boolean takes(Task task) {
    return switch (this) {
      case ALL -> true;
      case QUEUED -> task.state() == TaskState.QUEUED || task.state() == TaskState.LEASED;
      case RUNNING, DONE, FAILED, DEAD, CANCELLED -> task.state() == state();
    };
  }

  private TaskState state() {
    return TaskState.valueOf(name());
  }

  /** How many tasks there are, shown or not. */
  long count(TaskList tasks) {
    return switch (this) {
      case ALL -> tasks.counts().values().stream().mapToLong(Long::longValue).sum();
      case QUEUED -> tasks.count(TaskState.QUEUED) + tasks.count(TaskState.LEASED);
      case RUNNING, DONE, FAILED, DEAD, CANCELLED -> tasks.count(state());
    };
  }

  Comparator<Task> order() {
    return this == QUEUED ? BY_TURN : BY_STATE;
  }

  /** The API's words for its states, separated by commas; empty for all. */
  String states() {
    return switch (this) {
      case ALL -> "";
      case QUEUED -> "queued,leased";
      case RUNNING, DONE, FAILED, DEAD, CANCELLED -> word();
    };
  }

  /** The word in URLs and test ids. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The tab called {@code word}; {@link #ALL} when there is none. */
  static TaskFilter of(String word) {
    for (TaskFilter filter : values()) {
      if (filter.word().equals(word)) {
        return filter;
      }
    }
    return ALL;
  }
}
