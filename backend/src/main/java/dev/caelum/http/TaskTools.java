package dev.caelum.http;

import dev.caelum.coordinator.TaskService;
import dev.caelum.coordinator.TaskService.Submission;
import dev.caelum.http.TaskView.WhyView;
import dev.caelum.mcp.LanTool;
import dev.caelum.store.TaskStore;
import dev.caelum.task.TaskRow;
import dev.caelum.task.TaskSpec;
import dev.caelum.task.TaskState;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an assistant may do with tasks; it runs on this machine, as local callers of the API do. */
final class TaskTools {
  private static final String LOCAL = "local";
  private static final String WAIT = "wait_s";
  private static final int MOST_WAIT_SECONDS = 60;
  private static final int USUAL_WAIT_SECONDS = 20;

  private static final String TASK =
      """
      "type":{"type":"string","description":"what to run: echo, sleep, hash, http, mcp, \
      ai_inference, code_analysis, or another handler's type"},\
      "payload":{"type":"object","description":"what the handler takes; mcp: server, tool, \
      arguments; http: service or port, path, method, body; hash: text; sleep: ms"},\
      "machines":{"type":"array","items":{"type":"string"},"description":"names, ids or keys of \
      the machines that may run it; any when left out"},\
      "not":{"type":"array","items":{"type":"string"},"description":"machines that must not"},\
      "prefer":{"type":"array","items":{"type":"string"},"description":"machines to try first"},\
      "service":{"type":"string","description":"a service that has to be ready on the machine"},\
      "labels":{"type":"object","additionalProperties":{"type":"string"},\
      "description":"labels that the machine must have"},\
      "resources":{"type":"object","properties":{"cpu_cores":{"type":"number"},\
      "memory_gb":{"type":"number"},"gpu_count":{"type":"integer"}}},\
      "priority":{"type":"integer","minimum":1,"maximum":10,"description":"10 goes first"},\
      "timeout_s":{"type":"number","description":"of one attempt; 60 unless given"},\
      "deadline_s":{"type":"number","description":"for all attempts together"},\
      "attempts":{"type":"integer","minimum":1,"description":"3 unless given"},\
      "queue":{"type":"boolean","description":"keep it although no machine can run it now"}\
      """;

  private static final String SUBMIT =
      """
      {"type":"object","properties":{%s,\
      "each":{"type":"boolean","description":"once on every machine that can run it"},\
      "key":{"type":"string","description":"the same key and task again give the first task"},\
      "wait_s":{"type":"integer","minimum":0,"maximum":60,\
      "description":"wait for the result that long; 20 unless given"}},"required":["type"]}\
      """
          .formatted(TASK);

  private static final String WHY =
      """
      {"type":"object","properties":{"id":{"type":"string","description":"a task that was \
      submitted; or describe one by the other properties"},%s}}\
      """
          .formatted(TASK);

  private static final String ID =
      """
      {"type":"object","properties":{"id":{"type":"string","description":"the task's id"}},\
      "required":["id"]}\
      """;

  private static final String SHOW =
      """
      {"type":"object","properties":{"id":{"type":"string","description":"the task's id"},\
      "wait_s":{"type":"integer","minimum":0,"maximum":60,\
      "description":"wait for its end that long; 0 unless given"}},"required":["id"]}\
      """;

  private static final String LIST =
      """
      {"type":"object","properties":{"state":{"type":"string","description":"one or more of \
      queued, leased, running, done, failed, dead, cancelled, separated by commas; all when left \
      out"},"limit":{"type":"integer","minimum":1,"maximum":1000,"description":"50 unless given"},\
      "before":{"type":"string","description":"where the last answer ended"}}}\
      """;

  private final NodePort node;
  private final TaskService tasks;

  TaskTools(NodePort node, TaskService tasks) {
    this.node = node;
    this.tasks = tasks;
  }

  /** Several tasks. */
  public record TasksView(List<TaskView> tasks) {}

  List<LanTool> all() {
    return List.of(
        ClusterTools.tool(
            "task_submit",
            "Has a task run on one machine of the cluster, or with each on all that can, and waits"
                + " for its result. When it is not over in time the answer is the task as it stands;"
                + " task_show tells the rest. When no machine can run it, nothing is kept and the"
                + " error says what would have to be so.",
            SUBMIT,
            this::submit),
        ClusterTools.tool(
            "task_show",
            "Shows a task: state, machine, progress, result or error. With wait_s it waits for its"
                + " end.",
            SHOW,
            this::show),
        ClusterTools.tool(
            "task_why",
            "Tells for each machine which requirements of a task it meets and which not, and what"
                + " would have to be so for it to run. Use it when a task waits, or before one is"
                + " submitted.",
            WHY,
            this::why),
        ClusterTools.tool(
            "task_cancel",
            "Calls a task off. What it did until then is not undone.",
            ID,
            this::cancel),
        ClusterTools.tool(
            "task_list",
            "Lists tasks, newest first, without payload and result, and counts them by state.",
            LIST,
            this::list));
  }

