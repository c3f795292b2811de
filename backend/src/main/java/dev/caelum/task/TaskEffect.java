package dev.caelum.task;

/** What the coordinator's core wants done: in this order, writes before all others of a batch. */
public sealed interface TaskEffect {
  /** Keep this; the last row of an id counts. */
  record Write(TaskRow row) implements TaskEffect {}

  /** Keep this new row without claiming it: there is no room in memory. */
  record Spill(TaskRow row) implements TaskEffect {}

  /** It got on without a change of state: worth showing, not keeping. */
  record Show(TaskRow row) implements TaskEffect {}

  /** Say this to a worker. */
  record Send(String worker, WorkMessage message) implements TaskEffect {}

  /** Tell the submitter, or who cancelled. */
  record Answer(long token, TaskAnswer answer) implements TaskEffect {}
}
