package dev.caelum.ui.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the node tells of one task.
 *
 * @param client who submitted it: {@code local} or an address
 * @param payload JSON text; null for visitors of other machines
 * @param result JSON text; null while there is none, and for visitors of other machines
 * @param changes what happened, oldest first
 * @param placement which machine could run it; null unless it waits for one
 */
public record TaskDetail(
    Task task,
    TaskOrder order,
    String client,
    @Nullable String key,
    @Nullable String payload,
    @Nullable String result,
    List<Change> changes,
    @Nullable Placement placement) {

  /**
   * One change of its state.
   *
   * @param at by the node's clock
   */
  public record Change(
      @Nullable Instant at,
      TaskState state,
      @Nullable String machineName,
      @Nullable String code,
      @Nullable String text) {}

  static TaskDetail read(Fields task, Fields history, @Nullable Placement placement) {
    String payload = task.json("payload");
    return new TaskDetail(
        Task.read(task),
        TaskOrder.read(task, payload),
        task.text("client", ""),
        task.text("key"),
        payload,
        task.json("result"),
        history.list("changes", TaskDetail::readChange),
        placement);
  }

  private static Change readChange(Fields f) {
    return new Change(
        f.instant("at"),
        TaskState.of(f.text("state", "")),
        f.text("machine_name"),
        f.text("code"),
        f.text("text"));
  }
}
