package dev.caelum.task;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What matters of a task for choosing its machine: tasks of one shape fit the same machines. */
record Shape(
    String type,
    @Nullable String service,
    List<String> machines,
    List<String> not,
    List<String> prefer,
    Map<String, String> labels,
    ResourceNeed need) {
  static Shape of(TaskSpec spec) {
    return new Shape(
        spec.type(),
        spec.service(),
        spec.machines(),
        spec.not(),
        spec.prefer(),
        spec.labels(),
        spec.need());
  }
}
