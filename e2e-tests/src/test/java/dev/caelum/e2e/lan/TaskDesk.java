package dev.caelum.e2e.lan;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The tasks of one node, asked for on its own machine. */
public final class TaskDesk {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final Writer questions;

  /** An answer: the status, 0 when the node could not be asked, and the JSON object. */
  public record Answer(int status, JsonObject body) {}

  /** Opens a desk on the machine of {@code node}. */
  public TaskDesk(NodeProcess node) throws IOException {
    Child child =
        node.host()
            .start(
                "errands",
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx32m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "-cp",
                    Path.of(
                            URI.create(
                                Errands.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toString()))
                        .toString(),
                    Errands.class.getName()),
                answers::add);
    questions = child.process().outputWriter(StandardCharsets.UTF_8);
  }

  /** Asks what {@code path} below {@code /api/v1} answers; an empty body is none. */
  synchronized Answer ask(String method, String path, String body)
      throws IOException, InterruptedException {
    questions.write(method + " /api/v1" + path + " " + body + "\n");
    questions.flush();
    String answer = answers.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    if (answer == null) {
      throw new AssertionError("no answer to " + method + " " + path);
    }
    int space = answer.indexOf(' ');
    String text = answer.substring(space + 1);
    JsonObject object = JsonValue.EMPTY_JSON_OBJECT;
    if (text.startsWith("{")) {
      try (var reader = Json.createReader(new StringReader(text))) {
        object = reader.readObject();
      }
    }
    return new Answer(Integer.parseInt(answer.substring(0, space)), object);
  }

  Answer submit(String task) throws IOException, InterruptedException {
    return ask("POST", "/tasks", task);
  }

  /** Submits a task that must be taken; returns its id. */
  public String submitted(String task) throws IOException, InterruptedException {
    Answer answer = submit(task);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    return answer.body().getString("id");
  }

  JsonObject task(String id) throws IOException, InterruptedException {
    return ask("GET", "/tasks/" + id, "").body();
  }

  /** Waits until the task is in one of these states. */
  public JsonObject await(String id, Duration limit, String... states) throws Exception {
    return Eventually.get(
        limit, () -> task(id), task -> Set.of(states).contains(task.getString("state", "")));
  }

  /** The states that the task was in, the oldest first. */
  List<String> states(String id) throws IOException, InterruptedException {
    return changes(id).stream().map(change -> change.getString("state")).toList();
  }

  List<JsonObject> changes(String id) throws IOException, InterruptedException {
    return ask("GET", "/tasks/" + id + "/history", "")
        .body()
        .getJsonArray("changes")
        .getValuesAs(JsonObject.class);
  }

  /** How many tasks are in that state. */
  long count(String state) throws IOException, InterruptedException {
    JsonObject body = ask("GET", "/tasks?limit=1", "").body();
    return body.isEmpty() ? -1 : body.getJsonObject("counts").getInt(state, 0);
  }
}
