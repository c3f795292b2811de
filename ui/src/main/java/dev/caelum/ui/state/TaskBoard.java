package dev.caelum.ui.state;

import dev.caelum.ui.client.Task;
import dev.caelum.ui.client.TaskPage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The newest tasks, from pages read and events heard; not safe for several threads. */
final class TaskBoard {
  /**
   * Those that are over leave first, the oldest of them; all are in the node's store and can be
   * asked for.
   */
  private static final int MOST = 1_000;

  /** Ids sort by the time of submission. */
  private final TreeMap<String, Task> tasks = new TreeMap<>();

  private Map<String, Long> counts = Map.of();
  private @Nullable TaskList list;

  /** Takes over what {@code page} tells, where nothing newer is known. */
  void read(TaskPage page) {
    page.tasks().forEach(this::put);
    counts = page.counts();
    list = new TaskList(newestFirst(), counts);
  }

  /** Takes over changed tasks; before the first page nothing is shown. */
  void change(List<Task> changed) {
    changed.forEach(this::put);
    if (list != null) {
      list = new TaskList(newestFirst(), counts);
    }
  }

  /** Forgets everything: the node began anew. */
  void clear() {
    tasks.clear();
    list = null;
  }

  /** Null until the first page was read. */
  @Nullable TaskList list() {
    return list;
  }

  private void put(Task task) {
    Task known = tasks.get(task.id());
    if (known == null || !known.newerThan(task)) {
      tasks.put(task.id(), task);
    }
    if (tasks.size() > MOST) {
      tasks.remove(leaving());
    }
  }

  private String leaving() {
    for (Task task : tasks.values()) {
      if (task.state().over()) {
        return task.id();
      }
    }
    return tasks.firstKey();
  }

  private List<Task> newestFirst() {
    return List.copyOf(tasks.descendingMap().values());
  }
}
