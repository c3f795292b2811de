package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caelum.config.NodeConfig.HostPort;
import dev.caelum.wire.MessageType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole node as the worker of a peer that speaks our own frames. */
@Timeout(60)
class WorkOverLinkTest {
  @TempDir private Path folder;
  private @Nullable NodeApplication node;
  private @Nullable OldNode peer;

  @BeforeEach
  void allow() throws Exception {
    Files.writeString(folder.resolve("task-accept.txt"), "echo@127.0.0.0/8\n");
  }

  @AfterEach
  void close() {
    if (peer != null) {
      peer.close();
    }
    if (node != null) {
      node.close();
    }
  }

  @Test
  void whatIsAllowedRunsAndTheRestIsRefused() throws Exception {
    OldNode boss = connect();
    Map<String, @Nullable Object> offer = boss.hear(message -> "offer".equals(message.get("k")));
    assertThat(String.valueOf(offer.get("h"))).isEqualTo("[echo]");

    boss.say(
        "{\"f\":\"work\",\"n\":1,\"k\":\"assign\",\"l\":["
            + "{\"t\":\"t-1\",\"e\":1,\"y\":\"echo\",\"d\":\"{\\\"a\\\":1}\"},"
            + "{\"t\":\"t-2\",\"e\":1,\"y\":\"hash\",\"d\":\"{}\"}]}");
    String heard = "";
    while (!(heard.contains("t-1") && heard.contains("t-2"))) {
      heard += boss.hear(message -> "results".equals(message.get("k"))).get("l");
    }
    assertThat(heard)
        .contains("{t=t-1, e=1, x=done, r={\"a\":1}")
        .contains("{t=t-2, e=1, x=refused, c=not_accepted");
  }

  @Test
  void workBeforeThePeerIsAMemberIsRefused() throws Exception {
    NodeApplication here = LoopbackNode.start(folder);
    node = here;
    OldNode stranger = new OldNode(here.port());
    peer = stranger;
    stranger.say("{\"f\":\"work\",\"n\":1,\"k\":\"query\",\"l\":[],\"last\":true}");
    await()
        .until(() ->
            here.traffic().refused().getOrDefault("unregistered", new LongAdder()).sum() == 1);
  }

  @Test
  void workRightBehindTheRegistrationWaitsForTheTable() throws Exception {
    // Several times, since now and then the table is quicker.
    NodeApplication here = LoopbackNode.start(folder);
    node = here;
    for (int i = 0; i < 20; i++) {
      OldNode boss = new OldNode(here.port());
      peer = boss;
      boss.say(MessageType.MACHINE_REGISTER, LinkTrafficTest.registration("peer"));
      boss.say(
          "{\"f\":\"work\",\"n\":1,\"k\":\"assign\",\"l\":["
              + "{\"t\":\"t-%d\",\"e\":1,\"y\":\"echo\",\"d\":\"{}\"}]}".formatted(i));
      String task = "t=t-" + i + ",";
      boss.hear(message ->
          "results".equals(message.get("k")) && String.valueOf(message.get("l")).contains(task));
      boss.close();
      await().until(() -> here.traffic().sessions().isEmpty());
    }
    assertThat(here.traffic().refused()).doesNotContainKey("unregistered");
  }

  private OldNode connect() throws Exception {
    NodeApplication here = LoopbackNode.start(folder);
    node = here;
    OldNode boss = new OldNode(here.port());
    peer = boss;
    boss.say(MessageType.MACHINE_REGISTER, LinkTrafficTest.registration("peer"));
    return boss;
  }

  @Test
  void aTaskSubmittedHereRunsOnTheOtherMachineThatAllowsIt() throws Exception {
    Files.writeString(folder.resolve("task-accept.txt"), "hash@127.0.0.0/8\n");
    NodeApplication there = LoopbackNode.start(folder);
    node = there;
    Path here = Files.createDirectories(folder.resolve("here"));
    try (NodeApplication coordinator =
        LoopbackNode.start(here, new HostPort("127.0.0.1", there.port()))) {
      String other = there.table().self().id().value();
      await()
          .until(() ->
              coordinator.table().members().stream()
                  .anyMatch(member -> member.id().value().equals(other) && member.connected()));

      String task =
          ask(
              coordinator,
              "/tasks",
              "{\"type\":\"hash\",\"payload\":{\"text\":\"abc\"},\"queue\":true,\"machines\":[\""
                  + other
                  + "\"]}");
      String id = task.replaceAll("(?s).*?\"id\":\"(t-[0-9a-z]+)\".*", "$1");
      await().until(() -> ask(coordinator, "/tasks/" + id, "").contains("\"done\""));
      assertThat(ask(coordinator, "/tasks/" + id, "")).contains("ba7816bf8f01cfea");
      assertThat(ask(there, "/worker", "")).contains("\"began\":1");
    }
  }

  private static String ask(NodeApplication node, String path, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/api/v1" + path));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString()).body();
    }
  }
}
