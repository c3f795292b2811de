package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caelum.wire.MessageType;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a node takes from a peer that speaks our own frames. */
@Timeout(60)
class OwnFramesTest {
  @TempDir private Path folder;
  private NodeApplication node;
  private OldNode peer;
  private Map<String, @Nullable Object> welcome;

  @BeforeEach
  void register() throws Exception {
    node = LoopbackNode.start(folder);
    peer = new OldNode(node.port());
    String id = peer.say(MessageType.MACHINE_REGISTER, LinkTrafficTest.registration("peer"));
    welcome = peer.hear(message -> true);
    assertThat(welcome).as("what comes first").containsEntry("correlation_id", id);
  }

  @AfterEach
  void close() {
    peer.close();
    node.close();
  }

  @Test
  void aPulseChangesWhatTheRegistrationTold() {
    peer.say("{\"f\":\"pulse\",\"n\":1,\"t\":30,\"cpu\":77.5}");

    await()
        .until(() ->
            node.table().members().stream()
                .anyMatch(member ->
                    member.info() != null
                        && member.info().hostname().equals("old")
                        && Double.valueOf(77.5).equals(member.info().resources().cpuUsagePercent())
                        && member.info().lastHeartbeat().startsWith("2026-11-22T07:00:30")));
  }

  @Test
  void linesOfWhichAPartIsMissingAreCounted() {
    peer.say("{\"f\":\"lines\",\"n\":1,\"lines\":[],\"part\":1,\"parts\":3}");
    peer.say("{\"f\":\"lines\",\"n\":2,\"lines\":[],\"part\":3,\"parts\":3}");

    await().until(() -> refused("part") == 1);
  }

  @Test
  void framesAboutMembersAreNumberedForThemselves() throws Exception {
    peer.say("{\"f\":\"ask_machines\",\"n\":9}");
    peer.say("{\"f\":\"rumors\",\"n\":1,\"rumors\":[]}");
    peer.say("{\"f\":\"rumors\",\"n\":1,\"rumors\":[]}");
    peer.say("{\"f\":\"ask_machines\",\"n\":10}");

    peer.hear(message -> Long.valueOf(9).equals(message.get("re")));
    peer.hear(message -> Long.valueOf(10).equals(message.get("re")));
    assertThat(refused("out_of_order")).isEqualTo(1);
  }

  @Test
  void theWelcomeTellsWhereProbesAreHeard() {
    assertThat(String.valueOf(welcome.get("payload")))
        .matches(".*_caelum=.*udp=[0-9]+, cookie=[1-9][0-9]*.*");
  }

  private long refused(String reason) {
    return node.traffic().refused().getOrDefault(reason, new LongAdder()).sum();
  }
}
