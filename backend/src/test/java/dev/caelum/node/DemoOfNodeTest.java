package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.config.ConfigInputs;
import dev.caelum.config.ConfigKey;
import dev.caelum.config.ConfigLoader;
import dev.caelum.config.NodeConfig;
import dev.caelum.feed.NodeStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoOfNodeTest {
  @TempDir Path data;

  private NodeConfig config() throws Exception {
    return ConfigLoader.load(
            new ConfigInputs(
                Map.of(
                    ConfigKey.DEMO, "7",
                    ConfigKey.DATA, data.toString(),
                    ConfigKey.HOST, "0.0.0.0",
                    ConfigKey.PORT, "0",
                    ConfigKey.BEACON_PORT, "" + LoopbackNode.freeUdpPort()),
                Optional.empty(),
                Map.of(),
                Map.of()),
            false)
        .node();
  }

  @Test
  void aDemoStaysOnThisMachineAndKeepsItsDataApart() throws Exception {
    NodeConfig config = config();
    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(config.interfaces()).containsExactly(LoopbackNode.loopback());
    assertThat(config.data()).isEqualTo(data.resolve("demo"));
  }

  @Test
  void everyOtherMachineOfADemoIsLinkedAndSaysThatItIsSimulated() throws Exception {
    try (NodeApplication node = LoopbackNode.start(config(), OptionalInt.empty())) {
      await().atMost(Duration.ofSeconds(20)).until(() -> linked(node).size() == 7);
      assertThat(linked(node)).allMatch(member -> simulated(member));
      assertThat(node.table().self().info()).matches(own -> own != null && !own.simulated());
      assertThat(node.status().notes()).extracting(NodeStatus.Note::code).contains("demo");
    }
  }

  private static boolean simulated(Member member) {
    return member.info() != null && member.info().simulated();
  }

  private static List<Member> linked(NodeApplication node) {
    return node.table().members().stream()
        .filter(member -> !member.self() && member.connected())
        .filter(member -> member.state() == MemberState.ALIVE)
        .toList();
  }
}
