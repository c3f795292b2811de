package dev.caelum.e2e.bench;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Submits tasks to the node of its own machine, whatever happens to it meanwhile, waits until all
 * are over and counts how they ended. Arguments: the node, how many, and a word that their keys
 * begin with. Every task has a key, so that a batch whose answer was lost is submitted again.
 */
public final class TaskLoad {
  private static final int LEAST_MILLIS = 5;
  private static final int MOST_MILLIS = 50;
  private static final int BATCH = 200;
  private static final int PAGE = 1_000;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI node;
  private final int count;
  private final String word;
  private final Random random = new Random(1);

  private TaskLoad(String[] args) {
    node = URI.create(args[0]);
    count = Integer.parseInt(args[1]);
    word = args[2];
  }

  public static void main(String[] args) throws Exception {
    new TaskLoad(args).run();
  }

  private void run() throws InterruptedException {
    long start = System.nanoTime();
    for (int from = 0; from < count; from += BATCH) {
      submit(from, Math.min(count, from + BATCH));
    }
    tell("submitted", start);
    while (open() > 0) {
      LockSupport.parkNanos(200_000_000);
    }
    tell("drained", start);
    count();
  }

  private static void tell(String what, long start) {
    System.out.printf("%s %d%n", what, (System.nanoTime() - start) / 1_000_000);
  }

  private void submit(int from, int to) throws InterruptedException {
    JsonArrayBuilder tasks = Json.createArrayBuilder();
    for (int i = from; i < to; i++) {
      tasks.add(
          Json.createObjectBuilder()
              .add("type", "sleep")
              .add("queue", true)
              .add("attempts", 10)
              .add("key", word + "-" + i)
              .add(
                  "payload",
                  Json.createObjectBuilder()
                      .add("ms", LEAST_MILLIS + random.nextInt(MOST_MILLIS - LEAST_MILLIS + 1))));
    }
    String body = Json.createObjectBuilder().add("tasks", tasks).build().toString();
    Set<Integer> statuses = new HashSet<>();
    do {
      statuses.clear();
      JsonObject answer = ask("/api/v1/tasks", body);
      for (JsonValue result : answer.getJsonArray("tasks")) {
        statuses.add(result.asJsonObject().getInt("status"));
      }
    } while (!Set.of(200, 201).containsAll(statuses));
  }

  private long open() throws InterruptedException {
    JsonObject counts = ask("/api/v1/tasks?limit=1", "").getJsonObject("counts");
    return 0L
        + counts.getInt("queued", 0)
        + counts.getInt("leased", 0)
        + counts.getInt("running", 0);
  }

  private void count() throws InterruptedException {
    Map<String, Integer> states = new HashMap<>();
    Set<String> keys = new HashSet<>();
    String before = "";
    int twice = 0;
    do {
      JsonObject page = ask("/api/v1/tasks?limit=" + PAGE + before, "");
      for (JsonValue value : page.getJsonArray("tasks")) {
        JsonObject task = value.asJsonObject();
        twice += keys.add(task.getString("key")) ? 0 : 1;
        states.merge(task.getString("state"), 1, Integer::sum);
      }
      before = page.isNull("before") ? "" : "&before=" + page.getString("before");
    } while (!before.isEmpty());
    System.out.printf("keys %d twice %d states %s%n", keys.size(), twice, states);
  }

  /** Asks until the node answers well: it is killed now and then. */
  private JsonObject ask(String path, String body) throws InterruptedException {
    while (true) {
      try {
        HttpRequest.Builder request =
            HttpRequest.newBuilder(node.resolve(path)).timeout(Duration.ofSeconds(20));
        if (!body.isEmpty()) {
          request
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body));
        }
        HttpResponse<String> response =
            client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() < 300) {
          try (var reader = Json.createReader(new StringReader(response.body()))) {
            return reader.readObject();
          }
        }
      } catch (IOException e) {
        // It is away; what was submitted in vain is submitted again under the same keys.
      }
      LockSupport.parkNanos(200_000_000);
    }
  }
}
