package dev.caelum.http;

import dev.caelum.analysis.Analyses;
import dev.caelum.analysis.Analysis;
import dev.caelum.coordinator.TaskService.Submission;
import dev.caelum.task.TaskRow;
import dev.caelum.work.CodeReport;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Analyses of code, with the keys that old scripts know. */
final class AnalysisRoutes {
  private static final String TYPE = "code_analysis";
  private static final Set<String> KEYS =
      Set.of("source_path", "analysis_type", "configuration", "target_machines");
  private static final List<TypeView> TYPES =
      List.of(
          new TypeView(
              TYPE,
              "Code analysis",
              "Files, lines and languages, hot spots and duplicates below a folder."));

  private final NodePort node;
  private final Analyses analyses;

  AnalysisRoutes(NodePort node, Analyses analyses) {
    this.node = node;
    this.analyses = analyses;
  }

  /** An analysis that has begun. */
  public record BegunView(
      String status, String sessionId, String analysisType, String sourcePath) {}

  /** One analysis; times null while it goes on. */
  public record SessionView(
      String sessionId,
      String status,
      String analysisType,
      String sourcePath,
      int completionPercentage,
      int chunksTotal,
      int chunksCompleted,
      List<String> machinesAssigned,
      List<ShareView> chunksByMachine,
      String startTime,
      @Nullable String endTime,
      double executionTime,
      @Nullable CodeReport resultsSummary,
      List<String> problems) {}

  /** What one machine, by its name, has of an analysis: chunks. */
  public record ShareView(String machine, int done, int running) {}

  /** The newest ones. */
  public record SessionsView(
      List<SessionView> activeSessions,
      int totalSessions,
      int runningSessions,
      int completedSessions) {}

  /** What can be asked for. */
  public record TypesView(List<TypeView> analysisTypes) {}

  /** One kind of analysis. */
  public record TypeView(String value, String name, String description) {}

  void register(Routes routes) {
    String base = HttpApi.BASE + "/analysis";
    routes.post(base + "/start", this::begin);
    routes.get(base + "/{id}/status", this::status);
    routes.post(base + "/{id}/cancel", this::cancel);
    routes.get(base + "/sessions", _ -> Reply.ok(sessions()));
    routes.get(base + "/types", _ -> Reply.ok(new TypesView(TYPES)));
  }

  private Reply begin(ServerRequest request) throws Exception {
    JsonObject body = Bodies.json(request);
    for (String key : body.keySet()) {
      if (!KEYS.contains(key)) {
        throw Json.bad("An analysis has no " + key + ".").refused();
      }
    }
    String type = TaskBody.optionalText(body, "analysis_type");
    if (type != null && !type.equals(TYPE)) {
      throw Json.bad("analysis_type must be " + TYPE + ".").refused();
    }
    JsonValue configuration = body.getOrDefault("configuration", JsonValue.NULL);
    if (!Set.of(JsonValue.NULL, JsonValue.EMPTY_JSON_OBJECT).contains(configuration)) {
      throw Json.bad("An analysis has no configuration; leave it out.").refused();
    }
    String root = Bodies.text(body, "source_path", 1_024);
    List<String> machines = machines(body);
    Submission plan = TaskRoutes.guarded(() -> analyses.begin(root, machines));
    return plan instanceof Submission.Created(TaskRow row)
        ? Reply.of(201, new BegunView("started", String.valueOf(row.group()), TYPE, root))
        : TaskRoutes.refusal(plan);
  }

  private static List<String> machines(JsonObject body) {
    JsonValue value = body.getOrDefault("target_machines", JsonValue.NULL);
    if (value.equals(JsonValue.NULL)) {
      return List.of();
    }
    if (value instanceof JsonArray array
        && array.size() <= 64
        && array.stream().allMatch(item -> item instanceof JsonString)) {
      return array.getValuesAs(JsonString.class).stream().map(JsonString::getString).toList();
    }
    throw Json.bad("target_machines must be at most 64 texts.").refused();
  }

  private Reply status(ServerRequest request) throws Exception {
    String id = request.path().pathParameters().get("id");
    boolean local = TaskRoutes.isLocal(request);
    return Reply.ok(
        view(existing(TaskRoutes.guarded(() -> analyses.find(id)).orElse(null)), local));
  }

  private Reply cancel(ServerRequest request) throws Exception {
    String id = request.path().pathParameters().get("id");
    String by = TaskRoutes.caller(request);
    return Reply.ok(
        view(existing(TaskRoutes.guarded(() -> analyses.cancel(id, by)).orElse(null)), true));
  }

  private static Analysis existing(@Nullable Analysis found) {
    if (found == null) {
      throw Problem.of(404, "unknown_analysis", "There is no such analysis on this machine.")
          .refused();
    }
    return Objects.requireNonNull(found);
  }

  private SessionsView sessions() throws Exception {
    List<Analysis> all = TaskRoutes.guarded(analyses::list);
    return new SessionsView(
        all.stream().map(one -> view(one, false)).toList(),
        all.size(),
        (int) all.stream().filter(one -> !one.state().over()).count(),
        (int) all.stream().filter(one -> one.state() == Analysis.State.DONE).count());
  }

  private SessionView view(Analysis one, boolean whole) {
    List<ShareView> shares =
        one.shares().stream()
            .map(share ->
                new ShareView(
                    Words.machine(node.snapshot(), share.machine()), share.done(), share.running()))
            .toList();
    boolean over = one.state().over();
    long end = over ? one.changedAt() : System.currentTimeMillis();
    return new SessionView(
        one.id(),
        one.state().name().toLowerCase(Locale.ROOT),
        TYPE,
        one.root(),
        one.percent(),
        one.chunks(),
        one.done(),
        shares.stream().map(ShareView::machine).toList(),
        shares,
        Instant.ofEpochMilli(one.startedAt()).toString(),
        over ? Instant.ofEpochMilli(one.changedAt()).toString() : null,
        Math.max(0, end - one.startedAt()) / 1e3,
        whole ? one.report() : null,
        one.problems());
  }
}
