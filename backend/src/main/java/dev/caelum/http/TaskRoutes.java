package dev.caelum.http;

import dev.caelum.coordinator.TaskService;
import dev.caelum.coordinator.TaskService.Submission;
import dev.caelum.http.TaskView.ChangeView;
import dev.caelum.http.TaskView.WhyView;
import dev.caelum.store.StoreUnavailable;
import dev.caelum.store.TaskStore;
import dev.caelum.task.TaskRow;
import dev.caelum.task.TaskSpec;
import dev.caelum.task.TaskState;
import dev.caelum.task.Why;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tasks: submitting, looking, calling off, running again. */
final class TaskRoutes {
  private static final String TASKS = HttpApi.BASE + "/tasks";
  private static final int BATCH = 500;
  private static final int MOST_WAIT_SECONDS = 60;

  /** Payloads and results are shown to nobody else. */
  private static final String LOCAL = "local";

  private final NodePort node;
  private final TaskService tasks;

  TaskRoutes(NodePort node, TaskService tasks) {
    this.node = node;
    this.tasks = tasks;
  }

  /** Several tasks, newest first. */
  public record ListView(List<TaskView> tasks, Map<String, Long> counts, @Nullable String before) {}

  /** What became of several submissions, in their order. */
  public record BatchView(List<ResultView> tasks) {}

  /** What became of one: the task, or why not. */
  public record ResultView(
      int status, @Nullable TaskView task, @Nullable Problem problem, @Nullable WhyView why) {}

  /** What happened to a task. */
  public record HistoryView(String id, List<ChangeView> changes) {}

  void register(Routes routes) {
    routes.post(TASKS, this::submit);
    routes.get(TASKS, this::list);
    routes.post(TASKS + "/why", request -> Reply.ok(why(Bodies.json(request))));
    routes.get(TASKS + "/{id}", request -> Reply.ok(view(awaited(request), isLocal(request))));
    routes.get(TASKS + "/{id}/why", this::why);
    routes.get(TASKS + "/{id}/history", this::history);
    routes.post(TASKS + "/{id}/cancel", this::cancel);
    routes.post(TASKS + "/{id}/retry", this::retry);
  }

  // ---- submitting ----

  private Reply submit(ServerRequest request) throws Exception {
    JsonObject body = Bodies.json(request, ListenerLimits.TASK_BODY);
    String client = client(request);
    String key = request.headers().first(HeaderNames.create("Idempotency-Key")).orElse(null);
    if (body.get("tasks") instanceof JsonArray several) {
      return Reply.ok(batch(several, client));
    }
    TaskService.Order order = order(body, client, key);
    if (TaskBody.flag(body, "each")) {
      List<Submission> each = guarded(() -> tasks.submitToEach(order));
      return reply(each.stream().map(this::result).toList());
    }
    Submission one = guarded(() -> tasks.submit(order));
    return switch (one) {
      case Submission.Created(TaskRow row) -> Reply.of(201, kept(request, row));
      case Submission.Known(TaskRow row) -> Reply.ok(kept(request, row));
      case Submission.OtherTask _, Submission.Unplaceable _, Submission.Full _ -> refusal(one);
    };
  }

  /** The task that was taken on: at once, or with its result when the caller waits for that. */
  private TaskView kept(ServerRequest request, TaskRow row) throws Exception {
    int seconds = patience(request);
    return seconds == 0
        ? view(row, false)
        : view(
            guarded(() -> tasks.await(row.id(), Duration.ofSeconds(seconds))).orElse(row),
            isLocal(request));
  }

  private static int patience(ServerRequest request) {
    return Bodies.number(request, "wait_s", 0, 0, MOST_WAIT_SECONDS);
  }

  private static Reply reply(List<ResultView> results) {
    ResultView first = results.getFirst();
    Problem problem = first.problem();
    return results.size() == 1 && problem != null
        ? refusal(problem, first.why())
        : Reply.of(201, new BatchView(results));
  }

