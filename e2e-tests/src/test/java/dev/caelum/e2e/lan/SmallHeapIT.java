package dev.caelum.e2e.lan;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.e2e.oldnode.OldMachine;
import jakarta.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A node with a heap that is small for what is thrown at it, or too small to live. */
@InLab
class SmallHeapIT {
  private static final Path UNIT =
      Path.of(System.getProperty("caelum.root", ".."), "config/systemd/caelum.service");
  private static final int STRANGERS = 5_000;
  private static final int STALLED = 800;

  @Test
  @DisplayName("21, 40: strangers and readers that never read fill no small heap; the peer stays")
  void queuesAreBounded(Lab lab) throws Exception {
    List<Host> hosts = lab.hosts(2);
    NodeProcess node = NodeProcess.startBy(with("-Xmx24m"), hosts.getFirst()).ready();
    NodeProcess peer = NodeProcess.start(hosts.getLast());
    Eventually.get(() -> node.metric("caelum_links"), links -> links == 1);
    List<Socket> stalled = new ArrayList<>();
    try (Datagrams air = new Datagrams(lab)) {
      for (int i = 0; i < STALLED; i++) {
        stalled.add(readerThatNeverReads(node, lab.farHere(i / 10)));
      }
      for (int i = 0; i < STRANGERS; i++) {
        air.send(node.address(), beacon(i));
      }
      // The machine itself may ask while others find no place.
      assertThat(node.cli("status")).contains("Health ").contains(" connected.");
    } finally {
      for (Socket socket : stalled) {
        socket.close();
      }
    }
    Eventually.get(() -> node.get("/api/v1/node").getString("health"), "ok"::equals);
    assertThat(node.child().alive()).as(node.log()).isTrue();
    assertThat(node.metric("caelum_machines")).isLessThan(1_000);
    assertThat(node.metric("caelum_links")).isEqualTo(1);
    assertThat(peer.metric("caelum_links")).isEqualTo(1);
  }

  @Test
  @DisplayName("21: a heap that is used up ends the node, in a way on which it is started anew")
  void aUsedUpHeapEndsTheNode(Lab lab) throws Exception {
    Host host = lab.host();
    List<String> line = new ArrayList<>(with("-Xms4m -Xmn2m -Xmx8m -XX:AOTMode=off"));
    line.addAll(NodeProcess.command("beacon"));
    Child node = host.start("node", line);
    assertThat(node.exit(Duration.ofSeconds(30))).as(node.output()).hasValue(3);
    assertThat(node.output()).contains("Terminating due to java.lang.OutOfMemoryError");
    assertThat(Files.readString(UNIT))
        .contains("Restart=on-failure\n")
        .contains("RestartPreventExitStatus=2\n");
  }

  /** These JVM options are stronger than those of the node's command line. */
  private static List<String> with(String options) {
    return List.of("env", "_JAVA_OPTIONS=" + options);
  }

  private static Socket readerThatNeverReads(NodeProcess node, InetAddress from) throws Exception {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(new InetSocketAddress(node.address(), 8080));
    String request = "GET /api/v1/events HTTP/1.1\r\nHost: " + node.address() + ":8080\r\n\r\n";
    try {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
    } catch (IOException refused) {
      // Too many for this heap.
    }
    return socket;
  }

  /** A machine that nobody has heard of before. */
  private static String beacon(int number) {
    String id = UUID.randomUUID().toString();
    OldMachine machine = new OldMachine("n" + number, Lab.HERE, Lab.HERE, id, 9_999, List.of());
    return Json.createObjectBuilder(machine.beacon())
        .add("machine_id", "caelum-" + id.substring(0, 8))
        .build()
        .toString();
  }
}
