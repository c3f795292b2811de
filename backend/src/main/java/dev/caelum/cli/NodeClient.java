package dev.caelum.cli;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Asks a running node through its public API. Uses {@link HttpURLConnection}, for it starts faster
 * than {@code java.net.http}, and a command lives for one question.
 */
final class NodeClient {
  private static final int CONNECT_MILLIS = 3_000;
  private static final int GET_MILLIS = 10_000;

  /** Longer than the longest dial that the node makes for {@code cluster/connect}. */
  private static final int POST_MILLIS = 30_000;

  private static final int MAX_ANSWER_BYTES = 64 << 20;
  private final URI node;

  /** {@code node}: scheme, host and port, no path. */
  NodeClient(URI node) {
    this.node = node;
  }

  /** The answer to a GET of {@code path} below {@code /api/v1}. */
  JsonObject get(String path) throws NotReachable, ApiRefused {
    return ask("GET", path, null);
  }

  /** The answer to a POST of {@code body}. */
  JsonObject post(String path, JsonObject body) throws NotReachable, ApiRefused {
    return ask("POST", path, body);
  }

  /** The answer to a PUT of {@code body}. */
  JsonObject put(String path, JsonObject body) throws NotReachable, ApiRefused {
    return ask("PUT", path, body);
  }

  /** The answer to a DELETE of {@code path}. */
  JsonObject delete(String path) throws NotReachable, ApiRefused {
    return ask("DELETE", path, null);
  }

  /**
   * Opens the event stream.
   *
   * @param lastId where to go on; null for a new stream
   * @param silenceMillis a longer silence ends the stream with an error
   * @return the raw stream; the caller closes it
   */
  InputStream events(@Nullable String lastId, int silenceMillis) throws NotReachable, ApiRefused {
    try {
      HttpURLConnection connection = open("/events", silenceMillis);
      connection.setRequestProperty("Accept", "text/event-stream");
      if (lastId != null) {
        connection.setRequestProperty("Last-Event-ID", lastId);
      }
      if (connection.getResponseCode() == HttpURLConnection.HTTP_OK) {
        return connection.getInputStream();
      }
      throw refusal(connection.getResponseCode(), body(connection));
    } catch (IOException e) {
      throw notReachable(e);
    }
  }

  private JsonObject ask(String method, String path, @Nullable JsonObject body)
      throws NotReachable, ApiRefused {
    try {
      HttpURLConnection connection = open(path, body == null ? GET_MILLIS : POST_MILLIS);
      connection.setRequestMethod(method);
      connection.setRequestProperty("Accept", "application/json");
      if (body != null) {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        // A body of known length is never sent a second time when the connection breaks.
        connection.setFixedLengthStreamingMode(bytes.length);
        connection.getOutputStream().write(bytes);
      }
      int status = connection.getResponseCode();
      JsonObject answer = body(connection);
      if (status / 100 == 2) {
        return answer;
      }
      throw refusal(status, answer);
    } catch (IOException e) {
      throw notReachable(e);
    }
  }

  private HttpURLConnection open(String path, int readMillis) throws IOException {
    URI uri = node.resolve("/api/v1" + path);
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(readMillis);
    connection.setInstanceFollowRedirects(false);
    return connection;
  }

  private JsonObject body(HttpURLConnection connection) throws IOException, NotReachable {
    InputStream stream =
        connection.getResponseCode() < 400
            ? connection.getInputStream()
            : connection.getErrorStream();
    byte[] bytes = new byte[0];
    if (stream != null) {
      try (stream) {
        bytes = stream.readNBytes(MAX_ANSWER_BYTES);
      }
    }
    try {
      return JsonText.parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (JsonException e) {
      throw new NotReachable(
          node
              + " answers, but not as a Caelum node (HTTP "
              + connection.getResponseCode()
              + "). Name the node's address with --node");
    }
  }

  private static ApiRefused refusal(int status, JsonObject problem) {
    String detail = JsonText.text(problem, "detail");
    String title = JsonText.text(problem, "title");
    String code = JsonText.text(problem, "code");
    return new ApiRefused(
        detail != null ? detail : title != null ? title : "The node refused the request",
        code != null ? code : "HTTP " + status,
        JsonText.text(problem, "hint"),
        problem);
  }

  private NotReachable notReachable(IOException error) {
    String reason =
        switch (error) {
          case UnknownHostException _ -> "the name cannot be resolved";
          case SocketTimeoutException _ -> "no answer in time";
          case ConnectException _ -> "connection refused";
          default -> String.valueOf(error.getMessage());
        };
    return new NotReachable(
        "No Caelum node answers at "
            + node
            + " ("
            + reason
            + "). Start one with ./caelum beacon, or name another with --node");
  }
}
