package dev.caelum.link;

import static dev.caelum.link.RawPeer.BINARY;
import static dev.caelum.link.RawPeer.CLOSE;
import static dev.caelum.link.RawPeer.CONTINUATION;
import static dev.caelum.link.RawPeer.FIN;
import static dev.caelum.link.RawPeer.PING;
import static dev.caelum.link.RawPeer.PONG;
import static dev.caelum.link.RawPeer.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a peer may do to a link that it opened, rightly and wrongly. */
@Timeout(60)
class InboundEndTest {
  private final TestNode node = new TestNode();
  private RawPeer peer;
  private PeerLink link;

  @BeforeEach
  void open() throws Exception {
    peer = RawPeer.upgraded(node.server.port());
    link = node.heard.opened();
  }

  @AfterEach
  void stop() throws IOException {
    peer.close();
    node.close();
  }

  @Test
  void aHangUpIsALoss() throws Exception {
    peer.close();

    assertThat(node.heard.closed())
        .isEqualTo(new LinkEnd(LinkEnd.LOST, "the peer hung up without a close", true));
  }

  @Test
  void aResetIsALoss() throws Exception {
    peer.reset();

    assertThat(node.heard.closed()).isEqualTo(new LinkEnd(LinkEnd.LOST, "connection broken", true));
  }

  @Test
  void aHangUpInsideAFrameIsALossAndNoMessage() throws Exception {
    peer.raw(FIN | TEXT, 0x80 | 100, 0, 0, 0, 0, 'h', 'a', 'l', 'f');
    peer.close();

    assertThat(node.heard.closed().code()).isEqualTo(LinkEnd.LOST);
    assertThat(node.heard.quiet()).isTrue();
  }

  @Test
  void aCloseIsEchoedAndTold() throws Exception {
    peer.frame(FIN | CLOSE, close(4321, "enough\u202e\n"));

    assertThat(peer.read().code()).isEqualTo(4321);
    assertThat(peer.readToEnd()).isTrue();
    assertThat(node.heard.closed()).isEqualTo(new LinkEnd(4321, "enough", true));
  }

  @Test
  void aCloseWithoutCodeIsAnswered() throws Exception {
    peer.frame(FIN | CLOSE, new byte[0]);

    assertThat(peer.read().code()).isEqualTo(1000);
    assertThat(node.heard.closed()).isEqualTo(new LinkEnd(LinkEnd.NO_CODE, "", true));
  }

  @Test
  void ourCloseEndsTheConnectionAsSoonAsThePeerAnswers() throws Exception {
    link.close(4001, "kept another");
    RawPeer.Frame close = peer.read();
    assertThat(close.code()).isEqualTo(4001);
    long answered = System.nanoTime();
    peer.frame(FIN | CLOSE, close.payload());

    assertThat(peer.readToEnd()).isTrue();
    assertThat(System.nanoTime() - answered).isLessThan(900_000_000L);
    assertThat(node.heard.closed()).isEqualTo(new LinkEnd(4001, "kept another", false));
  }

  @Test
  void ourCloseEndsTheConnectionEvenIfThePeerNeverAnswers() throws Exception {
    link.close(4001, "kept another");

    assertThat(node.heard.closed()).isEqualTo(new LinkEnd(4001, "kept another", false));
    assertThat(peer.read().code()).isEqualTo(4001);
    peer.readToEnd();
  }

