package dev.caelum.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.Endpoint;
import dev.caelum.link.Reach.Answer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReachabilityCheckTest {
  @Test
  void tellsListeningFullAndGoneApart() throws Exception {
    Endpoint target;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      target = new Endpoint("127.0.0.1", socket.getLocalPort());
      assertThat(check(target)).isEqualTo(Answer.LISTENING);
      var fillers = DialerTest.fill(target);
      assertThat(check(target)).isEqualTo(Answer.SILENT);
      for (Socket filler : fillers) {
        filler.close();
      }
    }
    assertThat(check(target)).isEqualTo(Answer.REFUSED);
  }

  @Test
  void aNameIsNoAddress() throws Exception {
    assertThat(check(new Endpoint("node.example", 8080))).isEqualTo(Answer.UNREACHABLE);
  }

  private static Answer check(Endpoint target) throws Exception {
    return new ReachabilityCheck().check(target, Duration.ofMillis(300)).get().answer();
  }
}
