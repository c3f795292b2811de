package dev.caelum.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks over the API: a real coordinator and store, one machine that echoes. */
class TaskRoutesTest {
  private static final String TASKS = "/api/v1/tasks";
  private static final String ECHO = "{\"type\":\"echo\",\"payload\":{\"text\":\"hello\"}}";
  private final TestNode node = new TestNode();

  @AfterEach
  void stop() {
    node.close();
  }

  private static JsonObject json(HttpResponse<String> response) {
    return Json.createReader(new StringReader(response.body())).readObject();
  }

  private JsonObject submit(String body) {
    HttpResponse<String> response = node.post(TASKS, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return json(response);
  }

  private JsonObject task(String id) {
    return json(node.get(TASKS + "/" + id));
  }

  private static void problem(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(json(response).getString("code")).isEqualTo(code);
  }

  @Test
  void aSubmittedTaskIsDoneWithItsResult() {
    String id = submit(ECHO).getString("id");
    await().until(() -> task(id).getString("state").equals("done"));
    assertThat(task(id).getJsonObject("result").getString("text")).isEqualTo("hello");
    problem(node.post(TASKS + "/" + id + "/cancel", "{}"), 409, "over");
    assertThat(task(id).getJsonObject("payload").getString("text")).isEqualTo("hello");
    assertThat(json(node.get(TASKS + "/" + id + "/history")).getJsonArray("changes"))
        .extracting(change -> change.asJsonObject().getString("state"))
        .endsWith("done");
  }

  @Test
  void whoWaitsGetsTheResultWithTheAnswer() {
    JsonObject done = json(node.post(TASKS + "?wait_s=30", ECHO));
    assertThat(done.getString("state")).isEqualTo("done");
    assertThat(done.getJsonObject("result").getString("text")).isEqualTo("hello");
    problem(node.post(TASKS + "?wait_s=61", ECHO), 400, "bad_parameter");
  }

  @Test
  void whoWaitsForATaskIsToldOfItsEnd() {
    String id = submit("{\"type\":\"dig\",\"queue\":true}").getString("id");
    CompletableFuture<HttpResponse<String>> end =
        CompletableFuture.supplyAsync(() -> node.get(TASKS + "/" + id + "?wait_s=30"));
    node.post(TASKS + "/" + id + "/cancel", "{}");
    assertThat(json(end.join()).getString("state")).isEqualTo("cancelled");
  }

  @Test
  void whoWaitedLongEnoughGetsTheTaskAsItIs() {
    JsonObject still = json(node.post(TASKS + "?wait_s=1", "{\"type\":\"dig\",\"queue\":true}"));
    assertThat(still.getString("state")).isEqualTo("queued");
  }

  @Test
  void callersOnOtherMachinesSeeNeitherPayloadNorResultAndChangeNothing() {
    String id = submit(ECHO).getString("id");
    String from = "X-Forwarded-For";
    JsonObject seen = json(node.get(TASKS + "/" + id, from, "192.168.7.9"));
    assertThat(seen.isNull("payload")).isTrue();
    assertThat(seen.isNull("result")).isTrue();
    problem(node.post(TASKS, ECHO, from, "192.168.7.9"), 403, "local_only");
    problem(node.post(TASKS + "/" + id + "/cancel", "{}", from, "192.168.7.9"), 403, "local_only");
  }

  @Test
  void oneKeyIsOneTask() {
    String key = "Idempotency-Key";
    String id = json(node.post(TASKS, ECHO, key, "k1")).getString("id");
    HttpResponse<String> again = node.post(TASKS, ECHO, key, "k1");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(json(again).getString("id")).isEqualTo(id);
    problem(node.post(TASKS, "{\"type\":\"echo\"}", key, "k1"), 409, "key_used");
  }

  @Test
  void whatNobodyCanRunIsRefusedWithTheTableAndKeptOnlyWhenAsked() {
    HttpResponse<String> refused = node.post(TASKS, "{\"type\":\"dig\"}");
    problem(refused, 422, "unplaceable");
    JsonObject why = json(refused).getJsonObject("why");
    assertThat(why.getString("would_run_if"))
        .isEqualTo("It would run on alpha if it had a handler for dig.");
    assertThat(json(node.get(TASKS)).getJsonArray("tasks")).isEmpty();
    JsonObject kept = submit("{\"type\":\"dig\",\"queue\":true}");
    assertThat(kept.getString("state")).isEqualTo("queued");
    assertThat(json(node.get(TASKS + "/" + kept.getString("id") + "/why")).getBoolean("possible"))
        .isFalse();
    assertThat(json(node.post(TASKS + "/why", "{\"type\":\"echo\"}")).getBoolean("possible"))
        .isTrue();
  }

  @Test
  void aTaskIsCalledOffOnceAndRunAgain() {
    String id = submit("{\"type\":\"dig\",\"queue\":true}").getString("id");
    problem(node.post(TASKS + "/" + id + "/retry", "{}"), 409, "not_over");
    assertThat(json(node.post(TASKS + "/" + id + "/cancel", "{}")).getString("state"))
        .isEqualTo("cancelled");
    assertThat(node.post(TASKS + "/" + id + "/cancel", "{}").statusCode()).isEqualTo(200);
    assertThat(json(node.post(TASKS + "/" + id + "/retry", "{}")).getString("state"))
        .isEqualTo("queued");
    problem(node.post(TASKS + "/t-nothing/cancel", "{}"), 404, "unknown_task");
  }

  @Test
  void manyTasksShareARequestEachWithItsOwnAnswer() {
    JsonObject answer =
        json(node.post(TASKS, "{\"tasks\":[" + ECHO + ",{\"type\":\"dig\"}," + ECHO + "]}"));
    assertThat(answer.getJsonArray("tasks"))
        .extracting(result -> result.asJsonObject().getInt("status"))
        .containsExactly(201, 422, 201);
    await().until(() -> json(node.get(TASKS + "?state=done")).getJsonArray("tasks").size() == 2);
  }

  @Test
  void listsGoOnWhereTheLastPageEnded() {
    for (int i = 0; i < 5; i++) {
      submit(ECHO);
    }
    JsonObject first = json(node.get(TASKS + "?limit=3"));
    JsonObject second = json(node.get(TASKS + "?limit=3&before=" + first.getString("before")));
    assertThat(first.getJsonArray("tasks")).hasSize(3);
    assertThat(second.getJsonArray("tasks")).hasSize(2);
    assertThat(second.isNull("before")).isTrue();
    assertThat(ids(first))
        .doesNotContainAnyElementsOf(ids(second))
        .isSortedAccordingTo(Comparator.reverseOrder());
  }

  private static List<String> ids(JsonObject page) {
    return page.getJsonArray("tasks").stream()
        .map(task -> task.asJsonObject().getString("id"))
        .toList();
  }

  @Test
  void aTaskForEachMachineIsAGroup() {
    JsonObject answer = json(node.post(TASKS, "{\"type\":\"echo\",\"each\":true}"));
    JsonObject task = answer.getJsonArray("tasks").getJsonObject(0).getJsonObject("task");
    assertThat(task.getJsonArray("machines").getString(0)).isEqualTo(TestTasks.MACHINE);
    assertThat(json(node.get(TASKS + "?group=" + task.getString("group"))).getJsonArray("tasks"))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}| type must be",
        "{\"type\":\"Echo me\"}| type must be",
        "{\"type\":\"echo\",\"prio\":1}| A task has no prio",
        "{\"type\":\"echo\",\"priority\":11}| priority must be 1 to 10",
        "{\"type\":\"echo\",\"priority\":\"high\"}| priority must be a number",
        "{\"type\":\"echo\",\"timeout_s\":0}| timeout must be",
        "{\"type\":\"echo\",\"attempts\":99}| attempts must be",
        "{\"type\":\"echo\",\"machines\":7}| machines must be",
        "{\"type\":\"echo\",\"labels\":{\"a\":1}}| labels must be",
        "{\"type\":\"echo\",\"resources\":{\"cpu_cores\":-1}}| resources are",
        "{\"type\":\"echo\",\"each\":\"yes\"}| each must be true",
        "{\"tasks\":[]}| tasks must be 1 to 500"
      })
  void aWrongValueIsRefusedByName(String body, String words) {
    HttpResponse<String> response = node.post(TASKS, body);
    problem(response, 400, "bad_body");
    assertThat(json(response).getString("detail")).startsWith(words);
  }

  @Test
  void moreThanMayWaitAreRefusedUntilSomeAreOver() {
    String patient = "{\"type\":\"echo\",\"machines\":\"beta\",\"queue\":true}";
    String last = "";
    for (int batch = 0; batch < 2; batch++) {
      String many = String.join(",", Collections.nCopies(TestTasks.WAITING / 2, patient));
      last =
          json(node.post(TASKS, "{\"tasks\":[" + many + "]}"))
              .getJsonArray("tasks")
              .getJsonObject(0)
              .getJsonObject("task")
              .getString("id");
    }
    HttpResponse<String> refused = node.post(TASKS, patient);
    problem(refused, 429, "queue_full");
    assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    assertThat(json(refused).getString("detail")).startsWith(TestTasks.WAITING + " tasks wait");
    String two = "{\"tasks\":[" + patient + "," + patient + "]}";
    assertThat(json(node.post(TASKS, two)).getJsonArray("tasks"))
        .extracting(result -> result.asJsonObject().getInt("status"))
        .containsExactly(429, 429);
    problem(node.post(TASKS, "{\"type\":\"echo\",\"each\":true}"), 429, "queue_full");

    node.post(TASKS + "/" + last + "/cancel", "{}");
    submit(patient);
    problem(node.post(TASKS, patient), 429, "queue_full");
  }

  @Test
  void aPayloadOfOneMebibyteIsTooLarge() {
    String text = "x".repeat(1 << 20);
    assertThat(node.post(TASKS, "{\"type\":\"echo\",\"payload\":\"" + text + "\"}").statusCode())
        .isEqualTo(413);
    String large = "x".repeat(300_000);
    problem(
        node.post(TASKS, "{\"type\":\"echo\",\"payload\":\"" + large + "\"}"), 413, "too_large");
  }

  @Test
  void oldScriptsSubmitAndLook() {
    node.tasks.answering = false;
    JsonObject answer =
        json(
            node.post(
                "/api/v1/cluster/task/distribute",
                "{\"task_type\":\"echo\",\"payload\":{},\"priority\":7,\"estimated_duration\":3}"));
    assertThat(answer.getString("status")).isEqualTo("task_distributed");
    JsonObject pending =
        json(node.get("/api/v1/cluster/tasks")).getJsonArray("pending_tasks").getJsonObject(0);
    assertThat(pending.getString("task_id")).isEqualTo(answer.getString("task_id"));
    assertThat(pending.getInt("priority")).isEqualTo(7);
  }

  @Test
  void changesReachReadersOfEvents() throws IOException {
    try (SseReader events = new SseReader(node.server.port(), "", 0)) {
      String id = submit(ECHO).getString("id");
      SseReader.Event event = events.next();
      while (!(event.name().equals("tasks")
          && event.data().contains(id)
          && event.data().contains("\"done\""))) {
        event = events.next();
      }
      assertThat(event.data()).contains("\"more\":false").doesNotContain("hello");
    }
  }
}
