package dev.caelum.e2e.stage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Answers like a node whose cluster is one {@link Scene}; commands change nothing. */
public final class StageNode implements AutoCloseable {
  private static final int POINTS = 300;
  private static final int STEP = 15;
  private static final long QUIET_NANOS = 1_000_000_000;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Scene scene;

  public StageNode(Scene scene) throws IOException {
    this.scene = scene;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.createContext("/api/v1/events", this::stream);
    server.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Plays another scene from now on, also to those who listen already. */
  public void play(Scene next) {
    lock.lock();
    try {
      scene = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    @Nullable Scene told = null;
    try (OutputStream out = exchange.getResponseBody()) {
      for (int id = 0; ; id++) {
        Scene now = current(told);
        out.write(
            (now.equals(told)
                    ? ": quiet\n\n"
                    : "id: f00d-"
                        + id
                        + "\nevent: snapshot\ndata: "
                        + now.read("snapshot")
                        + "\n\n")
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
        told = now;
      }
    } catch (IOException | InterruptedException e) {
      // the reader went away, or the play is over
    }
  }

  /** The scene, as soon as it is another than {@code told}, or after a second. */
  private Scene current(@Nullable Scene told) throws InterruptedException {
    lock.lock();
    try {
      long left = QUIET_NANOS;
      while (scene.equals(told) && left > 0) {
        left = changed.awaitNanos(left);
      }
      return scene;
    } finally {
      lock.unlock();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    @Nullable String query = exchange.getRequestURI().getQuery();
    boolean asked = exchange.getRequestMethod().equals("GET") || path.endsWith("/why");
    @Nullable JsonObject found =
        path.startsWith("/api/v1/") && asked
            ? find(path.substring("/api/v1/".length()), query == null ? "" : query)
            : null;
    JsonObject told =
        found == null
            ? Json.createObjectBuilder().add("detail", "not in this play").build()
            : found;
    byte[] json = told.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(found == null ? 404 : 200, json.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(json);
    }
  }

  private @Nullable JsonObject find(String path, String query) {
    Scene now = scene;
    List<String> parts = List.of(path.split("/", -1));
    String last = parts.getLast();
    return switch (parts.getFirst()) {
      case "services", "ports", "settings", "about", "notifications", "resources" -> now.read(path);
      case "analysis" -> now.read("analyses");
      case "node" -> now.read("snapshot").getJsonObject("node");
      case "worker" ->
          Json.createObjectBuilder()
              .add("handlers", Json.createArrayBuilder(List.of("echo", "hash", "ai_inference")))
              .build();
      case "machines" ->
          parts.size() == 1
              ? now.read("snapshot")
              : last.equals("why") ? now.read("why") : row(now.read("snapshot"), "machines", last);
      case "tasks" ->
          parts.size() == 1
              ? tasks(now.read("tasks"), query)
              : switch (last) {
                case "why" -> now.read("placement");
                case "history" -> now.read("changes");
                default -> detail(row(now.read("tasks"), "tasks", last));
              };
      case "history" ->
          switch (last) {
            case "history" -> now.read("history");
            case "events" -> now.read("events");
            case "at" -> past(now.read("snapshot"));
            case "series" -> series(query.contains("machine="));
            default -> null;
          };
      case "events" -> now.read("events");
      default -> null;
    };
  }

  private static @Nullable JsonObject row(JsonObject from, String list, String name) {
    String key = URLDecoder.decode(name, StandardCharsets.UTF_8);
    return from.getJsonArray(list).stream()
        .map(JsonValue::asJsonObject)
        .filter(row -> row.getString("key", "").equals(key) || row.getString("id", "").equals(key))
        .findFirst()
        .orElse(null);
  }

  private static JsonObject tasks(JsonObject all, String query) {
    JsonArrayBuilder wanted = Json.createArrayBuilder();
    all.getJsonArray("tasks").stream()
        .filter(task ->
            !query.contains("state=") || query.contains(task.asJsonObject().getString("state")))
        .forEach(wanted::add);
    return Json.createObjectBuilder(all).add("tasks", wanted).build();
  }

  private static @Nullable JsonObject detail(@Nullable JsonObject task) {
    return task == null
        ? null
        : Json.createObjectBuilder(task)
            .add("payload", Json.createObjectBuilder().add("model", "tiny").add("prompt", "Hello"))
            .add("result", Json.createObjectBuilder().add("text", "Hello to you"))
            .build();
  }

  private static JsonObject past(JsonObject snapshot) {
    return Json.createObjectBuilder()
        .add("time", Scene.ago(Duration.ofMinutes(30)).toString())
        .add("machines", snapshot.getJsonArray("machines"))
        .build();
  }

  /** Waves over 75 minutes, with a gap. */
  private static JsonObject series(boolean machine) {
    JsonObjectBuilder metrics = Json.createObjectBuilder();
    List<String> names =
        machine
            ? List.of(
                "cpu_percent",
                "memory_percent",
                "disk_percent",
                "rtt_ms",
                "loss_percent",
                "link_received_kb_per_s",
                "link_sent_kb_per_s")
            : List.of(
                "machines_online",
                "machines_connected",
                "machines_offline",
                "tasks_running",
                "tasks_waiting");
    for (int i = 0; i < names.size(); i++) {
      metrics.add(
          names.get(i),
          Json.createObjectBuilder().add("unit", "").add("mean", wave(machine ? 40 : 4, i)));
    }
    String from = Scene.ago(Duration.ofSeconds((long) POINTS * STEP)).toString();
    JsonObjectBuilder recorded =
        Json.createObjectBuilder()
            .add("since", from)
            .add("until", Scene.ago(Duration.ZERO).toString());
    return Json.createObjectBuilder()
        .add("from", from)
        .add("step_s", STEP)
        .add("metrics", metrics)
        .add("recorded", Json.createArrayBuilder().add(recorded))
        .build();
  }

  private static JsonArray wave(int size, int number) {
    JsonArrayBuilder values = Json.createArrayBuilder();
    for (int i = 0; i < POINTS; i++) {
      double value = size * (1.2 + Math.sin(i / (9.0 + 4 * number)) / 2 + Math.sin(i / 3.1) / 9);
      if (i > 120 && i < 135) {
        values.addNull();
      } else {
        values.add(size > 10 ? value : Math.rint(value));
      }
    }
    return values.build();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
