package dev.caelum.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.FailureCode;
import dev.caelum.link.DialOutcome.Failed;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DialerTest {
  private final TestNode node = new TestNode();

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void aClosedPortIsRefused() throws Exception {
    Endpoint gone;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      gone = new Endpoint("127.0.0.1", socket.getLocalPort());
    }

    Failed failed = fail(gone);

    assertThat(failed.code()).isEqualTo(FailureCode.REFUSED);
    assertThat(failed.evidence()).isEqualTo("connection refused");
  }

  @Test
  void aPortThatDoesNotAcceptTimesOut() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Endpoint full = new Endpoint("127.0.0.1", socket.getLocalPort());
      List<Socket> fillers = fill(full);

      Failed failed = fail(full, Duration.ofMillis(300));

      assertThat(failed.code()).isEqualTo(FailureCode.TIMEOUT);
      assertThat(failed.evidence()).isEqualTo("no answer to the connect in 300 ms");
      for (Socket filler : fillers) {
        filler.close();
      }
    }
  }

  @Test
  void aPortThatAcceptsAndSaysNothingTimesOut() throws Exception {
    try (RawServer server = RawServer.playing(RawPeer::readToEnd)) {
      Failed failed = fail(server.endpoint(), Duration.ofMillis(300));

      assertThat(failed.code()).isEqualTo(FailureCode.TIMEOUT);
      assertThat(failed.evidence())
          .isEqualTo("connected, but no answer to the handshake in 300 ms");
    }
  }

  @Test
  void anAnswerThatComesByteByByteTimesOutAsAWhole() throws Exception {
    try (RawServer server =
        RawServer.playing(peer -> {
          peer.head();
          peer.raw("HTTP/1.1 101 Switching Protocols\r\nX-Slow: ");
          // Each byte waits for its time in the peer's read, so the answer never falls silent.
          peer.socket.setSoTimeout(50);
          while (peer.silent()) {
            peer.raw("x");
          }
        })) {
      Failed failed = fail(server.endpoint(), Duration.ofMillis(300));

      assertThat(failed.code()).isEqualTo(FailureCode.TIMEOUT);
      assertThat(failed.millis()).isBetween(300L, 3_000L);
    }
  }

  @Test
  void theHeadOfAnAnswerIsBounded() throws Exception {
    try (RawServer server =
        RawServer.playing(peer -> {
          peer.head();
          peer.raw("HTTP/1.1 101 Switching Protocols\r\nX: " + "x".repeat(16 << 10));
          peer.readToEnd();
        })) {
      Failed failed = fail(server.endpoint());

      assertThat(failed.code()).isEqualTo(FailureCode.NOT_CAELUM);
      assertThat(failed.evidence()).isEqualTo("malformed answer");
    }
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(
            "HTTP/1.1 404 Not Found\r\nServer: nginx/1.2 "
                + "x".repeat(60)
                + "\r\nContent-Length: 0\r\n\r\n",
            FailureCode.NOT_CAELUM,
            "HTTP 404 from nginx/1.2 " + "x".repeat(30)),
        Arguments.of(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", FailureCode.NOT_CAELUM, "HTTP 200"),
        Arguments.of(
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
            FailureCode.NOT_CAELUM,
            "HTTP 302"),
        Arguments.of(
            "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", FailureCode.AUTH, "HTTP 403"),
        Arguments.of(
            "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", FailureCode.AUTH, "HTTP 401"),
        Arguments.of(
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n",
            FailureCode.TIMEOUT,
            "busy: HTTP 503"),
        Arguments.of(
            """
            HTTP/1.1 101 Switching Protocols\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Accept: wrong\r
            \r
            """,
            FailureCode.NOT_CAELUM,
            "malformed WebSocket handshake"),
        Arguments.of(
            "SSH-2.0-OpenSSH_9.9\r\n", FailureCode.NOT_CAELUM, "not HTTP: \"SSH-2.0-OpenSSH_9.9\""),
        Arguments.of(
            "\u0000\u0001\u0002garbage\r\n\r\n",
            FailureCode.NOT_CAELUM,
            "not HTTP: \"   garbage\""));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void anotherAnswerIsTold(String answer, FailureCode code, String evidence) throws Exception {
    try (RawServer server =
        RawServer.playing(peer -> {
          peer.head();
          peer.raw(answer);
        })) {
      Failed failed = fail(server.endpoint());

      assertThat(failed.code()).isEqualTo(code);
      assertThat(failed.evidence()).isEqualTo(evidence);
    }
  }

  @Test
  void theGuardHasTheLastWord() throws Exception {
    try (Dialer guarded =
        new Dialer(
            node.links,
            (address, port) ->
                Optional.of("no dials to " + address.getHostAddress() + " port " + port))) {
      CompletableFuture<DialOutcome> outcome = new CompletableFuture<>();
      guarded.dial(node.endpoint(), Duration.ofSeconds(3), outcome::complete);

      assertThat(outcome.getNow(null))
          .isEqualTo(
              new Failed(
                  FailureCode.POLICY, "no dials to 127.0.0.1 port " + node.server.port(), 0));
    }
  }

  @Test
  void aNameIsNotDialed() throws Exception {
    assertThat(fail(new Endpoint("node.example", 8080)).code()).isEqualTo(FailureCode.NAME);
  }

  @Test
  void anAddressWithoutARouteIsUnreachable() {
    for (IOException seen :
        List.of(
            new NoRouteToHostException("No route to host"),
            new ConnectException("Network is unreachable"))) {
      assertThat(DialFailures.unconnected(seen, 7))
          .isEqualTo(new Failed(FailureCode.UNREACHABLE, String.valueOf(seen.getMessage()), 7));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneDialIsOneConnection(boolean reset) throws Exception {
    AtomicInteger connections = new AtomicInteger();
    try (ServerSocket socket = new ServerSocket(0, 8, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread.ofVirtual()
          .start(() -> {
            while (true) {
              try (RawPeer peer = RawPeer.accepted(socket.accept())) {
                connections.incrementAndGet();
                peer.head();
                if (reset) {
                  peer.reset();
                }
              } catch (IOException e) {
                return;
              }
            }
          });

      assertThat(fail(new Endpoint("127.0.0.1", socket.getLocalPort())).code())
          .isEqualTo(FailureCode.LOST);
      assertThat(connections).hasValue(1);
    }
  }

  @Test
  void aClosedDialerDialsNoMore() throws Exception {
    node.dialer.close();

    assertThat(fail(node.endpoint()).evidence()).isEqualTo("this node is stopping");
  }

  /** Connections until the kernel takes no more for {@code target}, whose owner accepts none. */
  static List<Socket> fill(Endpoint target) throws IOException {
    List<Socket> fillers = new ArrayList<>();
    while (true) {
      Socket filler = new Socket();
      try {
        filler.connect(
            new InetSocketAddress(InetAddress.ofLiteral(target.host()), target.port()), 300);
        fillers.add(filler);
      } catch (SocketTimeoutException e) {
        filler.close();
        return fillers;
      }
    }
  }

  private Failed fail(Endpoint target) throws Exception {
    return fail(target, Duration.ofSeconds(3));
  }

  private Failed fail(Endpoint target, Duration timeout) throws Exception {
    return (Failed) node.dial(target, timeout);
  }
}
