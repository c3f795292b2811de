package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.config.ConfigKey;
import dev.caelum.config.Configuration;
import dev.caelum.wire.Decoded;
import dev.caelum.wire.JsonText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunningNodeTest {
  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void theCopyOfAMachineComesBackUnderAnotherIdOnTheSamePort() throws Exception {
    Path copy = Files.createDirectories(folder.resolve("2"));
    try (NodeApplication first = LoopbackNode.start(folder.resolve("1"))) {
      Files.copy(folder.resolve("1/machine_id"), copy.resolve("machine_id"));
      Configuration config =
          LoopbackNode.configuration(LoopbackNode.config(copy, 0, LoopbackNode.freeUdpPort()))
              .with(Map.of(ConfigKey.KNOWN, Optional.of("127.0.0.1:" + first.port())));
      try (RunningNode second = RunningNode.start(config, OptionalInt.empty())) {
        await().until(() -> others(first).size() == 1 && others(first).getFirst().connected());
        assertThat(first.table().members()).allMatch(Member::duplicateId);
        String shared = first.table().self().id().value();
        assertThat(ask(second, "GET", "").get("machine_id")).isEqualTo(shared);
        assertThat(String.valueOf(ask(second, "GET", "").get("advice")))
            .contains("./caelum identity renew");

        Map<String, @Nullable Object> renewed = ask(second, "POST", "/renew");

        assertThat(renewed).containsEntry("old_machine_id", shared);
        String fresh = String.valueOf(renewed.get("machine_id"));
        await()
            .until(() ->
                others(first).stream()
                    .anyMatch(other -> other.id().value().equals(fresh) && other.connected()));
        assertThat(first.table().members()).noneMatch(Member::duplicateId);
        assertThat(others(first))
            .filteredOn(other -> other.id().value().equals(shared))
            .extracting(Member::state)
            .containsOnly(MemberState.LEFT);
        assertThat(ask(second, "GET", "")).containsEntry("machine_id", fresh);
        assertThat(copy.resolve("machine_id.old")).hasContent(shared);
      }
    }
  }

  private static List<Member> others(NodeApplication node) {
    return node.table().members().stream().filter(member -> !member.self()).toList();
  }

  private Map<String, @Nullable Object> ask(RunningNode node, String method, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + node.port() + "/api/v1/identity" + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
    String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    return switch (JsonText.read(body, JsonText.Bounds.LINK)) {
      case Decoded.Value<Map<String, @Nullable Object>> object -> object.value();
      case Decoded.Rejected<Map<String, @Nullable Object>> rejected ->
          throw new AssertionError(rejected.detail() + ": " + body);
    };
  }
}
