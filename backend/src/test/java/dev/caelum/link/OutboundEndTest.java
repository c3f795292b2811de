package dev.caelum.link;

import static dev.caelum.link.RawPeer.BINARY;
import static dev.caelum.link.RawPeer.CLOSE;
import static dev.caelum.link.RawPeer.CONTINUATION;
import static dev.caelum.link.RawPeer.FIN;
import static dev.caelum.link.RawPeer.PING;
import static dev.caelum.link.RawPeer.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.link.DialOutcome.Connected;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a peer may do to a link that we opened. */
@Timeout(60)
class OutboundEndTest {
  private final TestNode node = new TestNode();

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void aHangUpIsALoss() throws Exception {
    try (RawServer server = RawServer.upgraded(RawPeer::close)) {
      dial(server);
      LinkEnd end = node.heard.closed();
      assertThat(end.code()).isEqualTo(LinkEnd.LOST);
      assertThat(end.byPeer()).isTrue();
      assertThat(node.heard.quiet()).isTrue();
    }
  }

  @Test
  void aResetIsALoss() throws Exception {
    try (RawServer server = RawServer.upgraded(RawPeer::reset)) {
      dial(server);
      assertThat(node.heard.closed().code()).isEqualTo(LinkEnd.LOST);
      assertThat(node.heard.quiet()).isTrue();
    }
  }

  @Test
  void aCloseIsEchoedAndTold() throws Exception {
    try (RawServer server =
        RawServer.upgraded(peer -> {
          peer.frame(FIN | CLOSE, close(4001, "kept another"));
          assertThat(peer.read().code()).isEqualTo(4001);
        })) {
      dial(server);
      assertThat(node.heard.closed()).isEqualTo(new LinkEnd(4001, "kept another", true));
      server.join();
    }
  }

  @Test
  void aCloseWithoutCodeIsTold() throws Exception {
    try (RawServer server =
        RawServer.upgraded(peer -> {
          peer.frame(FIN | CLOSE, new byte[0]);
          peer.read();
        })) {
      dial(server);
      assertThat(node.heard.closed()).isEqualTo(new LinkEnd(LinkEnd.NO_CODE, "", true));
    }
  }

  @Test
  void ourCloseEndsTheConnectionEvenIfThePeerNeverAnswers() throws Exception {
    try (RawServer server =
        RawServer.upgraded(peer -> {
          assertThat(peer.read().code()).isEqualTo(1001);
          peer.readToEnd();
        })) {
      dial(server).close(1001, "stopping");
      assertThat(node.heard.closed()).isEqualTo(new LinkEnd(1001, "stopping", false));
      server.join();
    }
  }

