package dev.caelum.e2e.lan;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A node that may open hardly more files and sockets than it needs. */
@InLab
class DescriptorsIT {
  private static final int CALLERS = 100;
  private static final Duration MENDED = Duration.ofSeconds(20);

  @Test
  @DisplayName("With few descriptors callers are refused, links live, and it recovers by itself")
  void linksOutliveAStormOfCallers(Lab lab) throws Exception {
    List<Host> hosts = lab.hosts(3);
    NodeProcess usual = NodeProcess.start(hosts.getFirst()).ready();
    // With all that a node opens only when it is asked.
    assertThat(health(usual)).isEqualTo("ok");
    assertThat(links(usual)).isZero();
    int needs = open(usual) + 30;
    usual.kill();
    NodeProcess scarce =
        NodeProcess.startBy(
                List.of("prlimit", "--nofile=" + needs + ":" + needs),
                hosts.getFirst(),
                "--data",
                hosts.getFirst().folder().resolve("scarce").toString())
            .ready();
    List<NodeProcess> others = new ArrayList<>();
    for (Host host : hosts.subList(1, 3)) {
      others.add(NodeProcess.start(host));
    }
    Eventually.get(MENDED, () -> links(scarce), links -> links == 2);
    double events = scarce.metric("caelum_member_events_total");

    List<Socket> callers = new ArrayList<>();
    try {
      for (int i = 0; i < CALLERS; i++) {
        callers.add(call(scarce));
      }
      String status = Eventually.get(() -> scarce.cli("status"), text -> text.contains("as many"));
      assertThat(status)
          .containsPattern("Health +degraded")
          .contains("All 3 machines are connected.");
      for (NodeProcess other : others) {
        assertThat(links(other)).isEqualTo(2);
      }
    } finally {
      for (Socket caller : callers) {
        caller.close();
      }
    }
    Eventually.get(() -> health(scarce), "ok"::equals);
    assertThat(links(scarce)).isEqualTo(2);
    assertThat(scarce.metric("caelum_member_events_total")).as("nobody died").isEqualTo(events);
    assertThat(scarce.log()).doesNotContain("ceased to listen");
  }

  @Test
  @DisplayName("A port that the system took away is open again once there are descriptors")
  void aPortThatCeasedToListenIsOpenedAgain(Lab lab) throws Exception {
    List<Host> hosts = lab.hosts(2);
    NodeProcess node = NodeProcess.start(hosts.getFirst()).ready();
    NodeProcess other = NodeProcess.start(hosts.getLast());
    Eventually.get(() -> links(node), links -> links == 1);
    limit(node, 40);
    // The descriptor of the next caller is taken already; the listener ends when it wants another.
    call(node).close();
    Eventually.get(node::log, log -> log.contains("Too many open files"));
    limit(node, 4_096);
    Eventually.get(MENDED, node::log, log -> log.contains("it is open again"));
    Eventually.get(MENDED, () -> links(other), links -> links == 1);
    Eventually.get(() -> health(node), "ok"::equals);
  }

  private static double links(NodeProcess node) throws Exception {
    return node.metric("caelum_links");
  }

  private static String health(NodeProcess node) throws Exception {
    return node.get("/api/v1/node").getString("health");
  }

  /** A caller from this JVM's machine who asks something and stays. */
  private static Socket call(NodeProcess node) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(node.address(), 8080), 10_000);
    String request = "GET /health HTTP/1.1\r\nHost: " + node.address() + "\r\n\r\n";
    try {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
    } catch (IOException refused) {
      // That it is closed already is what the caller looks for.
    }
    return socket;
  }

  private static int open(NodeProcess node) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + node.child().pid() + "/fd"))) {
      return (int) open.count();
    }
  }

  /** Changes how many files the running process may have open. */
  private static void limit(NodeProcess node, int most) {
    node.host().sh("prlimit --pid " + node.child().pid() + " --nofile=" + most + ":4096");
  }
}
