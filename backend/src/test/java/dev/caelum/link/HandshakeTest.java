package dev.caelum.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class HandshakeTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:PORT, '', 101",
    "127.0.0.1:PORT, 'Origin: http://127.0.0.1:PORT', 101",
    "127.0.0.1:PORT, 'Origin: http://127.0.0.1:8090', 403",
    "127.0.0.1:PORT, 'Origin: https://evil.example', 403",
    "127.0.0.1:PORT, 'Origin: null', 403",
    "evil.example, '', 421",
    "evil.example:PORT, 'Origin: http://evil.example:PORT', 421",
  })
  void hostAndOriginDecideBeforeTheUpgrade(String host, String header, int status)
      throws Exception {
    try (TestNode node = new TestNode();
        RawPeer peer = RawPeer.connect(node.server.port())) {
      String port = Integer.toString(node.server.port());
      String headers = header.isEmpty() ? "" : header.replace("PORT", port) + "\r\n";

      assertThat(peer.upgrade("/", host.replace("PORT", port), headers))
          .startsWith("HTTP/1.1 " + status);
      if (status != 101) {
        assertThat(node.heard.quiet()).isTrue();
      }
    }
  }

  @Test
  void anHttpRouteOnTheSamePathAnswersOrdinaryRequests() throws Exception {
    try (TestNode node = new TestNode();
        RawPeer peer = RawPeer.connect(node.server.port())) {
      peer.raw("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");

      assertThat(peer.head()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void theProtocolNameMayBeWrittenAsPeopleWriteIt() throws Exception {
    try (TestNode node = new TestNode();
        RawPeer peer = RawPeer.connect(node.server.port())) {
      peer.raw(
          """
          GET / HTTP/1.1\r
          Host: 127.0.0.1\r
          Upgrade: WebSocket\r
          Connection: keep-alive, Upgrade\r
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
          \r
          """);

      assertThat(peer.head()).startsWith("HTTP/1.1 101").contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }
  }

  @Test
  void anotherPathIsNoLink() throws Exception {
    try (TestNode node = new TestNode();
        RawPeer peer = RawPeer.connect(node.server.port())) {
      assertThat(peer.upgrade("/elsewhere", "127.0.0.1", "")).startsWith("HTTP/1.1 404");
      assertThat(node.heard.quiet()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'Sec-WebSocket-Key: %%%'",
    "'Sec-WebSocket-Key: c2hvcnQ='",
    "'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 8'"
  })
  void aMalformedHandshakeIsA400(String headers) throws Exception {
    try (TestNode node = new TestNode();
        RawPeer peer = RawPeer.connect(node.server.port())) {
      peer.raw(
          "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + headers.replace("|", "\r\n")
              + "\r\n\r\n");

      assertThat(peer.head()).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void oneSourceMayShakeHandsThirtyTimesAtOnceAndThenMustWait() throws Exception {
    try (TestNode node = new TestNode(LinkLimits.DEFAULT, TestNode.CAPPED)) {
      for (int i = 0; i < 30; i++) {
        RawPeer.upgraded(node.server.port()).close();
        node.heard.opened();
        node.heard.closed();
      }
      try (RawPeer peer = RawPeer.connect(node.server.port())) {
        peer.raw(
            """
            GET / HTTP/1.1\r
            Host: 127.0.0.1\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r
            """);

        assertThat(peer.head()).startsWith("HTTP/1.1 429").contains("Retry-After: 6");
        assertThat(node.count(LinkCount.REFUSED_RATE)).isOne();
      }
    }
  }

  @Test
  void oneSourceHoldsAtMostSixteenLinksAndAnEndedOneMakesRoom() throws Exception {
    try (TestNode node = new TestNode(LinkLimits.DEFAULT, TestNode.CAPPED)) {
      List<RawPeer> peers = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        peers.add(RawPeer.upgraded(node.server.port()));
        node.heard.opened();
      }
      try (RawPeer peer = RawPeer.connect(node.server.port())) {
        assertThat(peer.upgrade("")).startsWith("HTTP/1.1 429");
      }
      assertThat(node.count(LinkCount.REFUSED_SOURCE_LINKS)).isOne();

      peers.removeLast().close();
      node.heard.closed();
      peers.add(upgradedAtLast(node));
      node.heard.opened();
      for (RawPeer peer : peers) {
        peer.close();
      }
    }
  }

  /**
   * The room is made when the server has let go of the connection, a moment after the end is told.
   */
  private static RawPeer upgradedAtLast(TestNode node) throws IOException {
    while (true) {
      RawPeer peer = RawPeer.connect(node.server.port());
      if (peer.upgrade("").contains(" 101 ")) {
        return peer;
      }
      peer.close();
    }
  }
}
