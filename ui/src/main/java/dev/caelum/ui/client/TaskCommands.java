package dev.caelum.ui.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions and commands about tasks; see {@link NodeCommands}. */
public final class TaskCommands {
  private static final String TASKS = "/api/v1/tasks";
  private static final String RESOURCES = "/api/v1/resources";
  private static final String ANALYSES = "/api/v1/analysis";

  /** In whose name the dashboard reads for all its pages: its own. */
  private static final String NOBODY = "";

  private final NodeHttp http;

  TaskCommands(NodeHttp http) {
    this.http = http;
  }

  /**
   * What became of a submission.
   *
   * @param ids the tasks that were taken on; several when it is for each machine
   * @param problem null when at least one was
   * @param placement which machine lacks what, when none could run it
   */
  public record Submitted(
      List<String> ids, @Nullable Answer problem, @Nullable Placement placement) {}

  /** Submits {@code order}, whose payload must be JSON. */
  public Submitted submit(String caller, TaskOrder order) {
    NodeHttp.Reply reply = http.send(caller, "POST", TASKS, order.json());
    if (reply == null) {
      return new Submitted(List.of(), Answer.NODE_LOST, null);
    }
    Fields f = reply.fields();
    if (reply.status() >= 300) {
      return new Submitted(
          List.of(), reply.answer(), f.has("why") ? Placement.read(f.at("why")) : null);
    }
    List<String> each = f.list("tasks", one -> one.at("task").text("id", ""));
    List<String> ids = each.stream().filter(id -> !id.isEmpty()).toList();
    return new Submitted(f.has("id") ? List.of(f.text("id", "")) : ids, null, null);
  }

  /** Which machines could run {@code order}; null when the node does not say. */
  public @Nullable Placement placement(String caller, TaskOrder order) {
    NodeHttp.Reply reply = http.send(caller, "POST", TASKS + "/why", order.json());
    return reply == null || reply.status() != 200 ? null : Placement.read(reply.fields());
  }

  /** All about the task {@code id}; null when the node does not say. */
  public @Nullable TaskDetail detail(String caller, String id) {
    String path = TASKS + "/" + NodeHttp.segment(id);
    Fields task = http.get(caller, path);
    if (task == null) {
      return null;
    }
    Fields history = http.get(caller, path + "/history");
    boolean waits = TaskState.of(task.text("state", "")) == TaskState.QUEUED;
    Fields why = waits ? http.get(caller, path + "/why") : null;
    return TaskDetail.read(
        task, history == null ? Fields.NONE : history, why == null ? null : Placement.read(why));
  }

  /** Calls a task off. */
  public Answer cancel(String caller, String id) {
    return http.command(caller, "POST", TASKS + "/" + NodeHttp.segment(id) + "/cancel", "");
  }

  /** What is reserved, and what is analysed; null when the node does not say. */
  public @Nullable Work work() {
    Fields resources = http.get(NOBODY, RESOURCES);
    Fields sessions = resources == null ? null : http.get(NOBODY, ANALYSES + "/sessions");
    return resources == null || sessions == null ? null : Work.read(resources, sessions);
  }

  /** Gives a reservation back. */
  public Answer release(String caller, String id) {
    return http.command(caller, "DELETE", RESOURCES + "/reservations/" + NodeHttp.segment(id), "");
  }

  /** Calls all tasks of an analysis off. */
  public Answer cancelAnalysis(String caller, String id) {
    return http.command(caller, "POST", ANALYSES + "/" + NodeHttp.segment(id) + "/cancel", "");
  }

  /** Runs a task that is over again. */
  public Answer retry(String caller, String id) {
    return http.command(caller, "POST", TASKS + "/" + NodeHttp.segment(id) + "/retry", "");
  }

  /** The types of tasks that the node's own machine runs. */
  public List<String> handlers(String caller) {
    Fields worker = http.get(caller, "/api/v1/worker");
    return worker == null ? List.of() : worker.texts("handlers");
  }

  /**
   * The newest tasks.
   *
   * @param states the API's words, separated by commas; empty for all
   * @param before where the last page ended; empty for the first
   * @return null when the node does not say
   */
  public @Nullable TaskPage page(String states, String before, int limit) {
    String path =
        TASKS
            + "?limit="
            + limit
            + (states.isEmpty() ? "" : "&state=" + states)
            + (before.isEmpty() ? "" : "&before=" + NodeHttp.segment(before));
    Fields answer = http.get(NOBODY, path);
    return answer == null ? null : TaskPage.read(answer);
  }
}
