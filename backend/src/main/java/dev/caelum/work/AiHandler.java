package dev.caelum.work;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has a model answer: {@code model}, {@code prompt}, and what else the server's {@code
 * /api/generate} takes of {@code system}, {@code options}, {@code format} and {@code keep_alive}.
 * The server speaks as Ollama does and is the configured one, never one that the payload names.
 */
final class AiHandler implements TaskHandler {
  private static final List<String> PASSED =
      List.of("model", "prompt", "system", "options", "format", "keep_alive");
  private static final int LINE = 64 * 1_024;
  private static final int ANSWER = 200 * 1_024;
  private static final Duration CONNECT = Duration.ofSeconds(3);

  private final String server;

  /**
   * @param server {@code HOST:PORT}
   */
  AiHandler(String server) {
    this.server = server;
  }

  @Override
  public String type() {
    return "ai_inference";
  }

  @Override
  public String run(TaskContext context) throws TaskFailed, InterruptedException {
    Payload payload = Payload.of(context.payload());
    payload.text("model");
    payload.text("prompt");
    JsonObjectBuilder body = Json.createObjectBuilder().add("stream", true);
    for (String key : PASSED) {
      JsonValue value = payload.object().get(key);
      if (value != null) {
        body.add(key, value);
      }
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + server + "/api/generate"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.build().toString()))
            .build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build()) {
      return answer(context, client.send(request, BodyHandlers.ofInputStream()));
    } catch (IOException e) {
      throw new TaskFailed(
          "no_model_server", "The model server at " + server + " does not answer.", true);
    }
  }

  private String answer(TaskContext context, HttpResponse<InputStream> response)
      throws IOException, TaskFailed {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      StringBuilder text = new StringBuilder();
      int parts = 0;
      for (String line = line(lines); line != null; line = line(lines)) {
        JsonObject part = object(line);
        if (response.statusCode() != 200 || part.containsKey("error")) {
          boolean ours = response.statusCode() >= 400 && response.statusCode() < 500;
          throw new TaskFailed(
              "model",
              "The model server says: " + InsideRunner.cut(part.getString("error", line), 300),
              !ours);
        }
        text.append(part.getString("response", ""));
        if (text.length() > ANSWER) {
          throw new TaskFailed("result", "The answer is longer than 200 Ki characters.", false);
        }
        context.progress(-1, ++parts + " parts, " + text.length() + " characters");
        if (part.getBoolean("done", false)) {
          return result(part, text.toString());
        }
      }
      throw new TaskFailed("model", "The model server ended before its answer did.", true);
    }
  }

  private static String result(JsonObject last, String text) {
    JsonObjectBuilder out = Json.createObjectBuilder().add("response", text);
    for (String key :
        List.of("model", "done_reason", "prompt_eval_count", "eval_count", "total_duration")) {
      JsonValue value = last.get(key);
      if (value != null) {
        out.add(key, value);
      }
    }
    return out.build().toString();
  }

  private static JsonObject object(String line) throws TaskFailed {
    try (JsonReader reader = Json.createReader(new StringReader(line))) {
      return reader.readObject();
    } catch (JsonException | IllegalStateException e) {
      throw new TaskFailed("model", "What answers there does not speak as Ollama does.", true);
    }
  }

  private static @Nullable String line(BufferedReader lines) throws IOException, TaskFailed {
    StringBuilder line = new StringBuilder();
    for (int next = lines.read(); next >= 0 && next != '\n'; next = lines.read()) {
      if (line.length() == LINE) {
        throw new TaskFailed("model", "The model server sent a line of more than 64 KiB.", true);
      }
      line.append((char) next);
    }
    return line.isEmpty() ? null : line.toString();
  }
}
