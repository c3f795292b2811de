package dev.caelum.wire;

import static dev.caelum.wire.RoundTripTest.value;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.ProbeMessage;
import dev.caelum.cluster.Rumor;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Datagrams of the failure detector: what they look like, how long they are, what is refused. */
class ProbeCodecTest {
  private static final String RUMOR =
      "{\"id\":\"a\",\"in\":\"i\",\"is\":\"alive\",\"host\":\"10.0.0.1\",\"port\":8080,"
          + "\"name\":\"h\"}";

  static Stream<Class<?>> messages() {
    return Stream.of(ProbeMessage.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyMessageComesBackAndIsKnownByItsFirstBytes(Class<?> kind) {
    ProbeMessage message = Objects.requireNonNull(Samples.probes().get(kind), "no sample");
    byte[] datagram = ProbeCodec.encode(message);
    assertThat(ProbeCodec.matches(ByteBuffer.wrap(datagram))).isTrue();
    assertThat(read(datagram)).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void noMessageIsABeaconToAnybody(Class<?> kind) {
    byte[] datagram = ProbeCodec.encode(Objects.requireNonNull(Samples.probes().get(kind)));
    assertThat(BeaconCodec.decode(ByteBuffer.wrap(datagram)))
        .isInstanceOfSatisfying(
            Decoded.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Refusal.UNKNOWN_SHAPE));
    assertThat(object(datagram)).doesNotContainKeys("message_type", "type");
  }

  @Test
  void noBeaconIsTakenForAMessage() {
    CapturesTest.resource("legacy-beacons.jsonl")
        .lines()
        .forEach(line -> assertThat(ProbeCodec.matches(buffer(line))).isFalse());
    assertThat(
            ProbeCodec.matches(
                ByteBuffer.wrap(BeaconCodec.encode(Samples.announce(1, Samples.EXTENSION)))))
        .isFalse();
  }

  @Test
  void theyLookLikeThis() {
    assertThat(text(new ProbeMessage.Probe(12, Samples.INSTANCE, 34, List.of())))
        .isEqualTo("{\"probe\":12,\"from\":\"b1946ac92492d234\",\"c\":34}");
    assertThat(text(new ProbeMessage.Relay(12, Samples.INSTANCE, 34, Samples.OTHER, List.of())))
        .isEqualTo(
            "{\"relay\":12,\"from\":\"b1946ac92492d234\",\"c\":34,\"to\":\"0a1b2c3d4e5f6071\"}");
    assertThat(text(new ProbeMessage.Ack(12, Samples.INSTANCE, 0, List.of())))
        .isEqualTo("{\"ack\":12,\"of\":\"b1946ac92492d234\"}");
    assertThat(text(new ProbeMessage.Nack(12))).isEqualTo("{\"nack\":12}");
    assertThat(text(new ProbeMessage.Ack(12, Samples.OTHER, 3, List.of(Samples.SUSPECTED))))
        .isEqualTo(
            "{\"ack\":12,\"of\":\"0a1b2c3d4e5f6071\",\"inc\":3,\"r\":[{\"id\":\"caelum-3f9a\","
                + "\"in\":\"b1946ac92492d234\",\"is\":\"suspect\",\"by\":\"0a1b2c3d4e5f6071\"}]}");
  }

  @Test
  void withoutRumorsTheyAreShort() {
    long largest = Samples.LARGEST;
    assertThat(
            ProbeCodec.encode(new ProbeMessage.Probe(largest, Samples.OTHER, largest, List.of())))
        .hasSizeLessThanOrEqualTo(80);
    assertThat(ProbeCodec.encode(new ProbeMessage.Ack(largest, Samples.OTHER, 99, List.of())))
        .hasSizeLessThanOrEqualTo(80);
  }

  @Test
  void rumorsThatDoNotFitAreLeftOutFromTheEnd() {
    Rumor huge = introduced("\u20ac".repeat(64), "10.0.0.1");
    List<Rumor> rumors = Collections.nCopies(ProbeMessage.RUMORS, huge);
    byte[] datagram = ProbeCodec.encode(new ProbeMessage.Probe(1, Samples.OTHER, 2, rumors));
    assertThat(datagram).hasSizeLessThanOrEqualTo(BeaconCodec.SEND_LIMIT);
    assertThat(read(datagram).rumors()).hasSize(1).containsOnly(huge);
  }

  @Test
  void anAddressWithAZoneIsNotToldToOthers() {
    Rumor local = introduced("h", "fe80::1%eth0");
    ProbeMessage read =
        read(ProbeCodec.encode(new ProbeMessage.Ack(1, Samples.OTHER, 0, List.of(local))));
    assertThat(read.rumors().getFirst().introduction()).isNull();
  }

  @Test
  void anUnknownKeyIsPassedOver() {
    assertThat(value(ProbeCodec.decode(buffer("{\"nack\":1,\"new\":[{}]}"))))
        .isEqualTo(new ProbeMessage.Nack(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "::", "::1", "2001:db8::7", "fe80:0:0:0:1:2:3:4", "1::"})
  void anIntroductionNamesAnIpAddress(String host) {
    assertThat(AddressText.literal(host)).isTrue();
    assertThat(ProbeCodec.decode(ack(RUMOR.replace("10.0.0.1", host))))
        .isInstanceOf(Decoded.Value.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example", "10.0.0", "10.0.0.256", "10.0.0.1.", "1.2.3.4.5", "010.0.0.1",
            "1.2.3.\u0661",
        ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::12345", "fe80::1%eth0",
        "[::1]", "::g", "1:2:3:4:5:6:7::8", " "
      })
  void anythingElseIsRefused(String host) {
    assertThat(reason(ack(RUMOR.replace("10.0.0.1", host)))).isEqualTo(Refusal.SCHEMA);
  }

  static Stream<Arguments> hostile() {
    String rumors = String.join(",", Collections.nCopies(ProbeMessage.RUMORS + 1, RUMOR));
    return Stream.of(
        argumentSet("too long", " ".repeat(1_401), Refusal.OVERSIZE),
        argumentSet("no JSON", "{\"ack\":", Refusal.SYNTAX),
        argumentSet("a key twice", "{\"ack\":1,\"ack\":2,\"of\":\"i\"}", Refusal.SYNTAX),
        argumentSet("another first key", "{\"x\":1,\"nack\":1}", Refusal.UNKNOWN_SHAPE),
        argumentSet("nothing", "{}", Refusal.UNKNOWN_SHAPE),
        argumentSet("number 0", "{\"nack\":0}", Refusal.SCHEMA),
        argumentSet("number 2^53", "{\"nack\":9007199254740992}", Refusal.SCHEMA),
        argumentSet("number as text", "{\"nack\":\"1\"}", Refusal.SCHEMA),
        argumentSet("probe without cookie", "{\"probe\":1,\"from\":\"i\"}", Refusal.SCHEMA),
        argumentSet("probe of nobody", "{\"probe\":1,\"from\":\" \",\"c\":1}", Refusal.SCHEMA),
        argumentSet("relay to nobody", "{\"relay\":1,\"from\":\"i\",\"c\":1}", Refusal.SCHEMA),
        argumentSet("ack of nobody", "{\"ack\":1}", Refusal.SCHEMA),
        argumentSet("negative incarnation", "{\"ack\":1,\"of\":\"i\",\"inc\":-1}", Refusal.SCHEMA),
        argumentSet("rumors no list", "{\"ack\":1,\"of\":\"i\",\"r\":{}}", Refusal.SCHEMA),
        argumentSet("rumor no object", "{\"ack\":1,\"of\":\"i\",\"r\":[1]}", Refusal.SCHEMA),
        argumentSet("empty rumor", "{\"ack\":1,\"of\":\"i\",\"r\":[{}]}", Refusal.SCHEMA),
        argumentSet("too many", "{\"ack\":1,\"of\":\"i\",\"r\":[" + rumors + "]}", Refusal.SCHEMA),
        argumentSet("unknown claim", with("alive", "risen"), Refusal.SCHEMA),
        argumentSet("dead and introduced", with("alive", "dead"), Refusal.SCHEMA),
        argumentSet("port 0", with("8080", "0"), Refusal.SCHEMA),
        argumentSet("no name", with("\"name\":\"h\"", "\"x\":1"), Refusal.SCHEMA),
        argumentSet("port without cookie", with("\"name\"", "\"udp\":1,\"name\""), Refusal.SCHEMA),
        argumentSet("blank id", with("\"id\":\"a\"", "\"id\":\"\\u200b\""), Refusal.SCHEMA));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void aHostileMessageIsRefused(String text, Refusal reason) {
    assertThat(reason(buffer(text))).isEqualTo(reason);
  }

  private static String with(String what, String by) {
    return "{\"ack\":1,\"of\":\"i\",\"r\":[" + RUMOR.replace(what, by) + "]}";
  }

  private static ByteBuffer ack(String rumor) {
    return buffer("{\"ack\":1,\"of\":\"i\",\"r\":[" + rumor + "]}");
  }

  private static Rumor introduced(String hostname, String host) {
    return new Rumor(
        Samples.INTRODUCED.id(),
        Samples.INSTANCE,
        Rumor.Claim.ALIVE,
        1,
        Samples.INSTANCE,
        new Rumor.Introduction(new Endpoint(host, 8080), null, hostname, hostname, hostname));
  }

  private static ByteBuffer buffer(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static String text(ProbeMessage message) {
    return new String(ProbeCodec.encode(message), UTF_8);
  }

  private static ProbeMessage read(byte[] datagram) {
    return value(ProbeCodec.decode(ByteBuffer.wrap(datagram)));
  }

  private static Map<String, ?> object(byte[] datagram) {
    return value(JsonText.read(ByteBuffer.wrap(datagram), JsonText.Bounds.DATAGRAM));
  }

  private static Refusal reason(ByteBuffer datagram) {
    return ProbeCodec.decode(datagram) instanceof Decoded.Rejected<ProbeMessage> rejected
        ? rejected.reason()
        : Refusal.UNKNOWN_TYPE;
  }
}
