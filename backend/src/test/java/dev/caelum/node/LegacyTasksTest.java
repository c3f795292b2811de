package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caelum.config.AcceptRule;
import dev.caelum.config.TaskConfig;
import dev.caelum.wire.MessageType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tasks and reservations between a whole node and an old one, on a real link. */
@Timeout(60)
class LegacyTasksTest {
  private static final String SERVICE = "caelum-code-analysis";

  @TempDir private Path folder;
  private NodeApplication node;
  private OldNode old;

  @BeforeEach
  void connect() throws Exception {
    node =
        LoopbackNode.start(
            folder,
            new TaskConfig(
                List.of(AcceptRule.parse("hash@127.0.0.0/8")),
                2,
                32,
                List.of(),
                TaskConfig.DEFAULT_AI,
                Map.of(),
                List.of(),
                true,
                Optional.empty(),
                Optional.empty(),
                TaskConfig.DEFAULT_ROOM_MB));
    old = new OldNode(node.port());
    Map<String, @Nullable Object> registration =
        new LinkedHashMap<>(LinkTrafficTest.registration(null));
    Map<String, @Nullable Object> machine =
        new LinkedHashMap<>(object(registration.get("machine_info")));
    Map<String, @Nullable Object> service = new LinkedHashMap<>();
    service.put("port", 8102);
    service.put("service_name", SERVICE);
    service.put("service_type", "mcp_server");
    service.put("purpose", "");
    service.put("status", "running");
    machine.put("running_services", List.of(service));
    registration.put("machine_info", machine);
    String id = old.say(MessageType.MACHINE_REGISTER, registration);
    old.hear(message -> id.equals(message.get("correlation_id")));
  }

  @AfterEach
  void close() {
    old.close();
    node.close();
  }

  @Test
  void aTaskOfAnOldNodeIsTakenOnAndItsResultTold() throws Exception {
    String id = old.say(MessageType.TASK_DISTRIBUTE, task("hash", Map.of("text", "abc")));
    Map<String, @Nullable Object> assigned = old.hear(message -> type("task_assign", message));
    assertThat(assigned).containsEntry("correlation_id", id);
    assertThat(object(assigned.get("payload")))
        .containsOnlyKeys("task_id", "status", "estimated_completion")
        .containsEntry("task_id", "w-1");

    Map<String, @Nullable Object> complete = old.hear(message -> type("task_complete", message));
    assertThat(object(complete.get("payload"))).containsEntry("task_id", "w-1");
    assertThat(String.valueOf(complete.get("payload"))).contains("hash=ba7816bf8f01cfea");
  }

  @Test
  void whatItMayNotHaveRunOrFailsIsToldWithItsReason() throws Exception {
    old.say(MessageType.TASK_DISTRIBUTE, task("echo", Map.of()));
    assertThat(failure()).isEqualTo("This node runs no echo for 127.0.0.1.");
    old.say(MessageType.TASK_DISTRIBUTE, task("data_processing", Map.of()));
    assertThat(failure()).isEqualTo("This node has no handler of data_processing.");
    old.say(MessageType.TASK_DISTRIBUTE, task("hash", Map.of()));
    assertThat(failure()).isEqualTo("Either text or bytes must be there.");
  }

  @Test
  void resourcesAreReservedForWhoMayHaveTasksRunAndReleasedByTheSame() throws Exception {
    old.say(MessageType.RESOURCE_REQUEST, Map.of("resource_request", Map.of("cpu_cores", 0.5)));
    Map<String, @Nullable Object> reserved =
        old.hear(message -> type("resource_reserved", message));
    Map<String, @Nullable Object> payload = object(reserved.get("payload"));
    assertThat(payload).containsKeys("reservation_id", "machine_id", "resources");
    assertThat(get("/resources")).contains("old node at 127.0.0.1");

    old.say(
        MessageType.RESOURCE_RELEASED,
        Map.of("reservation_id", String.valueOf(payload.get("reservation_id"))));
    await().until(() -> !get("/resources").contains("old node"));

    old.say(MessageType.RESOURCE_REQUEST, Map.of("resource_request", Map.of("cpu_cores", 4_000)));
    assertThat(String.valueOf(old.hear(message -> type("error", message)).get("payload")))
        .contains("error=refused")
        .contains("4000.0 cores");
  }

  @Test
  void anOldNodeIsGivenATaskInItsWordsAndItsResultCounts() throws Exception {
    String task = submit();
    Map<String, @Nullable Object> given = old.hear(message -> type("task_distribute", message));
    Map<String, @Nullable Object> payload = object(given.get("payload"));
    Map<String, @Nullable Object> told = object(payload.get("task"));
    assertThat(told)
        .containsOnlyKeys(
            "task_id",
            "task_type",
            "service_name",
            "source_machine",
            "assigned_machines",
            "payload",
            "priority",
            "estimated_duration",
            "created_at")
        .containsEntry("service_name", SERVICE);
    assertThat(told.get("task_id")).as("a fresh one each time").isNotEqualTo(task);
    assertThat(object(payload.get("_caelum"))).containsEntry("task", task);

    String wireId = String.valueOf(told.get("task_id"));
    old.say(MessageType.TASK_COMPLETE, Map.of("task_id", "another", "result", 1));
    old.say(MessageType.TASK_ASSIGN, Map.of("task_id", wireId, "status", "assigned"));
    await().until(() -> get("/tasks/" + task).contains("\"running\""));
    old.say(MessageType.TASK_COMPLETE, Map.of("task_id", wireId, "result", "42 lines"));
    await().until(() -> get("/tasks/" + task).contains("\"done\""));
    assertThat(get("/tasks/" + task)).contains("42 lines");
  }

  @Test
  void silenceForFiveSecondsIsARefusalAndTheNextAttemptHasAnotherId() throws Exception {
    submit();
    Object first = wireId(old.hear(message -> type("task_distribute", message)));
    Object second = wireId(old.hear(message -> type("task_distribute", message)));
    assertThat(second).isNotEqualTo(first);
  }

  private static @Nullable Object wireId(Map<String, @Nullable Object> given) {
    return object(object(given.get("payload")).get("task")).get("task_id");
  }

  private String failure() throws InterruptedException {
    Map<String, @Nullable Object> failed = old.hear(message -> type("task_failed", message));
    return String.valueOf(object(failed.get("payload")).get("error"));
  }

  private static Map<String, @Nullable Object> task(String type, Map<String, Object> payload) {
    Map<String, @Nullable Object> task = new LinkedHashMap<>();
    task.put("task_id", "w-1");
    task.put("task_type", type);
    task.put("service_name", SERVICE);
    task.put("payload", payload);
    task.put("priority", 7);
    return Map.of("task", task);
  }

  /** Once the coordinator knows the old node. */
  private String submit() {
    String body =
        "{\"type\":\"code_analysis\",\"service\":\""
            + SERVICE
            + "\",\"machines\":[\"old\"],\"queue\":true,\"payload\":{\"path\":\"/src\"}}";
    String answer = ask("POST", "/tasks", body);
    return answer.replaceAll("(?s).*?\"id\":\"(t-[0-9a-z]+)\".*", "$1");
  }

  private String get(String path) {
    return ask("GET", path, "");
  }

  private String ask(String method, String path, String body) {
    URI uri = URI.create("http://127.0.0.1:" + node.port() + "/api/v1" + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              request.method(method, BodyPublishers.ofString(body)).build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean type(String type, Map<String, @Nullable Object> message) {
    return type.equals(message.get("message_type"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> object(@Nullable Object value) {
    return (Map<String, @Nullable Object>) Objects.requireNonNull(value);
  }
}
