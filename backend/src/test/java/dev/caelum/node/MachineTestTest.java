package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.FailureCode;
import dev.caelum.http.OperatorPort.Check;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineTestTest {
  private static List<Check> checks(int port) {
    return new MachineTest().of(Rows.member("beta", new Endpoint("127.0.0.1", port)));
  }

  @ParameterizedTest
  @CsvSource({"HTTP/1.1 200 OK, true", "SSH-2.0-OpenSSH, false"})
  void whatListensThereIsToldFromANode(String greeting, boolean node) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      Thread greeter =
          Thread.ofVirtual()
              .start(() -> {
                for (int calls = 0; calls < 4; calls++) {
                  answer(server, greeting);
                }
              });
      List<Check> checks = checks(server.getLocalPort());
      assertThat(checks.getFirst().ok()).isTrue();
      assertThat(checks.getFirst().text()).contains("3 of 3");
      assertThat(checks.get(1).check()).isEqualTo("answer");
      assertThat(checks.get(1).ok()).isEqualTo(node);
      assertThat(checks.get(1).code()).isEqualTo(node ? null : FailureCode.NOT_CAELUM);
      greeter.join();
    }
  }

  /** Reads the request whole, for a reset would take the answer away. */
  private static void answer(ServerSocket server, String greeting) {
    try (Socket caller = server.accept()) {
      var request =
          new BufferedReader(
              new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII));
      String line = request.readLine();
      if (line != null) {
        while (!line.isEmpty()) {
          line = request.readLine();
        }
        caller.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whereNothingListensTheDictionarySaysSo() throws Exception {
    int free = ClusterPort.free();
    Check connect = checks(free).getFirst();
    assertThat(connect.code()).isEqualTo(FailureCode.REFUSED);
    assertThat(connect.text()).contains("nothing listens on TCP " + free);
  }
}
