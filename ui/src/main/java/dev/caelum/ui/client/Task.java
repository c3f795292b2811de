package dev.caelum.ui.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One task as lists and events tell it, without payload and result.
 *
 * @param attempts how often it may be tried
 * @param failures attempts that began and failed
 * @param losses hand-outs that ended without a word
 * @param machineName where it runs, or ran last
 * @param machineLost whether that machine is gone, so that what it said last may not hold
 * @param percent null when its handler did not say
 * @param createdAt by the node's clock
 * @param changedAt by the node's clock
 */
public record Task(
    String id,
    @Nullable String group,
    String type,
    @Nullable String service,
    int priority,
    int attempts,
    long failures,
    long losses,
    TaskState state,
    @Nullable String machineName,
    boolean machineLost,
    @Nullable Integer percent,
    @Nullable String note,
    @Nullable String errorCode,
    @Nullable String errorText,
    @Nullable Instant createdAt,
    @Nullable Instant changedAt) {

  static Task read(Fields f) {
    Double percent = f.number("percent");
    Fields error = f.at("error");
    return new Task(
        f.text("id", ""),
        f.text("group"),
        f.text("type", ""),
        f.text("service"),
        (int) f.count("priority"),
        (int) f.count("attempts"),
        f.count("failures"),
        f.count("losses"),
        TaskState.of(f.text("state", "")),
        f.text("machine_name", f.text("machine", "")).isEmpty()
            ? null
            : f.text("machine_name", f.text("machine", "")),
        f.has("machine_state") && !MachineState.of(f.text("machine_state", "")).online(),
        percent == null ? null : (Integer) Math.clamp(percent.intValue(), 0, 100),
        f.text("note"),
        error.text("code"),
        error.text("text"),
        f.instant("created_at"),
        f.instant("changed_at"));
  }

  /** Which attempt runs, ran last or comes next, from 1. */
  public long attempt() {
    boolean counted = state == TaskState.FAILED || state == TaskState.DEAD;
    return Math.max(1, counted ? failures : failures + 1);
  }

  /** Whether this was written after {@code other}, of the same id. */
  public boolean newerThan(Task other) {
    return changedAt != null && other.changedAt != null && changedAt.isAfter(other.changedAt);
  }
}
