package dev.caelum.e2e.lan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.e2e.oldnode.OldMachine;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A peer that asks and never reads. */
@InLab
class SlowPeerIT {
  @Test
  @DisplayName("36: a slow reader is cut off; others are not delayed")
  void peerNeverReads_itIsCutOffAndOthersAreServed(Lab lab) throws Exception {
    Host host = lab.host();
    host.sh("echo '4096 16384 16384' >/proc/sys/net/ipv4/tcp_wmem");
    NodeProcess node = NodeProcess.start(host).ready();
    InetAddress slowAddress = lab.alsoHere(230);
    String slow = "caelum-slow";
    String quick = "caelum-quick";
    try (WsPeer peer = new WsPeer(node, lab.alsoHere(231), "quick")) {
      peer.register(quick);
      double idle = peer.pingMillis(quick);
      AtomicReference<IOException> end = new AtomicReference<>();
      Thread asking =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  askAndNeverRead(node, slowAddress, slow);
                } catch (IOException e) {
                  end.set(e);
                }
              });
      double worst = idle;
      long limit = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (asking.isAlive() && System.nanoTime() < limit) {
        worst = Math.max(worst, peer.pingMillis(quick));
        LockSupport.parkNanos(100_000_000);
      }
      asking.join(Duration.ofSeconds(30));
      assertThat(end.get()).as("the slow reader's connection is closed by the node").isNotNull();
      assertThat(worst).as("worst ping beside it, ms; " + idle + " before").isLessThan(1_000);
      assertThat(peer.open()).isTrue();
    }
    Eventually.get(() -> host.connections(8080), List::isEmpty);
  }

  /** Sends requests until the node hangs up, which ends in an exception, or all are sent. */
  private static void askAndNeverRead(NodeProcess node, InetAddress local, String id)
      throws IOException {
    OldMachine self = OldMachine.of("slow", local.getHostAddress(), 8080, List.of());
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(2_048);
      socket.bind(new InetSocketAddress(local, 0));
      socket.connect(new InetSocketAddress(node.address(), 8080));
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      String handshake =
          String.join(
              "\r\n",
              "GET / HTTP/1.1",
              "Host: " + node.address() + ":8080",
              "Upgrade: websocket",
              "Connection: Upgrade",
              "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
              "Sec-WebSocket-Version: 13",
              "",
              "");
      out.write(handshake.getBytes(StandardCharsets.ISO_8859_1));
      JsonObject info = Json.createObjectBuilder(self.info()).add("machine_id", id).build();
      frame(
          out,
          message(
              self,
              id,
              "machine_register",
              Json.createObjectBuilder().add("machine_info", info).build()));
      JsonObject nothing = Json.createObjectBuilder().build();
      for (int i = 0; i < 3_000; i++) {
        frame(out, message(self, id, "machine_discover", nothing));
        LockSupport.parkNanos(5_000_000);
      }
    }
  }

  private static String message(OldMachine self, String id, String type, JsonObject payload) {
    return Json.createObjectBuilder(self.envelope(type, payload, "", ""))
        .add("source_machine", id)
        .build()
        .toString();
  }

  private static void frame(DataOutputStream out, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    out.writeByte(0x81);
    out.writeByte(0x80 | 126);
    out.writeShort(body.length);
    out.writeInt(0);
    out.write(body);
    out.flush();
  }
}
