package dev.caelum.coordinator;

import dev.caelum.store.StoreUnavailable;
import dev.caelum.store.TaskStore;
import dev.caelum.task.TaskAnswer;
import dev.caelum.task.TaskEffect;
import dev.caelum.task.TaskRow;
import dev.caelum.task.WorkMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the core decided and the disk has not yet; what follows from it waits until it has. */
final class Unwritten {
  private final Map<String, TaskRow> mine = new LinkedHashMap<>();
  private final Map<String, TaskRow> free = new LinkedHashMap<>();
  private final List<TaskEffect> following = new ArrayList<>();

  /**
   * Adds what the core decided; of a task the last row is written.
   *
   * @return whether tasks are among it that nobody has in memory
   */
  boolean add(List<TaskEffect> effects) {
    boolean spilled = false;
    for (TaskEffect effect : effects) {
      switch (effect) {
        case TaskEffect.Write(TaskRow row) -> mine.put(row.id(), row);
        case TaskEffect.Spill(TaskRow row) -> {
          free.put(row.id(), row);
          spilled = true;
        }
        case TaskEffect.Show _, TaskEffect.Send _, TaskEffect.Answer _ -> following.add(effect);
      }
    }
    return spilled;
  }

  /** Whether there is nothing to write. */
  boolean isWritten() {
    return mine.isEmpty() && free.isEmpty();
  }

  /**
   * Writes it in one transaction.
   *
   * @return the ids of tasks that are another coordinator's by now
   * @throws StoreUnavailable nothing was written; it waits on
   */
  Set<String> write(TaskStore store, String coordinator) throws StoreUnavailable {
    return store.write(coordinator, List.copyOf(mine.values()), List.copyOf(free.values()));
  }

  /** The rows, once they are written; they are not here any more. */
  List<TaskRow> takeRows() {
    List<TaskRow> rows = new ArrayList<>(mine.values());
    rows.addAll(free.values());
    mine.clear();
    free.clear();
    return rows;
  }

  /** What follows from the rows, once they are written; it is not here any more. */
  List<TaskEffect> takeFollowing() {
    List<TaskEffect> effects = List.copyOf(following);
    following.clear();
    return effects;
  }

  /**
   * Forgets the tasks whose submitters wait for an answer, and all that follows from them.
   *
   * @return their ids, by the tokens of the submitters, who are not answered by it
   */
  Map<Long, String> forgetSubmissions() {
    Map<Long, String> forgotten = new LinkedHashMap<>();
    for (TaskEffect effect : following) {
      if (effect instanceof TaskEffect.Answer(long token, TaskAnswer.Kept(TaskRow row))) {
        forgotten.put(token, row.id());
        mine.remove(row.id());
        free.remove(row.id());
      }
    }
    Set<String> ids = Set.copyOf(forgotten.values());
    following.removeIf(effect ->
        effect instanceof TaskEffect.Answer(long token, _) && forgotten.containsKey(token));
    following.replaceAll(effect -> without(effect, ids));
    return forgotten;
  }

  /** The same without orders for those tasks. */
  private static TaskEffect without(TaskEffect effect, Set<String> ids) {
    return effect
            instanceof
            TaskEffect.Send(String worker, WorkMessage.Assign(List<WorkMessage.Order> orders))
        ? new TaskEffect.Send(
            worker,
            new WorkMessage.Assign(
                orders.stream().filter(order -> !ids.contains(order.task())).toList()))
        : effect;
  }
}
