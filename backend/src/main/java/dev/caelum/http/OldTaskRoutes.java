package dev.caelum.http;

import dev.caelum.coordinator.TaskService;
import dev.caelum.coordinator.TaskService.Submission;
import dev.caelum.store.TaskStore;
import dev.caelum.task.TaskRow;
import dev.caelum.task.TaskState;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tasks as old scripts know them. */
final class OldTaskRoutes {
  private static final int LIMIT = 1_000;
  private static final Map<String, String> KEYS =
      Map.of(
          "task_type",
          "type",
          "service_name",
          "service",
          "assigned_machines",
          "machines",
          "payload",
          "payload",
          "priority",
          "priority");

  private final NodePort node;
  private final TaskService tasks;

  OldTaskRoutes(NodePort node, TaskService tasks) {
    this.node = node;
    this.tasks = tasks;
  }

  /** What waits or runs. */
  public record TasksView(List<PendingView> pendingTasks, List<Object> resourceReservations) {}

  /** One task that is not over. */
  public record PendingView(
      String taskId,
      String taskType,
      @Nullable String serviceName,
      String sourceMachine,
      List<String> assignedMachines,
      int priority,
      double estimatedDuration,
      String createdAt) {}

  /** A task that was taken on. */
  public record DistributedView(String status, String taskId, int recipients) {}

  void register(Routes routes) {
    routes.get(HttpApi.BASE + "/cluster/tasks", request -> Reply.ok(pending()));
    routes.post(HttpApi.BASE + "/cluster/task/distribute", this::distribute);
  }

  private TasksView pending() throws Exception {
    TaskStore.Filter open =
        new TaskStore.Filter(
            Set.of(TaskState.QUEUED, TaskState.LEASED, TaskState.RUNNING), null, null, LIMIT);
    String self = node.status().machineId();
    return new TasksView(
        TaskRoutes.guarded(() -> tasks.list(open)).stream().map(row -> view(row, self)).toList(),
        List.of());
  }

  private static PendingView view(TaskRow row, String self) {
    String worker = row.worker();
    return new PendingView(
        row.id(),
        row.spec().type(),
        row.spec().service(),
        self,
        worker == null ? row.spec().machines() : List.of(worker),
        row.spec().priority(),
        row.spec().timeoutMillis() / 1e3,
        Instant.ofEpochMilli(row.createdAt()).toString());
  }

  private Reply distribute(ServerRequest request) throws Exception {
    JsonObject old = Bodies.json(request, ListenerLimits.TASK_BODY);
    JsonObjectBuilder body = JsonProvider.provider().createObjectBuilder();
    KEYS.forEach((from, to) -> {
      if (!old.getOrDefault(from, JsonValue.NULL).equals(JsonValue.NULL)) {
        body.add(to, old.get(from));
      }
    });
    TaskService.Order order = TaskRoutes.order(body.build(), TaskRoutes.client(request), null);
    Submission done = TaskRoutes.guarded(() -> tasks.submit(order));
    return done instanceof Submission.Created(TaskRow row)
        ? Reply.ok(new DistributedView("task_distributed", row.id(), 1))
        : TaskRoutes.refusal(done);
  }
}
