package dev.caelum.ui.client;

import jakarta.json.JsonException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks the node's API; every method blocks until the node answered. */
final class NodeHttp {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final HttpResponse.BodyHandler<String> AS_TEXT =
      HttpResponse.BodyHandlers.ofString();

  private final HttpClient http;
  private final URI node;

  NodeHttp(HttpClient http, URI node) {
    this.http = http;
    this.node = node;
  }

  /**
   * What the node answered.
   *
   * @param fields an empty object when the body is none
   */
  record Reply(int status, Fields fields, boolean readable) {
    /** How the node took a command. */
    Answer answer() {
      if (!readable) {
        return new Answer(status < 300, status < 300 ? null : "http_" + status, "", null);
      }
      boolean success = status < 300 && (!fields.has("success") || fields.flag("success"));
      String text = fields.text("message", fields.text("detail", fields.text("title", "")));
      return new Answer(success, fields.text("code"), text, fields.text("hint"));
    }
  }

  /** Sends a request in the name of {@code caller}; null when the node does not answer. */
  @Nullable Reply send(String caller, String method, String path, String body) {
    try {
      HttpResponse<String> response = http.send(request(caller, method, path, body), AS_TEXT);
      return read(response.statusCode(), response.body());
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** How the node took a command in the name of {@code caller}. */
  Answer command(String caller, String method, String path, String body) {
    Reply reply = send(caller, method, path, body);
    return reply == null ? Answer.NODE_LOST : reply.answer();
  }

  /** What GET {@code path} answers; null unless it is 200 with an object. */
  @Nullable Fields get(String caller, String path) {
    Reply reply = send(caller, "GET", path, "");
    return reply != null && reply.status() == 200 && reply.readable() ? reply.fields() : null;
  }

  /** One segment of a path. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Reply read(int status, String body) {
    try {
      return new Reply(status, Fields.parse(body), true);
    } catch (JsonException e) {
      return new Reply(status, Fields.NONE, false);
    }
  }

  private HttpRequest request(String caller, String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(node.resolve(path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!caller.isEmpty()) {
      request.header("X-Forwarded-For", caller);
    }
    return request.build();
  }
}
