package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caelum.config.NodeConfig.HostPort;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The past of a real node, by its API. */
@Timeout(60)
class HistoryOfNodeTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private NodeApplication node;

  @BeforeEach
  void start() throws Exception {
    node = LoopbackNode.startWithHistory(folder);
    await().atMost(SOON).until(() -> get("/history").statusCode() == 200);
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    node.close();
  }

  @Test
  void aNodeTellsWhatItSaw() throws Exception {
    await().atMost(SOON).until(() -> !object("/history/at").getJsonArray("machines").isEmpty());
    JsonObject about = object("/history");
    assertThat(about.getBoolean("recording")).isTrue();
    assertThat(about.getInt("days")).isEqualTo(30);
    assertThat(about.getInt("step_s")).isEqualTo(15);
    String self = about.getJsonArray("machines").getJsonObject(0).getString("machine_id");

    JsonObject then = object("/history/at").getJsonArray("machines").getJsonObject(0);
    JsonObject now = object("/machines").getJsonArray("machines").getJsonObject(0);
    assertThat(then.keySet()).isEqualTo(now.keySet());
    assertThat(then.getString("machine_id")).isEqualTo(self);
    assertThat(then.getInt("last_seen_seconds")).isZero();

    JsonObject cluster = object("/history/series?from=1h").getJsonObject("metrics");
    assertThat(last(cluster, "machines_online")).isEqualTo("1");
    assertThat(last(cluster, "tasks_waiting")).isEqualTo("0");
    assertThat(object("/history/series?machine=" + self).getJsonObject("metrics"))
        .containsKeys("cpu_percent", "memory_percent", "rtt_ms");
    assertThat(get("/history/series?format=csv&from=1m").body())
        .startsWith("time,machines_online,machines_offline,");
  }

  @Test
  void eventsAreThereAfterARestart(@TempDir Path other) throws Exception {
    try (NodeApplication _ = LoopbackNode.start(other, new HostPort("127.0.0.1", node.port()))) {
      await().atMost(SOON).until(() -> get("/history/events").body().contains("\"level\""));
    }
    Instant restart = Instant.now();
    node.close();
    node = LoopbackNode.startWithHistory(folder);
    await().atMost(SOON).until(() -> get("/history").statusCode() == 200);
    JsonArray before =
        object("/history/events?until=" + restart + "&limit=1000").getJsonArray("events");
    assertThat(before).isNotEmpty();
    assertThat(get("/history/events?format=csv&level=info").body())
        .startsWith("time,level,category,text,key,code\r\n20");
    assertThat(get("/history/events?format=jsonl&limit=2").body().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{") && line.contains("\"level\":"));
    assertThat(get("/history/events?q=no%20such%20text").body()).contains("\"events\":[]");
  }

  @Test
  void aQuestionThatMakesNoSenseIsRefused() throws Exception {
    assertThat(get("/history/at?time=2020-01-01T00:00:00Z").body()).contains("not_recorded");
    for (String bad :
        new String[] {
          "/history/at?time=yesterday",
          "/history/at?time=9999999h",
          "/history/series?from=2026-01-01T00:00:00Z&until=2025-01-01T00:00:00Z",
          "/history/series?from=999d",
          "/history/series?points=0",
          "/history/series?format=xml",
          "/history/events?level=loud",
          "/history/events?before=-1",
        }) {
      assertThat(get(bad).statusCode()).as(bad).isEqualTo(400);
      assertThat(get(bad).body()).as(bad).contains("bad_parameter");
    }
    assertThat(get("/history/series?machine=nobody").statusCode()).isEqualTo(404);
  }

  @Test
  void aNodeWithoutOneSaysSo(@TempDir Path other) throws Exception {
    try (NodeApplication bare = LoopbackNode.start(other)) {
      HttpResponse<String> answer = get(bare, "/history/at");
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("no_history", "--history-days");
    }
  }

  private static String last(JsonObject metrics, String name) {
    JsonArray mean = metrics.getJsonObject(name).getJsonArray("mean");
    return mean.get(mean.size() - 1).toString();
  }

  private JsonObject object(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
    return Json.createReader(new StringReader(answer.body())).readObject();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return get(node, path);
  }

  private HttpResponse<String> get(NodeApplication of, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + of.port() + "/api/v1" + path);
    return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
