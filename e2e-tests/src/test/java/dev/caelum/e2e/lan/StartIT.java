package dev.caelum.e2e.lan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Starts that must fail, and say why in one line. */
@InLab
class StartIT {
  private static final int BAD_CONFIGURATION = 2;
  private static final int START_FAILED = 5;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static void assertRefused(NodeProcess node, int code, String... words) throws Exception {
    assertThat(node.child().exit(LIMIT)).as(node.log()).hasValue(code);
    assertThat(node.log()).contains(words).doesNotContain("\tat ");
    assertThat(node.log().lines().count()).isLessThanOrEqualTo(5);
  }

  @Test
  @DisplayName("19: port 8080 in use: the message names port and owner, exit code 5")
  void clusterPortIsInUse_messageNamesPortAndOwner(Lab lab) throws Exception {
    Host host = lab.host();
    NodeProcess first = NodeProcess.start(host).ready();
    NodeProcess second = NodeProcess.start(host, "second", 8080);
    assertRefused(second, START_FAILED, "8080", String.valueOf(first.child().pid()));
    assertThat(first.child().alive()).isTrue();
  }

  @Test
  @DisplayName("19: UDP 8181 taken for itself by another program: the message says so")
  void beaconPortIsTaken_messageNamesPortAndOwner(Lab lab) throws Exception {
    Host host = lab.host();
    Child holder = PortHolder.hold(host, 8181);
    NodeProcess node = NodeProcess.start(host);
    assertRefused(node, START_FAILED, "8181", String.valueOf(holder.pid()));
  }

  @Test
  @DisplayName("19: UDP 8181 is shared with another node on the same machine, and both meet")
  void twoNodesOnOneMachine_shareTheBeaconPortAndMeet(Lab lab) throws Exception {
    Host host = lab.host();
    NodeProcess first = NodeProcess.start(host).ready();
    NodeProcess second = NodeProcess.start(host, "second", 8085).ready();
    for (NodeProcess node : List.of(first, second)) {
      node.feed()
          .await(
              "the other node on the same machine",
              Cluster.MEET,
              rows -> rows.stream().filter(Row::alive).count() == 2);
    }
  }

  @Test
  @DisplayName("45: a second node on one data folder refuses and names the first one's pid")
  void dataFolderIsTaken_secondNodeNamesThePid(Lab lab) throws Exception {
    Host host = lab.host();
    String data = host.folder().resolve("node-data").toString();
    NodeProcess first = NodeProcess.start(host).ready();
    NodeProcess second = NodeProcess.start(host, "second", 8085, "--data", data);
    assertRefused(second, START_FAILED, data, String.valueOf(first.child().pid()));
  }

  @Test
  @DisplayName("44: a read-only data folder: refused with one clear line")
  void dataFolderIsReadOnly_refusedWithOneLine(Lab lab) throws Exception {
    Host host = lab.host();
    Path data = Files.createDirectories(host.folder().resolve("node-data"));
    host.sh("mount -t tmpfs -o ro none '" + data + "'");
    assertRefused(NodeProcess.start(host), BAD_CONFIGURATION, data.toString());
  }
}