  /** Why a task was not kept. */
  static Reply refusal(Submission refused) {
    Problem problem = problem(refused);
    WhyView why = refused instanceof Submission.Unplaceable(Why table) ? WhyView.of(table) : null;
    return refusal(problem, why);
  }

  /** The problem's own keys, and the table beside them when there is one. */
  private static Reply refusal(Problem problem, @Nullable WhyView why) {
    if (why == null) {
      throw problem.refused();
    }
    return new Reply(problem.status(), Reply.PROBLEM, WhyProblem.of(problem, why));
  }

  private BatchView batch(JsonArray several, String client) throws Exception {
    if (several.isEmpty() || several.size() > BATCH) {
      throw Json.bad("tasks must be 1 to " + BATCH + " tasks.").refused();
    }
    List<TaskService.Order> orders = new ArrayList<>(several.size());
    for (JsonValue item : several) {
      if (!(item instanceof JsonObject object) || TaskBody.flag(object, "each")) {
        throw Json.bad("tasks must be tasks, none of them for each machine.").refused();
      }
      orders.add(order(object, client, null));
    }
    return new BatchView(guarded(() -> tasks.submit(orders)).stream().map(this::result).toList());
  }

  static TaskService.Order order(JsonObject body, String client, @Nullable String header) {
    String key = header != null ? header.strip() : TaskBody.optionalText(body, "key");
    if (key != null && (key.isEmpty() || key.length() > 128)) {
      throw Json.bad("Idempotency-Key has 1 to 128 characters.").refused();
    }
    return new TaskService.Order(TaskBody.spec(body), client, key);
  }

  private ResultView result(Submission submission) {
    return switch (submission) {
      case Submission.Created(TaskRow row) -> new ResultView(201, view(row, false), null, null);
      case Submission.Known(TaskRow row) -> new ResultView(200, view(row, false), null, null);
      case Submission.Unplaceable(Why why) ->
          new ResultView(422, null, problem(submission), WhyView.of(why));
      case Submission.OtherTask _, Submission.Full _ ->
          new ResultView(problem(submission).status(), null, problem(submission), null);
    };
  }

  /** Why a submission was not kept. */
  static Problem problem(Submission refused) {
    return switch (refused) {
      case Submission.OtherTask(TaskRow row) ->
          Problem.of(409, "key_used", "This key was used for another task, " + row.id() + ".");
      case Submission.Unplaceable(Why why) ->
          Problem.of(422, "unplaceable", "No machine can run it. " + why.wouldRunIf())
              .hint("Ask again with \"queue\": true to keep it until one can.");
      case Submission.Full(long waiting) ->
          Problem.of(429, "queue_full", waiting + " tasks wait already.").retryAfter(1);
      case Submission.Created _, Submission.Known _ -> throw new AssertionError(refused);
    };
  }

  /** A problem with the table of machines. */
  public record WhyProblem(
      String type,
      String title,
      int status,
      String detail,
      String error,
      String code,
      @Nullable String hint,
      WhyView why) {
    static WhyProblem of(Problem problem, WhyView why) {
      return new WhyProblem(
          problem.type(),
          problem.title(),
          problem.status(),
          problem.detail(),
          problem.error(),
          problem.code(),
          problem.hint(),
          why);
    }
  }

  static String client(ServerRequest request) {
    AccessRules.Caller caller = request.context().get(AccessRules.Caller.class).orElseThrow();
    return caller.local() ? LOCAL : caller.source();
  }

  /** Whether the caller is on this machine: others see neither payloads nor results. */
  static boolean isLocal(ServerRequest request) {
    return client(request).equals(LOCAL);
  }

  /** Who calls, for people. */
  static String caller(ServerRequest request) {
    return isLocal(request) ? "somebody on this machine" : client(request);
  }

  // ---- looking ----

