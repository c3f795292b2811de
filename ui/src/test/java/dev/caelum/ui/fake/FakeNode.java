package dev.caelum.ui.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Serves what a test tells it to: a snapshot, then events; it remembers the commands it got. */
public final class FakeNode implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<BlockingQueue<String>> streams = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();
  private volatile String snapshot = FakeJson.snapshot(List.of(FakeJson.self()));
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();
  private long events;

  private record Answer(int status, String json) {}

  /** One request that asked for something to be done. */
  public record Command(String method, String path, String caller, String body) {}

  /** Listens on loopback; {@code port} 0 takes any free one. */
  public FakeNode(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/api/v1/events", this::stream);
    server.createContext("/", this::answer);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What every stream opened from now on begins with. */
  public void snapshot(String json) {
    snapshot = json;
  }

  /** What {@code cluster/connect} answers from now on. */
  public void connectAnswer(String json) {
    answer("/api/v1/cluster/connect", 200, json);
  }

  /** What {@code machines/KEY/why} answers from now on. */
  public void whyAnswer(String json) {
    answer("/why", 200, json);
  }

  /** What requests whose path ends with {@code path} answer from now on. */
  public void answer(String path, int status, String json) {
    answers.put(path, new Answer(status, json));
  }

  /** How often {@code path} was asked for. */
  public int asked(String path) {
    return asked.getOrDefault(path, 0);
  }

  /** Sends one event to every open stream. */
  public synchronized void send(String event, String json) {
    events++;
    String text = "id: fake-" + events + "\nevent: " + event + "\ndata: " + json + "\n\n";
    streams.forEach(stream -> stream.add(text));
  }

  /** How many streams are open. */
  public int streams() {
    return streams.size();
  }

  /** The next command, waiting for it up to 30 s. */
  public Command command() throws InterruptedException {
    Command command = commands.poll(30, TimeUnit.SECONDS);
    if (command == null) {
      throw new AssertionError("no command came within 30 s");
    }
    return command;
  }

  private void stream(HttpExchange exchange) throws IOException {
    BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      streams.add(queue);
      write(out, "id: fake-0\nevent: snapshot\ndata: " + snapshot + "\n\n");
      while (true) {
        String next = queue.poll(Duration.ofSeconds(2).toMillis(), TimeUnit.MILLISECONDS);
        write(out, next == null ? ": quiet\n\n" : next);
      }
    } catch (IOException e) {
      // the reader went away
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      streams.remove(queue);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String caller = exchange.getRequestHeaders().getFirst("X-Forwarded-For");
    if (!exchange.getRequestMethod().equals("GET")) {
      commands.add(
          new Command(exchange.getRequestMethod(), path, caller == null ? "" : caller, body));
    }
    String resource = exchange.getRequestURI().getPath();
    asked.merge(resource, 1, Integer::sum);
    Answer answer =
        answers.entrySet().stream()
            .filter(each -> resource.endsWith(each.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(new Answer(200, "{\"status\":\"ok\"}"));
    byte[] json = answer.json().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.status(), json.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(json);
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
