package dev.caelum.http;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.store.TaskStore;
import dev.caelum.task.ResourceNeed;
import dev.caelum.task.TaskError;
import dev.caelum.task.TaskRow;
import dev.caelum.task.TaskSpec;
import dev.caelum.task.Why;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The Task object of the API. What is unknown is null. */
public record TaskView(
    String id,
    @Nullable String group,
    String type,
    @Nullable String service,
    List<String> machines,
    List<String> not,
    List<String> prefer,
    Map<String, String> labels,
    NeedView resources,
    int priority,
    double timeoutS,
    double deadlineS,
    int attempts,
    boolean queue,
    String client,
    @Nullable String key,
    String state,
    long epoch,
    int failures,
    int losses,
    @Nullable String machine,
    @Nullable String machineName,
    @Nullable String machineState,
    @Nullable Integer percent,
    @Nullable String note,
    @Nullable ErrorView error,
    String createdAt,
    String changedAt,
    @Nullable JsonValue payload,
    @Nullable JsonValue result) {

  /** What it takes of a machine. */
  public record NeedView(double cpuCores, double memoryGb, int gpuCount) {
    static NeedView of(ResourceNeed need) {
      return new NeedView(need.cores(), need.memoryGib(), need.gpus());
    }
  }

  /** Why it failed last. */
  public record ErrorView(String code, String text) {}

  /** Which machine could run a task, and what the others lack. */
  public record WhyView(boolean possible, String wouldRunIf, List<WhyRow> machines) {
    static WhyView of(Why why) {
      return new WhyView(
          why.possible(), why.wouldRunIf(), why.machines().stream().map(WhyRow::of).toList());
    }
  }

  /** One machine. */
  public record WhyRow(
      String key, String name, boolean possible, boolean free, List<CheckView> checks) {
    static WhyRow of(Why.Row row) {
      return new WhyRow(
          row.key(),
          row.name(),
          row.possible(),
          row.free(),
          row.checks().stream().map(CheckView::of).toList());
    }
  }

  /** One requirement. */
  public record CheckView(String requirement, String verdict, String detail) {
    static CheckView of(Why.Check check) {
      return new CheckView(
          check.requirement(), check.verdict().name().toLowerCase(Locale.ROOT), check.detail());
    }
  }

  /** One change. */
  public record ChangeView(
      String at,
      String state,
      long epoch,
      @Nullable String machine,
      @Nullable String machineName,
      @Nullable String code,
      @Nullable String text) {
    static ChangeView of(TaskStore.Change change, UnaryOperator<String> names) {
      String worker = change.worker();
      return new ChangeView(
          Instant.ofEpochMilli(change.at()).toString(),
          change.state().code(),
          change.epoch(),
          worker,
          worker == null ? null : names.apply(worker),
          change.errorCode(),
          change.text());
    }
  }

  /**
   * The view of a task.
   *
   * @param table names the machine, and says how it is
   * @param whole with payload and result
   */
  static TaskView of(TaskRow row, ClusterSnapshot table, boolean whole) {
    TaskSpec spec = row.spec();
    TaskError error = row.error();
    String worker = row.worker();
    String result = row.result();
    return new TaskView(
        row.id(),
        row.group(),
        spec.type(),
        spec.service(),
        spec.machines(),
        spec.not(),
        spec.prefer(),
        spec.labels(),
        NeedView.of(spec.need()),
        spec.priority(),
        spec.timeoutMillis() / 1e3,
        spec.deadlineMillis() / 1e3,
        spec.attempts(),
        spec.patient(),
        row.client(),
        row.key(),
        row.state().code(),
        row.epoch(),
        row.failures(),
        row.losses(),
        worker,
        worker == null ? null : Words.machine(table, worker),
        worker == null ? null : Words.machineState(table, worker),
        row.percent() < 0 ? null : row.percent(),
        row.note(),
        error == null ? null : new ErrorView(error.code(), error.text()),
        Instant.ofEpochMilli(row.createdAt()).toString(),
        Instant.ofEpochMilli(row.changedAt()).toString(),
        whole ? Json.value(spec.payload()) : null,
        whole && result != null ? Json.value(result) : null);
  }
}
