package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caelum.config.McpConfig;
import dev.caelum.config.TaskConfig;
import dev.caelum.mcp.SdkServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real MCP server on the machine of a real node, as its tasks and its readers see it. */
@Timeout(60)
class ServicesOfNodeTest {
  private static final Duration SOON = Duration.ofSeconds(15);

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private SdkServer server;
  private NodeApplication node;

  @BeforeEach
  void start() throws Exception {
    server = new SdkServer(0);
    node =
        LoopbackNode.start(
            folder,
            TaskConfig.DEFAULT,
            new McpConfig(
                new TreeSet<>(List.of(server.port())),
                List.of(),
                List.of(folder.resolve("desktop.json"))));
    await().atMost(SOON).until(() -> get("/services").contains("\"state\":\"ready\""));
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    node.close();
    server.close();
  }

  @Test
  void aTaskCallsAToolOfTheServerByItsNameOrPort() throws Exception {
    for (String name : List.of("sdk-server", String.valueOf(server.port()))) {
      String task =
          "\"type\":\"mcp\",\"payload\":{\"server\":\"%s\",\"tool\":\"echo\",\"arguments\":{\"text\":\"hello\"}}"
              .formatted(name);
      assertThat(ended(submit(task))).contains("\"state\":\"done\"", "hello");
    }
  }

  @Test
  void aToolThatSaysThatItFailedFailsTheTask() throws Exception {
    assertThat(
            ended(
                submit(
                    "\"type\":\"mcp\",\"payload\":{\"server\":\"sdk-server\",\"tool\":\"fail\"}")))
        .contains("\"state\":\"failed\"", "tool_failed", "it went wrong");
    assertThat(
            ended(
                submit("\"type\":\"mcp\",\"payload\":{\"server\":\"sdk-server\",\"tool\":\"no\"}")))
        .contains("\"state\":\"failed\"", "Unknown tool");
  }

  @Test
  void aTaskThatNeedsAServiceIsPlacedWhereItIsReady() throws Exception {
    assertThat(ended(submit("\"type\":\"echo\",\"service\":\"sdk-server\",\"queue\":true")))
        .contains("\"state\":\"done\"");
    assertThat(post("/tasks", "{\"type\":\"echo\",\"service\":\"other\"}"))
        .contains("unplaceable", "other");
  }

  @Test
  void aPlainServerOfThatPortIsCalledOverHttp() throws Exception {
    String payload = "{\"service\":\"sdk-server\",\"path\":\"/none\"}";
    assertThat(ended(submit("\"type\":\"http\",\"payload\":" + payload)))
        .contains("\"state\":\"done\"", "\"status\":404");
  }

  @Test
  void whatAClientsFileNamesIsListedWhileItStandsThereWithoutItsSecrets() throws Exception {
    Path file = folder.resolve("desktop.json");
    assertThat(get("/node")).contains("desktop.json is not there");
    Files.writeString(
        file,
        """
        {"mcpServers": {
          "files": {"command": "/opt/s3cret", "args": ["s3cret"], "env": {"KEY": "s3cret"}},
          "far": {"url": "http://far_host:8100/s3cret", "headers": {"Authorization": "s3cret"}}}}
        """);
    await().atMost(SOON).until(() -> get("/services").contains("\"state\":\"configured\""));
    assertThat(get("/services")).contains("\"files\"", "\"far\"").doesNotContain("s3cret");
    assertThat(get("/node")).doesNotContain("desktop.json");

    Files.writeString(file, "{\"s3cret\":");
    await().atMost(SOON).until(() -> get("/node").contains("desktop.json is not JSON"));
    assertThat(get("/node") + get("/log") + get("/services")).doesNotContain("s3cret");
    assertThat(get("/services")).as("what it named before").contains("\"files\"");

    Files.writeString(file, "{}");
    await().atMost(SOON).until(() -> !get("/services").contains("\"configured\":true"));
    assertThat(get("/services")).doesNotContain("\"files\"", "\"far\"");
  }

  @Test
  void readersHearOfChangesInTheWordsOfTheLists() throws Exception {
    HttpResponse<Stream<String>> stream =
        client.send(request("/events").build(), HttpResponse.BodyHandlers.ofLines());
    try (Stream<String> lines = stream.body()) {
      Iterator<String> all = lines.iterator();
      next(all, "event: snapshot");
      post("/ports/reserve", "{\"name\":\"mine\",\"port\":" + server.port() + "}");
      server.stop();
      String services = next(all, "event: services");
      for (; !services.contains("down"); services = next(all, "event: services")) {
        assertThat(services).contains("\"counts\"");
      }
      assertThat(next(all, "event: ports")).contains("\"machines\"", "\"conflicts\"", "down");
    }
  }

  /** The data of the next event of that kind. */
  private static String next(Iterator<String> lines, String event) {
    while (!lines.next().equals(event)) {
      // Others are not asked for.
    }
    return lines.next();
  }

  private String submit(String task) throws Exception {
    String answer = post("/tasks", "{" + task + "}");
    assertThat(answer).contains("\"id\"");
    return answer.replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
  }

  private String ended(String task) throws Exception {
    return get("/tasks/" + task + "?wait_s=15");
  }

  private String get(String path) throws Exception {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString()).body();
  }

  private String post(String path, String json) throws Exception {
    return client
        .send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/api/v1" + path));
  }
}