  private Object submit(JsonObject arguments) throws InterruptedException {
    Duration wait = wait(arguments, USUAL_WAIT_SECONDS);
    JsonObject body = without(arguments, WAIT);
    TaskService.Order order = TaskRoutes.order(body, LOCAL, null);
    if (!TaskBody.flag(body, "each")) {
      return awaited(kept(TaskRoutes.guarded(() -> tasks.submit(order))).id(), wait);
    }
    List<TaskRow> rows =
        TaskRoutes.guarded(() -> tasks.submitToEach(order)).stream().map(TaskTools::kept).toList();
    long until = System.nanoTime() + wait.toNanos();
    List<TaskView> views = new ArrayList<>();
    for (TaskRow row : rows) {
      views.add(awaited(row.id(), Duration.ofNanos(Math.max(0, until - System.nanoTime()))));
    }
    return new TasksView(views);
  }

  private static TaskRow kept(Submission submission) {
    return switch (submission) {
      case Submission.Created(TaskRow row) -> row;
      case Submission.Known(TaskRow row) -> row;
      case Submission.OtherTask _, Submission.Unplaceable _, Submission.Full _ ->
          throw TaskRoutes.problem(submission).refused();
    };
  }

  private Object show(JsonObject arguments) throws InterruptedException {
    return awaited(id(arguments), wait(arguments, 0));
  }

  private TaskView awaited(String id, Duration most) throws InterruptedException {
    return view(
        TaskRoutes.guarded(() -> tasks.await(id, most))
            .orElseThrow(() -> TaskRoutes.unknown().refused()),
        true);
  }

  private Object why(JsonObject arguments) throws InterruptedException {
    TaskSpec spec =
        arguments.containsKey("id")
            ? TaskRoutes.guarded(() -> tasks.find(id(arguments)))
                .orElseThrow(() -> TaskRoutes.unknown().refused())
                .spec()
            : TaskBody.spec(arguments);
    return WhyView.of(TaskRoutes.guarded(() -> tasks.why(spec)));
  }

  private Object cancel(JsonObject arguments) throws InterruptedException {
    String id = id(arguments);
    TaskRow row =
        TaskRoutes.guarded(() -> tasks.cancel(id, "an assistant on this machine"))
            .orElseThrow(() -> TaskRoutes.unknown().refused());
    if (row.state() != TaskState.CANCELLED) {
      throw Problem.of(409, "over", "The task is " + row.state().code() + " already.").refused();
    }
    return view(row, false);
  }

  private Object list(JsonObject arguments) throws InterruptedException {
    int limit = whole(arguments, "limit", 50, 1, 1_000);
    TaskStore.Filter filter =
        new TaskStore.Filter(
            TaskRoutes.states(TaskBody.optionalText(arguments, "state")),
            null,
            TaskBody.optionalText(arguments, "before"),
            limit);
    List<TaskRow> rows = TaskRoutes.guarded(() -> tasks.list(filter));
    Map<String, Long> counts = new LinkedHashMap<>();
    TaskRoutes.guarded(tasks::counts).forEach((state, count) -> counts.put(state.code(), count));
    return new TaskRoutes.ListView(
        rows.stream().map(row -> view(row, false)).toList(),
        counts,
        rows.size() < limit ? null : rows.getLast().id());
  }

  private TaskView view(TaskRow row, boolean whole) {
    return TaskView.of(row, node.snapshot(), whole);
  }

  private static String id(JsonObject arguments) {
    return Bodies.text(arguments, "id", 64);
  }

  private static Duration wait(JsonObject arguments, int otherwise) {
    return Duration.ofSeconds(whole(arguments, WAIT, otherwise, 0, MOST_WAIT_SECONDS));
  }

  private static int whole(JsonObject arguments, String key, int otherwise, int least, int most) {
    if (!arguments.containsKey(key)) {
      return otherwise;
    }
    if (arguments.get(key) instanceof JsonNumber number
        && number.isIntegral()
        && number.doubleValue() >= least
        && number.doubleValue() <= most) {
      return number.intValue();
    }
    throw Json.bad("%s must be %d to %d.".formatted(key, least, most)).refused();
  }

  private static JsonObject without(JsonObject object, String key) {
    JsonObjectBuilder rest = jakarta.json.Json.createObjectBuilder(object);
    return rest.remove(key).build();
  }
}
