package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caelum.feed.NodeStatus;
import dev.caelum.store.OldFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A data folder of an earlier version, and one of a later version. */
@Timeout(60)
class UpgradeTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void whatAnEarlierVersionKeptIsThere() throws Exception {
    OldFiles.write(folder);
    try (NodeApplication node = LoopbackNode.startWithHistory(folder)) {
      await().atMost(SOON).until(() -> get(node, "/history").statusCode() == 200);
      assertThat(get(node, "/tasks/" + OldFiles.DONE).body()).contains("\"text\":\"kept\"");
      assertThat(get(node, "/tasks/" + OldFiles.WAITING).body()).contains("queued");
      assertThat(get(node, "/history/events").body()).contains("Connected to beta");
      assertThat(get(node, "/history").body()).contains("alpha");
      assertThat(node.status().notes())
          .extracting(NodeStatus.Note::code)
          .doesNotContain("history", TaskParts.TASKS_REFUSED);
    }
  }

  @Test
  void whatALaterVersionKeptIsLeftAloneAndSaidInOneLineEach() throws Exception {
    OldFiles.write(folder);
    OldFiles.makeNewer(folder);
    byte[] journal = Files.readAllBytes(folder.resolve("journal.db"));
    byte[] history = Files.readAllBytes(folder.resolve("history.db"));
    try (NodeApplication node = LoopbackNode.startWithHistory(folder)) {
      for (String code : new String[] {"history", TaskParts.TASKS_REFUSED}) {
        await().atMost(SOON).until(() -> note(node, code).contains("newer version"));
        assertThat(note(node, code)).contains("its schema is 1000").doesNotContain("\n");
      }
      assertThat(get(node, "/history/series").statusCode()).isEqualTo(503);
      HttpResponse<String> refused =
          client.send(
              request(node, "/tasks")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString("{\"type\":\"echo\"}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("was written by a newer version of this program");
    }
    assertThat(folder.resolve("journal.db")).hasBinaryContent(journal);
    assertThat(folder.resolve("history.db")).hasBinaryContent(history);
  }

  private static String note(NodeApplication node, String code) {
    return node.status().notes().stream()
        .filter(note -> note.code().equals(code))
        .map(NodeStatus.Note::text)
        .findFirst()
        .orElse("");
  }

  private HttpResponse<String> get(NodeApplication node, String path) throws Exception {
    return client.send(request(node, path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(NodeApplication node, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/api/v1" + path));
  }
}
