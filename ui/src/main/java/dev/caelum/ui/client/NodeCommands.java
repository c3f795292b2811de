package dev.caelum.ui.client;

import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
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

/**
 * The node's commands, each given in the name of the browser at {@code caller}, so that the node
 * judges that browser's rights. Every method blocks until the node answered.
 */
public final class NodeCommands {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final HttpResponse.BodyHandler<String> AS_TEXT =
      HttpResponse.BodyHandlers.ofString();

  private final HttpClient http;
  private final URI node;

  public NodeCommands(HttpClient http, URI node) {
    this.http = http;
    this.node = node;
  }

  /**
   * How the node took a command.
   *
   * @param code from the dictionary of connection failures; {@code node_lost} when it did not
   *     answer
   * @param text what happened, for people; empty on success without a message
   */
  public record Answer(
      boolean success, @Nullable String code, String text, @Nullable String hint) {}

  /** Starts a discovery, or joins the running one. */
  public Answer discover(String caller) {
    return send(caller, "POST", "/api/v1/cluster/discover?wait=false", "");
  }

  /** Ends the running discovery. */
  public Answer stopDiscovery(String caller) {
    return send(caller, "DELETE", "/api/v1/cluster/discover", "");
  }

  /** Dials {@code host:port}. */
  public Answer connect(String caller, String host, int port) {
    String body =
        JsonProvider.provider()
            .createObjectBuilder()
            .add("host", host)
            .add("port", port)
            .build()
            .toString();
    return send(caller, "POST", "/api/v1/cluster/connect", body);
  }

  /** Why the machine {@code key} is in its state; null when the node does not say. */
  public @Nullable Why why(String caller, String key) {
    String path = "/api/v1/machines/" + URLEncoder.encode(key, StandardCharsets.UTF_8) + "/why";
    try {
      HttpResponse<String> response = http.send(request(caller, "GET", path, ""), AS_TEXT);
      return response.statusCode() == 200 ? Why.read(Fields.parse(response.body())) : null;
    } catch (IOException | JsonException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private HttpRequest request(String caller, String method, String path, String body) {
    return HttpRequest.newBuilder(node.resolve(path))
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .header("X-Forwarded-For", caller)
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
        .build();
  }

  private Answer send(String caller, String method, String path, String body) {
    try {
      HttpResponse<String> response = http.send(request(caller, method, path, body), AS_TEXT);
      return answer(response.statusCode(), response.body());
    } catch (IOException e) {
      return new Answer(false, "node_lost", "", null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(false, "node_lost", "", null);
    }
  }

  private static Answer answer(int status, String body) {
    Fields f;
    try {
      f = Fields.parse(body);
    } catch (JsonException e) {
      return new Answer(status < 300, status < 300 ? null : "http_" + status, "", null);
    }
    boolean success = status < 300 && (!f.has("success") || f.flag("success"));
    String text = f.text("message", f.text("detail", f.text("title", "")));
    return new Answer(success, f.text("code"), text, f.text("hint"));
  }
}