  private Reply list(ServerRequest request) throws Exception {
    int limit = Bodies.number(request, "limit", 100, 1, 1_000);
    TaskStore.Filter filter =
        new TaskStore.Filter(
            states(Bodies.parameter(request, "state")),
            Bodies.parameter(request, "group"),
            Bodies.parameter(request, "before"),
            limit);
    List<TaskRow> rows = guarded(() -> tasks.list(filter));
    Map<String, Long> counts = new LinkedHashMap<>();
    guarded(tasks::counts).forEach((state, count) -> counts.put(state.code(), count));
    return Reply.ok(
        new ListView(
            rows.stream().map(row -> view(row, false)).toList(),
            counts,
            rows.size() < limit ? null : rows.getLast().id()));
  }

  /** A list of states as one word after the other. */
  static Set<TaskState> states(@Nullable String list) {
    Set<TaskState> states = EnumSet.noneOf(TaskState.class);
    if (list != null) {
      for (String word : list.split(",", -1)) {
        try {
          states.add(TaskState.of(word.strip()));
        } catch (IllegalArgumentException e) {
          throw Bodies.badParameter(
                  "state", "a list of queued, leased, running, done, failed, dead, cancelled")
              .refused();
        }
      }
    }
    return states;
  }

  private WhyView why(JsonObject body) throws Exception {
    TaskSpec spec = TaskBody.spec(body);
    return WhyView.of(guarded(() -> tasks.why(spec)));
  }

  private Reply why(ServerRequest request) throws Exception {
    TaskSpec spec = existing(request).spec();
    return Reply.ok(WhyView.of(guarded(() -> tasks.why(spec))));
  }

  private Reply history(ServerRequest request) throws Exception {
    String id = existing(request).id();
    List<TaskStore.Change> changes = guarded(() -> tasks.history(id));
    return Reply.ok(
        new HistoryView(
            id, changes.stream().map(change -> ChangeView.of(change, this::name)).toList()));
  }

  // ---- changing ----

  private Reply cancel(ServerRequest request) throws Exception {
    String id = id(request);
    TaskRow row =
        guarded(() -> tasks.cancel(id, caller(request))).orElseThrow(() -> unknown().refused());
    if (row.state() != TaskState.CANCELLED) {
      throw Problem.of(409, "over", "The task is " + row.state().code() + " already.").refused();
    }
    return Reply.ok(view(row, false));
  }

  private Reply retry(ServerRequest request) throws Exception {
    TaskRow before = existing(request);
    return Reply.ok(
        view(
            guarded(() -> tasks.retry(before.id()))
                .orElseThrow(() ->
                    Problem.of(
                            409,
                            "not_over",
                            "The task is " + before.state().code() + "; it is not over.")
                        .refused()),
            false));
  }

  // ---- common ----

  private TaskRow existing(ServerRequest request) throws Exception {
    String id = id(request);
    return guarded(() -> tasks.find(id)).orElseThrow(() -> unknown().refused());
  }

  private TaskRow awaited(ServerRequest request) throws Exception {
    String id = id(request);
    Duration most = Duration.ofSeconds(patience(request));
    return guarded(() -> tasks.await(id, most)).orElseThrow(() -> unknown().refused());
  }

  private static String id(ServerRequest request) {
    return request.path().pathParameters().get("id");
  }

  static Problem unknown() {
    return Problem.of(404, "unknown_task", "There is no such task on this machine.");
  }

  private TaskView view(TaskRow row, boolean whole) {
    return TaskView.of(row, node.snapshot(), whole);
  }

  private String name(String key) {
    return Words.machine(node.snapshot(), key);
  }

  interface Work<T> {
    T run() throws StoreUnavailable, InterruptedException;
  }

  /** A store that cannot be used is a 503 with its own words. */
  static <T> T guarded(Work<T> work) throws InterruptedException {
    try {
      return work.run();
    } catch (StoreUnavailable e) {
      throw Problem.of(503, "store_unavailable", String.valueOf(e.getMessage()))
          .retryAfter(2)
          .refused();
    }
  }
}
