package dev.caelum.ui.state;

import dev.caelum.ui.client.Task;
import dev.caelum.ui.client.TaskState;
import java.util.List;
import java.util.Map;

/**
 * The tasks that are shown, newest first, and how many there are of each state, shown or not.
 *
 * @param counts by the API's word for the state
 */
public record TaskList(List<Task> tasks, Map<String, Long> counts) {
  /** How many there are in {@code state}. */
  public long count(TaskState state) {
    return counts.getOrDefault(state.word(), 0L);
  }
}
