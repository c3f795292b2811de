package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.caelum.beacon.PortHolder;
import dev.caelum.cli.StartFailed;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.config.NodeConfig.HostPort;
import dev.caelum.feed.NodeStatus;
import dev.caelum.feed.NodeStatus.Health;
import dev.caelum.feed.NodeStatus.Note;
import dev.caelum.wire.JsonText;
import dev.caelum.wire.MessageType;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NodeApplicationTest {
  @TempDir private Path folder;

  @Test
  void twoNodesLinkAndAGoodbyeIsNoDeath() throws Exception {
    try (NodeApplication first = LoopbackNode.start(folder.resolve("1"))) {
      try (NodeApplication second = LoopbackNode.start(folder.resolve("2"), at(first.port()))) {
        await().until(() -> linked(first) && linked(second));
        assertThat(first.status().notes()).extracting(Note::code).doesNotContain("alone");
        assertThat(first.status().health()).isNotEqualTo(Health.DOWN);
      }
      await().until(() -> other(first).state() == MemberState.LEFT);
    }
  }

  @Test
  void aNodeThatStartsAgainKnowsWhomItKnewAndDialsThem() throws Exception {
    try (NodeApplication first = LoopbackNode.start(folder.resolve("1"))) {
      try (NodeApplication second = LoopbackNode.start(folder.resolve("2"), at(first.port()))) {
        await().until(() -> linked(first) && linked(second));
      }
      try (NodeApplication again = LoopbackNode.start(folder.resolve("2"))) {
        assertThat(again.table().members()).hasSizeBetween(1, 2);
        await().until(() -> again.table().members().size() == 2);
        assertThat(other(again).key()).startsWith(first.table().self().id().value());
      }
    }
  }

  @Test
  void aKnownMachineThatDoesNotAnswerIsNamedWithTheReason() throws Exception {
    int nobody = LoopbackNode.freeUdpPort();
    try (NodeApplication node = LoopbackNode.start(folder, at(nobody))) {
      await()
          .until(() ->
              node.status().notes().stream()
                  .anyMatch(note ->
                      note.code().equals("known_unreachable")
                          && note.text()
                              .contains("127.0.0.1:" + nobody + " is up but nothing listens")));
    }
  }

  @Test
  void whereNoInterfaceCarriesBeaconsOneNoteSaysSoAndWhatToDo() throws Exception {
    try (NodeApplication node = LoopbackNode.startWithoutInterface(folder)) {
      NodeStatus status = node.status();
      assertThat(status.health()).isEqualTo(Health.DOWN);
      assertThat(status.listeners()).filteredOn(listener -> !listener.up()).hasSize(1);
      assertThat(status.notes()).extracting(Note::code).containsExactly("no_interface", "alone");
      assertThat(status.notes().getFirst().text())
          .startsWith("No network interface of this machine carries beacons,")
          .contains("connect a cable or Wi-Fi, or connect by address.");
    }
  }

  @Test
  void aSecondNodeOnTheSameFolderIsRefusedWithThePid() throws Exception {
    try (NodeApplication node = LoopbackNode.start(folder)) {
      assertThatThrownBy(() -> LoopbackNode.start(folder))
          .isInstanceOf(StartFailed.class)
          .hasMessageContaining(String.valueOf(ProcessHandle.current().pid()));
      assertThat(node.status().health()).isNotEqualTo(Health.DOWN);
    }
  }

  @Test
  void aStartOnATakenPortSaysSoAndLeavesNothingBehind() throws Exception {
    int taken;
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      taken = other.getLocalPort();
      assertThatThrownBy(() -> LoopbackNode.start(folder, taken, LoopbackNode.freeUdpPort()))
          .isInstanceOf(StartFailed.class)
          .hasMessageContaining("Cluster port " + taken + " is already used");
    }
    try (NodeApplication node = LoopbackNode.start(folder, taken, LoopbackNode.freeUdpPort())) {
      assertThat(node.port()).isEqualTo(taken);
    }
  }

  @Test
  void closingTwiceIsAsGoodAsOnce() throws Exception {
    NodeApplication node = LoopbackNode.start(folder);
    node.close();
    node.close();
    try (NodeApplication next =
        LoopbackNode.start(folder, node.port(), LoopbackNode.freeUdpPort())) {
      assertThat(next.port()).isEqualTo(node.port());
    }
  }

  @Test
  void whereAnotherSharesTheBeaconPortProbesAreHeardOnAPortOfItsOwn() throws Exception {
    Process other = PortHolder.start("shared");
    try {
      int shared = Integer.parseInt(other.inputReader().readLine());
      try (NodeApplication node = LoopbackNode.start(folder, 0, shared)) {
        assertThat(probePort(node)).isNotEqualTo(shared);
      }
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  /** What the node tells a peer that registers. */
  private static long probePort(NodeApplication node) throws InterruptedException {
    try (OldNode peer = new OldNode(node.port())) {
      String id = peer.say(MessageType.MACHINE_REGISTER, LinkTrafficTest.registration("asker"));
      String welcome =
          JsonText.write(peer.hear(message -> id.equals(message.get("correlation_id"))));
      Matcher udp = Pattern.compile("\"udp\":([0-9]+)").matcher(welcome);
      assertThat(udp.find()).as(welcome).isTrue();
      return Long.parseLong(udp.group(1));
    }
  }

  private static HostPort at(int port) {
    return new HostPort("127.0.0.1", port);
  }

  private static boolean linked(NodeApplication node) {
    return others(node).stream().anyMatch(Member::connected);
  }

  private static Member other(NodeApplication node) {
    return others(node).getFirst();
  }

  private static List<Member> others(NodeApplication node) {
    return node.table().members().stream().filter(member -> !member.self()).toList();
  }
}
