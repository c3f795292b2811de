package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.caelum.config.ConfigInputs;
import dev.caelum.config.ConfigKey;
import dev.caelum.config.ConfigLoader;
import dev.caelum.config.Configuration;
import dev.caelum.config.SettingsFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Settings of a real node, changed while it runs. */
@Timeout(60)
class SettingsOfNodeTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir private Path data;
  @TempDir private Path other;

  @AfterEach
  void stop() {
    client.shutdownNow();
  }

  @Test
  void whatIsChangedWorksAtOnceIsOnDiskAndIsToldToTheWebhook() throws Exception {
    List<String> posted = new CopyOnWriteArrayList<>();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    Configuration started = LoopbackNode.configuration(LoopbackNode.config(data, 0, freePort()));
    try (RunningNode node = RunningNode.start(started, OptionalInt.empty())) {
      assertThat(get(node, "/history").statusCode()).isEqualTo(404);
      NodeApplication peer = LoopbackNode.start(other);
      HttpResponse<String> changed =
          put(
              node,
              "{\"history-days\": 3, \"known\": \"127.0.0.1:%d\", \"beacon-port\": 8282, \"webhook-url\": \"http://127.0.0.1:%d/h\"}"
                  .formatted(peer.port(), receiver.getAddress().getPort()));
      assertThat(changed.body()).contains("Given by option --beacon-port");
      changed =
          put(
              node,
              "{\"history-days\": 3, \"known\": \"127.0.0.1:%d\", \"task-slots\": 2, \"webhook-url\": \"http://127.0.0.1:%d/h\"}"
                  .formatted(peer.port(), receiver.getAddress().getPort()));
      assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
      assertThat(Files.readString(data.resolve(SettingsFile.NAME)))
          .contains("history-days=3\n", "task-slots=2\n");
      await().atMost(SOON).until(() -> get(node, "/history").body().contains("\"days\":3"));
      await()
          .atMost(SOON)
          .until(() -> get(node, "/machines").body().contains("\"online_machines\":2"));
      HttpResponse<String> test = send(node, "POST", "/webhook/test", null);
      assertThat(test.body()).contains("\"success\":true");

      peer.close();
      await().atMost(SOON).until(() -> posted.size() >= 2);
      assertThat(posted.get(1)).contains("\"code\":\"machine_left\"", " left the cluster.");
      assertThat(get(node, "/notifications").body()).contains("\"machine_left\"");

      assertThat(put(node, "{\"history-days\": 0}").statusCode()).isEqualTo(200);
      assertThat(get(node, "/history").statusCode()).isEqualTo(404);
    } finally {
      receiver.stop(0);
    }
    Configuration again =
        ConfigLoader.load(
            new ConfigInputs(
                Map.of(ConfigKey.DATA, data.toString()), Optional.empty(), Map.of(), Map.of()),
            false);
    assertThat(again.node().tasks().slots()).isEqualTo(2);
    assertThat(again.setting(ConfigKey.TASK_SLOTS).where())
        .isEqualTo("changed, file " + data.resolve(SettingsFile.NAME));
  }

  private static int freePort() {
    return LoopbackNode.freeUdpPort();
  }

  private HttpResponse<String> get(RunningNode node, String path) throws Exception {
    return send(node, "GET", path, null);
  }

  private HttpResponse<String> put(RunningNode node, String settings) throws Exception {
    return send(node, "PUT", "/settings", "{\"settings\":" + settings + "}");
  }

  private HttpResponse<String> send(
      RunningNode node, String method, String path, @org.jspecify.annotations.Nullable String body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/api/v1" + path))
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
