package dev.caelum.work;

import jakarta.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Calls a service of this machine over HTTP: {@code service} by name or {@code port}, {@code path},
 * {@code method} (GET), {@code body} with {@code content_type} (JSON). Only ports at which this
 * node knows a service, only loopback, and no redirection is followed.
 */
public final class HttpHandler implements TaskHandler {
  private static final int ANSWER = 128 * 1_024;
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final Duration CONNECT = Duration.ofSeconds(2);

  private final Supplier<Map<Integer, String>> services;

  /** Made with the first task, for most nodes never have one. */
  private static final class Client {
    static final HttpClient INSTANCE =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  /**
   * @param services that run on this machine: port and name
   */
  public HttpHandler(Supplier<Map<Integer, String>> services) {
    this.services = services;
  }

  @Override
  public String type() {
    return "http";
  }

  @Override
  public String run(TaskContext context) throws TaskFailed, InterruptedException {
    Payload payload = Payload.of(context.payload());
    int port = port(payload);
    String method = payload.text("method", "GET");
    if (!METHODS.contains(method)) {
      throw TaskFailed.payload("method must be one of " + String.join(", ", METHODS) + ".");
    }
    URI target = target(port, payload.text("path", "/"));
    String body = payload.textOrNull("body");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .header("X-Caelum-Task", context.task())
            .header("X-Caelum-Epoch", "" + context.epoch())
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", mediaType(payload));
    }
    try {
      return answer(Client.INSTANCE.send(request.build(), BodyHandlers.ofInputStream()));
    } catch (IOException e) {
      throw new TaskFailed(
          "no_answer", "The service at port " + port + " does not answer: " + e.getMessage(), true);
    }
  }

  private int port(Payload payload) throws TaskFailed {
    Map<Integer, String> known = services.get();
    String service = payload.textOrNull("service");
    if (service != null) {
      for (Map.Entry<Integer, String> each : known.entrySet()) {
        if (each.getValue().equals(service)) {
          return each.getKey();
        }
      }
      throw new TaskFailed("no_service", "This machine does not run " + service + " now.", true);
    }
    int port = (int) payload.whole("port", null, 1, 65_535);
    if (!known.containsKey(port)) {
      throw new TaskFailed(
          "no_service", "This node knows of no service at port " + port + " here.", true);
    }
    return port;
  }

  private static URI target(int port, String path) throws TaskFailed {
    try {
      URI target = URI.create("http://127.0.0.1:" + port + path);
      if (path.startsWith("/")
          && target.getPort() == port
          && "127.0.0.1".equals(target.getHost())) {
        return target;
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw TaskFailed.payload("path must be the path of a URL and begin with a slash.");
  }

  private static String mediaType(Payload payload) throws TaskFailed {
    String type = payload.text("content_type", "application/json");
    if (!type.matches("[\\w.+/-]{3,100}(; ?charset=[\\w-]{3,20})?")) {
      throw TaskFailed.payload("content_type must be a media type.");
    }
    return type;
  }

  private static String answer(HttpResponse<InputStream> response) throws IOException, TaskFailed {
    byte[] body;
    try (InputStream in = response.body()) {
      body = in.readNBytes(ANSWER + 1);
    }
    if (body.length > ANSWER) {
      throw new TaskFailed("result", "The answer has more than 128 KiB.", false);
    }
    return Json.createObjectBuilder()
        .add("status", response.statusCode())
        .add("content_type", response.headers().firstValue("Content-Type").orElse(""))
        .add("body", new String(body, StandardCharsets.UTF_8))
        .build()
        .toString();
  }
}