  static Stream<Arguments> violations() {
    byte[] text = "text".getBytes(UTF_8);
    return Stream.of(
        violation("binary", 1003, LinkCount.CLOSED_NOT_TEXT, p -> p.frame(FIN | BINARY, text)),
        violation(
            "not masked", 1002, LinkCount.CLOSED_PROTOCOL, p -> p.frame(FIN | TEXT, text, false)),
        violation("reserved bit", 1002, LinkCount.CLOSED_PROTOCOL, p -> p.frame(0xC0 | TEXT, text)),
        violation("unknown opcode", 1002, LinkCount.CLOSED_PROTOCOL, p -> p.frame(FIN | 3, text)),
        violation(
            "stray continuation",
            1002,
            LinkCount.CLOSED_PROTOCOL,
            p -> p.frame(FIN | CONTINUATION, text)),
        violation(
            "message inside a message",
            1002,
            LinkCount.CLOSED_PROTOCOL,
            p -> {
              p.frame(TEXT, text);
              p.frame(FIN | TEXT, text);
            }),
        violation(
            "ping in pieces", 1002, LinkCount.CLOSED_PROTOCOL, p -> p.frame(PING, new byte[0])),
        violation(
            "ping too long",
            1002,
            LinkCount.CLOSED_PROTOCOL,
            p -> p.frame(FIN | PING, new byte[126])),
        violation(
            "close of one byte",
            1002,
            LinkCount.CLOSED_PROTOCOL,
            p -> p.frame(FIN | CLOSE, new byte[] {3})),
        violation(
            "close code nobody may send",
            1002,
            LinkCount.CLOSED_PROTOCOL,
            p -> p.frame(FIN | CLOSE, close(1006, ""))),
        violation(
            "not UTF-8",
            1007,
            LinkCount.CLOSED_BAD_UTF8,
            p -> p.frame(FIN | TEXT, new byte[] {'a', (byte) 0xff})),
        violation(
            "half a character",
            1007,
            LinkCount.CLOSED_BAD_UTF8,
            p -> p.frame(FIN | TEXT, new byte[] {(byte) 0xe2, (byte) 0x82})),
        violation(
            "a surrogate in UTF-8",
            1007,
            LinkCount.CLOSED_BAD_UTF8,
            p -> p.frame(FIN | TEXT, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80})),
        violation(
            "frame of 2^62 bytes",
            1009,
            LinkCount.CLOSED_TOO_BIG,
            p -> p.raw(FIN | TEXT, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
        violation(
            "frame of 2^63 bytes",
            1002,
            LinkCount.CLOSED_PROTOCOL,
            p -> p.raw(FIN | TEXT, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
        violation(
            "frame over 1 MiB",
            1009,
            LinkCount.CLOSED_TOO_BIG,
            p -> p.frame(FIN | TEXT, new byte[(1 << 20) + 1])),
        violation(
            "message over 1 MiB in frames",
            1009,
            LinkCount.CLOSED_TOO_BIG,
            p -> {
              p.frame(TEXT, new byte[1 << 19]);
              p.frame(CONTINUATION, new byte[1 << 19]);
              p.frame(FIN | CONTINUATION, new byte[1]);
            }),
        violation(
            "10,000 empty fragments",
            1009,
            LinkCount.CLOSED_TOO_BIG,
            p -> {
              p.frame(TEXT, new byte[0]);
              for (int i = 0; i < 10_000; i++) {
                p.frame(CONTINUATION, new byte[0]);
              }
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("violations")
  void aViolationIsToldToThePeerAndCounted(
      String name, int code, LinkCount count, Violation violation) throws Exception {
    violation.by(peer);

    assertThat(peer.read().code()).isEqualTo(code);
    peer.close();
    LinkEnd end = node.heard.closed();
    assertThat(end.code()).isEqualTo(code);
    assertThat(end.byPeer()).isFalse();
    assertThat(node.count(count)).isOne();
    assertThat(node.heard.quiet()).isTrue();
  }

  @Test
  void afterAViolationThePeerHasASecondToHangUp() throws Exception {
    peer.frame(FIN | BINARY, new byte[1]);

    assertThat(node.heard.closed().code()).isEqualTo(1003);
    assertThat(peer.read().code()).isEqualTo(1003);
  }

  @Test
  void aCharacterSplitAcrossFramesArrivesWhole() throws Exception {
    byte[] text = "ja 🎯 €".getBytes(UTF_8);
    for (int i = 0; i < text.length; i++) {
      int head = (i == 0 ? TEXT : CONTINUATION) | (i == text.length - 1 ? FIN : 0);
      peer.frame(head, new byte[] {text[i]});
      peer.frame(FIN | PING, new byte[] {text[i]});
    }

    assertThat(node.heard.message()).isEqualTo("ja 🎯 €");
  }

  @Test
  void aPingIsAnsweredWithItsPayload() throws Exception {
    byte[] payload = new byte[125];
    Arrays.fill(payload, (byte) 7);
    peer.frame(FIN | PING, payload);

    RawPeer.Frame pong = peer.read();
    assertThat(pong.head()).isEqualTo(FIN | PONG);
    assertThat(pong.payload()).isEqualTo(payload);
  }

  @Test
  void aPongThatNobodyAskedForIsNoPong() throws Exception {
    peer.frame(FIN | PONG, new byte[8]);
    peer.frame(FIN | PONG, new byte[0]);
    peer.text("next");

    assertThat(node.heard.message()).isEqualTo("next");
  }

  interface Violation {
    void by(RawPeer peer) throws IOException;
  }

  private static Arguments violation(String name, int code, LinkCount count, Violation by) {
    return Arguments.of(name, code, count, by);
  }

  private static byte[] close(int code, String reason) {
    byte[] words = reason.getBytes(UTF_8);
    return ByteBuffer.allocate(2 + words.length).putShort((short) code).put(words).array();
  }
}
