package dev.caelum.e2e.bench;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Times empty tasks that the node of this machine gives to machines: one after the other, then many
 * under way at once. Arguments: the node, how many, and the machines, comma-separated. Prints what
 * the peers' programs print: {@code TRIP P50 P99} in microseconds, {@code RATE TASKS-A-SECOND}.
 */
public final class WorkLoad {
  private static final HttpResponse.BodyHandler<String> TEXT = HttpResponse.BodyHandlers.ofString();
  private static final int WARM = 4_000;
  private static final int ALONE = 1_000;
  private static final int BATCH = 500;
  private static final int BATCHES_UNDER_WAY = 2;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI node;
  private final List<String> machines;

  private WorkLoad(URI node, List<String> machines) {
    this.node = node;
    this.machines = machines;
  }

  public static void main(String[] args) throws Exception {
    WorkLoad load = new WorkLoad(URI.create(args[0]), List.of(args[2].split(",", -1)));
    load.together(WARM);
    load.alone(WARM);
    long[] trips = load.alone(ALONE);
    System.out.printf("TRIP %d %d%n", trips[ALONE / 2] / 1_000, trips[ALONE * 99 / 100] / 1_000);
    long start = System.nanoTime();
    int count = Integer.parseInt(args[1]);
    load.together(count);
    System.out.printf("RATE %d%n", count * 1_000_000_000L / (System.nanoTime() - start));
  }

  /** How long each took, in nanoseconds, the shortest first. */
  private long[] alone(int count) throws IOException, InterruptedException {
    String body = task().build().toString();
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      JsonObject done = read(client.send(post("?wait_s=10", body), TEXT));
      nanos[i] = System.nanoTime() - start;
      if (!done.getString("state").equals("done")) {
        throw new IllegalStateException(done.toString());
      }
    }
    Arrays.sort(nanos);
    return nanos;
  }

  private void together(int count) throws InterruptedException, IOException {
    Deque<CompletableFuture<HttpResponse<String>>> underWay = new ArrayDeque<>();
    for (int from = 0; from < count; from += BATCH) {
      JsonArrayBuilder tasks = Json.createArrayBuilder();
      for (int i = from; i < Math.min(count, from + BATCH); i++) {
        tasks.add(task());
      }
      String body = Json.createObjectBuilder().add("tasks", tasks).build().toString();
      if (underWay.size() == BATCHES_UNDER_WAY) {
        read(underWay.remove().join());
      }
      underWay.add(client.sendAsync(post("", body), TEXT));
    }
    for (CompletableFuture<HttpResponse<String>> batch : underWay) {
      read(batch.join());
    }
    while (open() > 0) {
      LockSupport.parkNanos(20_000_000);
    }
  }

  private JsonObjectBuilder task() {
    return Json.createObjectBuilder()
        .add("type", "echo")
        .add("queue", true)
        .add("machines", Json.createArrayBuilder(machines));
  }

  private long open() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(node.resolve("/api/v1/tasks?limit=1")).build();
    JsonObject counts = read(client.send(request, TEXT)).getJsonObject("counts");
    return 0L
        + counts.getInt("queued", 0)
        + counts.getInt("leased", 0)
        + counts.getInt("running", 0);
  }

  private HttpRequest post(String query, String body) {
    return HttpRequest.newBuilder(node.resolve("/api/v1/tasks" + query))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static JsonObject read(HttpResponse<String> response) {
    if (response.statusCode() > 201) {
      throw new IllegalStateException(response.statusCode() + " " + response.body());
    }
    try (var reader = Json.createReader(new StringReader(response.body()))) {
      return reader.readObject();
    }
  }
}
