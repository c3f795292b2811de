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
    return Stream.of(
        Arguments.of("binary", 1003, (RawServer.Script) p -> p.frame(FIN | BINARY, new byte[] {1})),
        Arguments.of(
            "message over 1 MiB",
            1009,
            (RawServer.Script)
                p -> {
                  p.frame(TEXT, new byte[1 << 20]);
                  p.frame(FIN | CONTINUATION, new byte[1]);
                }),
        Arguments.of(
            "frame of 2^62 bytes",
            1009,
            (RawServer.Script)
                p -> {
                  p.raw(FIN | TEXT, 0x7f, 0x40, 0, 0, 0, 0, 0, 0, 0);
                  p.raw("x".repeat((1 << 20) + 1));
                }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("violations")
  void aViolationIsToldInTheCodeThatAClientMaySend(
      String name, int code, RawServer.Script violation) throws Exception {
    try (RawServer server =
        RawServer.upgraded(peer -> {
          violation.play(peer);
          assertThat(peer.read().code()).isEqualTo(1008);
        })) {
      dial(server);
      LinkEnd end = node.heard.closed();
      assertThat(end.code()).isEqualTo(code);
      assertThat(end.byPeer()).isFalse();
      server.join();
      assertThat(node.heard.quiet()).isTrue();
    }
  }

  static Stream<Arguments> brokenFrames() {
    return Stream.of(
        Arguments.of("masked", (RawServer.Script) p -> p.frame(FIN | TEXT, new byte[4], true)),
        Arguments.of("reserved bit", (RawServer.Script) p -> p.frame(0xC0 | TEXT, new byte[4])),
        Arguments.of("unknown opcode", (RawServer.Script) p -> p.frame(FIN | 3, new byte[4])),
        Arguments.of(
            "not UTF-8", (RawServer.Script) p -> p.frame(FIN | TEXT, new byte[] {(byte) 0xff})),
        Arguments.of(
            "half a character",
            (RawServer.Script) p -> p.frame(FIN | TEXT, new byte[] {(byte) 0xe2, (byte) 0x82})),
        Arguments.of(
            "stray continuation",
            (RawServer.Script) p -> p.frame(FIN | CONTINUATION, new byte[4])));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenFrames")
  void whatTheClientCannotReadEndsTheLink(String name, RawServer.Script script) throws Exception {
    try (RawServer server =
        RawServer.upgraded(peer -> {
          script.play(peer);
          peer.readToEnd();
        })) {
      dial(server);
      assertThat(node.heard.closed().byPeer()).isTrue();
      server.join();
      assertThat(node.heard.quiet()).isTrue();
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
