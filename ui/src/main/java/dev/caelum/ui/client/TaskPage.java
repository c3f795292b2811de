package dev.caelum.ui.client;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some tasks, newest first, and how many there are in each state.
 *
 * @param counts by the API's word for the state
 * @param before where the next page goes on; null at the end
 */
public record TaskPage(List<Task> tasks, Map<String, Long> counts, @Nullable String before) {

  static TaskPage read(Fields f) {
    return new TaskPage(f.list("tasks", Task::read), f.counts("counts"), f.text("before"));
  }
}
