package dev.caelum.wire;

import static dev.caelum.wire.RoundTripTest.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames about members: what they look like and what is refused. */
class MembershipFramesTest {
  @Test
  void theyLookLikeThis() {
    assertThat(text(new Frame.Rumors(List.of(Samples.LEFT))))
        .isEqualTo(
            "{\"f\":\"rumors\",\"n\":5,\"rumors\":[{\"id\":\"caelum-77\","
                + "\"in\":\"0a1b2c3d4e5f6071\",\"is\":\"left\",\"inc\":2}]}");
    assertThat(text(new Frame.Rumors(List.of(Samples.INTRODUCED))))
        .isEqualTo(
            "{\"f\":\"rumors\",\"n\":5,\"rumors\":[{\"id\":\"caelum-3f9a\","
                + "\"in\":\"b1946ac92492d234\",\"is\":\"alive\",\"inc\":4,"
                + "\"host\":\"192.168.7.11\",\"port\":8080,\"udp\":8181,"
                + "\"cookie\":9007199254740991,\"name\":\"studio \u00e9\ud83c\udfaf\","
                + "\"cid\":\"f793cd9b-4070-4c73-8457-eb6b7d008206\","
                + "\"cname\":\"caelum-studio-11\"}]}");
    assertThat(text(new Frame.Digest(Collections.nCopies(32, -7))))
        .isEqualTo(
            "{\"f\":\"digest\",\"n\":5,\"buckets\":["
                + String.join(",", Collections.nCopies(32, "-7"))
                + "]}");
    assertThat(text(new Frame.Lines(List.of(), List.of(3, 4), true, 1, 1)))
        .isEqualTo("{\"f\":\"lines\",\"n\":5,\"lines\":[],\"buckets\":[3,4],\"reply\":true}");
    assertThat(text(new Frame.Lines(List.of(), List.of(), false, 2, 3)))
        .isEqualTo("{\"f\":\"lines\",\"n\":5,\"lines\":[],\"part\":2,\"parts\":3}");
  }

  @ParameterizedTest
  @MethodSource("frames")
  void theirBeginningSaysWhatTheyAre(Frame frame) {
    assertThat(FrameCodec.membership(text(frame))).isEqualTo(frame.membership());
  }

  static Stream<Frame> frames() {
    return Samples.frames().values().stream();
  }

  @Test
  void aFullFrameIsWithinTheBoundsOfALink() {
    Frame.Rumors full = new Frame.Rumors(Collections.nCopies(150, Samples.INTRODUCED));
    assertThat(value(FrameCodec.decode(text(full))).frame()).isEqualTo(full);
    assertThat(text(full).length()).isLessThan(64 * 1_024);
  }

  static Stream<Arguments> hostile() {
    String rumor = "{\"id\":\"a\",\"in\":\"i\",\"is\":\"dead\"}";
    String many = String.join(",", Collections.nCopies(151, rumor));
    String numbers = String.join(",", Collections.nCopies(31, "1"));
    return Stream.of(
        argumentSet("151 rumors", "rumors\",\"rumors\":[" + many + "]"),
        argumentSet("a rumor of nobody", "rumors\",\"rumors\":[{\"is\":\"dead\"}]"),
        argumentSet("31 numbers", "digest\",\"buckets\":[" + numbers + "]"),
        argumentSet("33 numbers", "digest\",\"buckets\":[" + numbers + ",1,1]"),
        argumentSet("a number of 33 bits", "digest\",\"buckets\":[" + numbers + ",2147483648]"),
        argumentSet("a fraction", "digest\",\"buckets\":[" + numbers + ",0.5]"),
        argumentSet("no digest", "digest\""),
        argumentSet("bucket 32", "lines\",\"lines\":[],\"buckets\":[32]"),
        argumentSet("33 buckets", "lines\",\"lines\":[],\"buckets\":[" + numbers + ",1,1]"),
        argumentSet("part 3 of 2", "lines\",\"lines\":[],\"part\":3,\"parts\":2"),
        argumentSet("17 parts", "lines\",\"lines\":[],\"part\":1,\"parts\":17"),
        argumentSet("a pulse of no time", "pulse\",\"cpu\":1.0"),
        argumentSet("a pulse from the past", "pulse\",\"t\":-1"));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void aHostileFrameIsRefused(String rest) {
    assertThat(FrameCodec.decode("{\"n\":1,\"f\":\"" + rest + "}"))
        .isInstanceOfSatisfying(
            Decoded.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Refusal.SCHEMA));
  }

  private static String text(Frame frame) {
    boolean legacy = Objects.requireNonNull(frame) instanceof Frame.Legacy;
    return FrameCodec.encode(new NumberedFrame(legacy ? 0 : 5, null, frame));
  }
}
