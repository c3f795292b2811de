package dev.caelum.analysis;

import dev.caelum.analysis.Analysis.Share;
import dev.caelum.analysis.Analysis.State;
import dev.caelum.task.TaskError;
import dev.caelum.task.TaskRow;
import dev.caelum.task.TaskState;
import dev.caelum.work.CodeReport;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the tasks of an analysis are together. */
final class Sum {
  private Sum() {}

  /** The payloads of the chunks that a plan which is done names. */
  static List<JsonObject> planned(TaskRow plan) {
    return Analyses.objects(Analyses.json(String.valueOf(plan.result())), "chunks");
  }

  /** With the report of what is done. */
  static Analysis whole(TaskRow plan, List<TaskRow> chunks) {
    CodeReport sum = CodeReport.EMPTY;
    for (TaskRow chunk : chunks) {
      String result = chunk.result();
      if (chunk.state() == TaskState.DONE && result != null) {
        sum = sum.plus(CodeReport.read(Analyses.json(result)));
      }
    }
    return of(plan, chunks, sum.equals(CodeReport.EMPTY) ? null : sum);
  }

  /** Without a report. */
  static Analysis brief(TaskRow plan, List<TaskRow> chunks) {
    return of(plan, chunks, null);
  }

  private static Analysis of(TaskRow plan, List<TaskRow> chunks, @Nullable CodeReport report) {
    int planned = plan.state() == TaskState.DONE ? planned(plan).size() : 0;
    int done = (int) chunks.stream().filter(chunk -> chunk.state() == TaskState.DONE).count();
    List<TaskRow> all = new ArrayList<>(chunks);
    all.add(plan);
    return new Analysis(
        String.valueOf(plan.group()),
        Analyses.json(plan.spec().payload()).getString("root"),
        state(plan, chunks, planned),
        percent(chunks, planned),
        planned,
        done,
        shares(plan, chunks),
        plan.createdAt(),
        all.stream().mapToLong(TaskRow::changedAt).max().orElseThrow(),
        report,
        Stream.of(all)
            .flatMap(List::stream)
            .filter(row -> row.state() == TaskState.FAILED || row.state() == TaskState.DEAD)
            .map(Sum::problem)
            .distinct()
            .toList());
  }

  private static List<Share> shares(TaskRow plan, List<TaskRow> chunks) {
    Map<String, Share> shares = new TreeMap<>();
    String planner = plan.worker();
    if (planner != null) {
      shares.put(planner, new Share(planner, 0, 0));
    }
    for (TaskRow chunk : chunks) {
      String worker = chunk.worker();
      if (worker != null) {
        int done = chunk.state() == TaskState.DONE ? 1 : 0;
        int running = done == 0 && !chunk.state().over() ? 1 : 0;
        shares.merge(
            worker,
            new Share(worker, done, running),
            (a, b) -> new Share(worker, a.done() + b.done(), a.running() + b.running()));
      }
    }
    return List.copyOf(shares.values());
  }

  private static String problem(TaskRow row) {
    TaskError error = row.error();
    return row.id() + ": " + (error == null ? row.state().code() : error.text());
  }

  private static State state(TaskRow plan, List<TaskRow> chunks, int planned) {
    if (plan.state() == TaskState.CANCELLED) {
      return State.CANCELLED;
    }
    if (plan.state() != TaskState.DONE) {
      return plan.state().over() ? State.FAILED : State.PLANNING;
    }
    if (chunks.size() < planned || chunks.stream().anyMatch(chunk -> !chunk.state().over())) {
      return State.RUNNING;
    }
    if (chunks.stream().anyMatch(chunk -> chunk.state() == TaskState.CANCELLED)) {
      return State.CANCELLED;
    }
    return chunks.stream().allMatch(chunk -> chunk.state() == TaskState.DONE)
        ? State.DONE
        : State.FAILED;
  }

  private static int percent(List<TaskRow> chunks, int planned) {
    int sum =
        chunks.stream()
            .mapToInt(chunk -> chunk.state() == TaskState.DONE ? 100 : Math.max(0, chunk.percent()))
            .sum();
    return planned == 0 ? 0 : sum / planned;
  }
}
