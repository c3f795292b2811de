package dev.caelum.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executors;
import picocli.CommandLine;

/** Answers like a node of docs/api.md on a loopback port, with what the test scripted. */
final class StandInNode implements AutoCloseable {
  /** What a command printed and returned. */
  record Ran(int status, String out, String err) {}

  private record Answer(int status, String type, String body) {}

  private final HttpServer server;
  private final Map<String, Queue<Answer>> answers = new HashMap<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  StandInNode() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  /** The next answers to {@code request}, for example {@code GET /node}; the last one stays. */
  StandInNode answers(String request, int status, String... bodies) {
    for (String body : bodies) {
      answer(request, new Answer(status, "application/json", body));
    }
    return this;
  }

  /** The next event streams; each ends after its text. */
  StandInNode streams(String... texts) {
    for (String text : texts) {
      answer("GET /events", new Answer(200, "text/event-stream", text));
    }
    return this;
  }

  private void answer(String request, Answer answer) {
    answers.computeIfAbsent(request, _ -> new ArrayDeque<>()).add(answer);
  }

  /** Each request as {@code METHOD path body}, and {@code Last-Event-ID} where it was sent. */
  List<String> requests() {
    return requests;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Runs {@code caelum ARGS --node URL}. */
  Ran run(String... args) {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.add("--node");
    all.add(url());
    return caelum(all.toArray(String[]::new));
  }

  /** Runs {@code caelum ARGS}. */
  static Ran caelum(String... args) {
    return run(
        Caelum.commandLine(_ -> {
          throw new StartFailed("no node in this test");
        }),
        args);
  }

  static Ran run(CommandLine command, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int status = command.execute(args);
    return new Ran(status, out.toString(), err.toString());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().toString().replaceFirst("^/api/v1", "");
      String request = exchange.getRequestMethod() + " " + path;
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String resume = exchange.getRequestHeaders().getFirst("Last-Event-ID");
      requests.add((request + " " + body + (resume == null ? "" : "after " + resume)).strip());
      Answer answer = next(request);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.sendResponseHeaders(answer.status(), 0);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(answer.body().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private synchronized Answer next(String request) {
    Queue<Answer> queue = answers.get(request);
    if (queue == null) {
      return new Answer(404, "text/html", "<h1>Not Found</h1>");
    }
    Answer answer = queue.element();
    if (queue.size() > 1) {
      queue.remove();
    }
    return answer;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