  static Stream<Arguments> violations() {
    byte[] text = "text".getBytes(UTF_8);
    return Stream.of(
        violation("binary", 1003, LinkCount.CLOSED_NOT_TEXT, p -> p.frame(FIN | BINARY, text)),
        violation("masked", 1002, LinkCount.CLOSED_PROTOCOL, p -> p.frame(FIN | TEXT, text, true)),
        violation("reserved bit", 1002, LinkCount.CLOSED_PROTOCOL, p -> p.frame(0xC0 | TEXT, text)),
        violation("unknown opcode", 1002, LinkCount.CLOSED_PROTOCOL, p -> p.frame(FIN | 3, text)),
        violation(
            "stray continuation",
            1002,
            LinkCount.CLOSED_PROTOCOL,
            p -> p.frame(FIN | CONTINUATION, text)),
        violation(
            "close code nobody may send",
            1002,
            LinkCount.CLOSED_PROTOCOL,
            p -> p.frame(FIN | CLOSE, close(1006, ""))),
        violation(
            "not UTF-8",
            1007,
            LinkCount.CLOSED_BAD_UTF8,
            p -> p.frame(FIN | TEXT, new byte[] {(byte) 0xff})),
        violation(
            "half a character",
            1007,
            LinkCount.CLOSED_BAD_UTF8,
            p -> p.frame(FIN | TEXT, new byte[] {(byte) 0xe2, (byte) 0x82})),
        violation(
            "message over 1 MiB",
            1009,
            LinkCount.CLOSED_TOO_BIG,
            p -> {
              p.frame(TEXT, new byte[1 << 20]);
              p.frame(FIN | CONTINUATION, new byte[1]);
            }),
        violation(
            "frame of 2^62 bytes",
            1009,
            LinkCount.CLOSED_TOO_BIG,
            p -> p.raw(FIN | TEXT, 0x7f, 0x40, 0, 0, 0, 0, 0, 0, 0)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("violations")
  void aViolationIsToldToThePeerAndCounted(
      String name, int code, LinkCount count, RawServer.Script violation) throws Exception {
    try (RawServer server =
        RawServer.upgraded(peer -> {
          violation.play(peer);
          assertThat(peer.read().code()).isEqualTo(code);
        })) {
      dial(server);
      LinkEnd end = node.heard.closed();
      assertThat(end.code()).isEqualTo(code);
      assertThat(end.byPeer()).isFalse();
      assertThat(node.count(count)).isOne();
      server.join();
      assertThat(node.heard.quiet()).isTrue();
    }
  }

  /** The end of a stream directly behind its last data was missed by the JDK's client. */
  @Test
  void whatAPeerSaysLastArrivesBeforeItsHangUpEachOf300Times() throws Exception {
    for (int i = 0; i < 300; i++) {
      try (RawServer server =
          RawServer.upgraded(peer -> {
            peer.text("last words");
            peer.close();
          })) {
        dial(server);
        assertThat(node.heard.message()).isEqualTo("last words");
        assertThat(node.heard.closed())
            .isEqualTo(new LinkEnd(LinkEnd.LOST, "the peer hung up without a close", true));
      }
    }
  }

  @Test
  void whatComesInOnePacketWithTheHandshakeIsRead() throws Exception {
    try (RawServer server =
        RawServer.playing(
            peer -> peer.acceptUpgrade(new byte[] {(byte) (FIN | TEXT), 2, 'h', 'i'}))) {
      dial(server);
      assertThat(node.heard.message()).isEqualTo("hi");
      assertThat(node.heard.closed().code()).isEqualTo(LinkEnd.LOST);
    }
  }

  @Test
  void everyFrameIsMaskedAndNoTwoMasksAreTheSame() throws Exception {
    Set<Integer> masks = new HashSet<>();
    try (RawServer server =
        RawServer.upgraded(peer -> {
          for (int i = 0; i < 100; i++) {
            RawPeer.Frame frame = peer.read();
            assertThat(frame.text()).isEqualTo("text " + i);
            masks.add(frame.mask());
          }
        })) {
      PeerLink link = dial(server);
      for (int i = 0; i < 100; i++) {
        assertThat(link.send("text " + i)).isTrue();
      }
      server.join();
      // Two of 100 that are random are the same once in 870,000 runs.
      assertThat(masks).hasSize(100).doesNotContain(0);
    }
  }

  @Test
  void aCharacterSplitAcrossFramesArrivesWhole() throws Exception {
    byte[] text = "ja 🎯 €".getBytes(UTF_8);
    try (RawServer server =
        RawServer.upgraded(peer -> {
          for (int i = 0; i < text.length; i++) {
            int head = (i == 0 ? TEXT : CONTINUATION) | (i == text.length - 1 ? FIN : 0);
            peer.frame(head, new byte[] {text[i]});
          }
          peer.readToEnd();
        })) {
      PeerLink link = dial(server);
      assertThat(node.heard.message()).isEqualTo("ja 🎯 €");
      link.abort();
    }
  }

  @Test
  void aPingIsAnsweredWithItsPayload() throws Exception {
    try (RawServer server =
        RawServer.upgraded(peer -> {
          peer.frame(FIN | PING, "here?".getBytes(UTF_8));
          assertThat(peer.read().text()).isEqualTo("here?");
        })) {
      dial(server);
      server.join();
    }
  }

  private static Arguments violation(
      String name, int code, LinkCount count, RawServer.Script violation) {
    return Arguments.of(name, code, count, violation);
  }

  private PeerLink dial(RawServer server) throws Exception {
    PeerLink link = ((Connected) node.dial(server.endpoint())).link();
    assertThat(node.heard.opened()).isSameAs(link);
    return link;
  }

  private static byte[] close(int code, String reason) {
    byte[] words = reason.getBytes(UTF_8);
    return ByteBuffer.allocate(2 + words.length).putShort((short) code).put(words).array();
  }
}
