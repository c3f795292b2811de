package dev.caelum.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What nobody honest sends is refused as a value, with the right reason. */
class HostileTest {
  private static final String BEACON =
      new String(BeaconCodec.encode(Samples.announce(1, Samples.EXTENSION)), UTF_8);
  private static final String FRAME =
      FrameCodec.encode(new NumberedFrame(0, null, new Frame.Legacy(Samples.ENVELOPE)));

  static Stream<Arguments> datagrams() {
    return Stream.of(
        argumentSet("empty", bytes(""), Refusal.SYNTAX),
        argumentSet("blank", bytes("   "), Refusal.SYNTAX),
        argumentSet("65,507 bytes", new byte[65_507], Refusal.OVERSIZE),
        argumentSet("4,097 bytes", bytes(BEACON + " ".repeat(4_097)), Refusal.OVERSIZE),
        argumentSet("bad UTF-8", with(bytes(BEACON), 20, (byte) 0xFF), Refusal.ENCODING),
        argumentSet("cut UTF-8", new byte[] {'{', '"', (byte) 0xE2, (byte) 0x82}, Refusal.ENCODING),
        argumentSet("overlong UTF-8", new byte[] {(byte) 0xC0, (byte) 0x80}, Refusal.ENCODING),
        argumentSet("byte order mark", bytes("\uFEFF" + BEACON), Refusal.SYNTAX),
        argumentSet("an array", bytes("[" + BEACON + "]"), Refusal.SYNTAX),
        argumentSet("a number", bytes("1"), Refusal.SYNTAX),
        argumentSet("2,000 deep", bytes("{\"a\":" + "[".repeat(2_000)), Refusal.SYNTAX),
        argumentSet("17 deep", bytes(nested(17)), Refusal.SYNTAX),
        argumentSet("a key twice", bytes("{\"a\":1,\"a\":2}"), Refusal.SYNTAX),
        argumentSet("NaN", bytes("{\"a\":NaN}"), Refusal.SYNTAX),
        argumentSet("Infinity", bytes("{\"a\":-Infinity}"), Refusal.SYNTAX),
        argumentSet("1e999", bytes("{\"a\":1e999}"), Refusal.SYNTAX),
        argumentSet("exponent of 10 digits", bytes("{\"a\":1e2147483648}"), Refusal.SYNTAX),
        argumentSet(
            "number of 3,000 digits", bytes("{\"a\":" + "9".repeat(3_000) + "}"), Refusal.SYNTAX),
        argumentSet("long key", bytes("{\"" + "k".repeat(65) + "\":1}"), Refusal.SYNTAX),
        argumentSet("half a pair", bytes("{\"a\":\"\\ud800\"}"), Refusal.SYNTAX),
        argumentSet("half a pair as key", bytes("{\"\\udc00\":1}"), Refusal.SYNTAX),
        argumentSet("pair the wrong way", bytes("{\"a\":\"\\udc00\\ud800\"}"), Refusal.SYNTAX),
        argumentSet("bare control character", bytes("{\"a\":\"\n\"}"), Refusal.SYNTAX),
        argumentSet("text behind", bytes(BEACON + "x"), Refusal.SYNTAX),
        argumentSet("another object behind", bytes(BEACON + "{}"), Refusal.SYNTAX),
        argumentSet("cut off", bytes(BEACON.substring(0, BEACON.length() - 1)), Refusal.SYNTAX),
        argumentSet("comment", bytes("{/**/}"), Refusal.SYNTAX),
        argumentSet("other JSON", bytes("{}"), Refusal.UNKNOWN_SHAPE),
        argumentSet("other type", bytes("{\"type\":\"chat\"}"), Refusal.UNKNOWN_SHAPE),
        argumentSet("one key more", bytes("{\"x\":1," + BEACON.substring(1)), Refusal.SCHEMA),
        argumentSet("empty id", bytes(BEACON.replace("\"caelum-3f9a\"", "\" \"")), Refusal.SCHEMA),
        argumentSet("port 0", bytes(BEACON.replace("8080", "0")), Refusal.SCHEMA),
        argumentSet("port 65536", bytes(BEACON.replace("8080", "65536")), Refusal.SCHEMA),
        argumentSet("hint without id", bytes("{\"type\":\"beacon\"}"), Refusal.SCHEMA));
  }

  @ParameterizedTest
  @MethodSource("datagrams")
  void aHostileDatagramIsRefused(byte[] datagram, Refusal reason) {
    assertThat(reason(BeaconCodec.decode(ByteBuffer.wrap(datagram)))).isEqualTo(reason);
  }

  static Stream<Arguments> frames() {
    return Stream.of(
        argumentSet("over 1 MiB", " ".repeat((1 << 20) + 1), Refusal.OVERSIZE),
        argumentSet("4,000 deep", "{\"a\":" + "[".repeat(4_000), Refusal.SYNTAX),
        argumentSet("4,000 objects deep", "{\"a\":".repeat(4_000), Refusal.SYNTAX),
        argumentSet(
            "number of a million digits", "{\"a\":" + "9".repeat(1_000_000), Refusal.SYNTAX),
        argumentSet(
            "string of a million", "{\"a\":\"" + "x".repeat(1_000_000) + "\"}", Refusal.SYNTAX),
        argumentSet("too many tokens", "{\"a\":[" + "1,".repeat(60_000) + "1]}", Refusal.SYNTAX),
        argumentSet("neither form", "{}", Refusal.UNKNOWN_SHAPE),
        argumentSet(
            "unknown type", FRAME.replace("machine_update", "teleport"), Refusal.UNKNOWN_TYPE),
        argumentSet("type is a number", "{\"message_type\":1}", Refusal.UNKNOWN_TYPE),
        argumentSet("one key more", "{\"x\":1," + FRAME.substring(1), Refusal.SCHEMA),
        argumentSet("unknown frame", "{\"f\":\"teleport\",\"n\":1}", Refusal.UNKNOWN_TYPE),
        argumentSet("frame without number", "{\"f\":\"goodbye\"}", Refusal.SCHEMA),
        argumentSet("frame number 0", "{\"f\":\"goodbye\",\"n\":0}", Refusal.SCHEMA),
        argumentSet("heartbeat of nobody", "{\"f\":\"heartbeat\",\"n\":1}", Refusal.SCHEMA));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void aHostileFrameIsRefused(String text, Refusal reason) {
    assertThat(reason(FrameCodec.decode(text))).isEqualTo(reason);
  }

  @Test
  void aWrongTypeUnderAnyKeyOfABeaconIsRefusedOrPassedOver() {
    Map<String, @Nullable Object> valid = object(BEACON);
    for (String key : valid.keySet()) {
      for (Object wrong : wrongs()) {
        Map<String, @Nullable Object> changed = new TreeMap<>(valid);
        changed.put(key, wrong);
        Decoded<Beacon> decoded =
            BeaconCodec.decode(ByteBuffer.wrap(bytes(JsonText.write(changed))));
        boolean right =
            switch (key) {
              case "message_type" -> false;
              case "services" -> wrong instanceof List<?>;
              case "websocket_port" -> wrong.equals(1L);
              default -> wrong instanceof String;
            };
        assertThat(decoded instanceof Decoded.Value<Beacon>)
            .as("%s = %s", key, wrong)
            .isEqualTo(right);
      }
    }
  }

  @Test
  void aWrongTypeAnywhereInARegistrationNeverThrows() {
    Map<String, @Nullable Object> machine = MachineInfoCodec.encode(Samples.MACHINE);
    List<Decoded<?>> seen = new ArrayList<>();
    for (Map<String, @Nullable Object> part : parts(machine)) {
      for (String key : List.copyOf(part.keySet())) {
        Object right = part.get(key);
        for (Object wrong : wrongs()) {
          part.put(key, wrong);
          seen.add(MachineInfoCodec.decode(object(JsonText.write(machine))));
          part.put(key, right);
        }
      }
    }
    assertThat(seen).hasSizeGreaterThan(100).doesNotContainNull();
  }

  /** The objects inside {@code machine} that can be changed in place, itself first. */
  @SuppressWarnings("unchecked")
  private static List<Map<String, @Nullable Object>> parts(Map<String, @Nullable Object> machine) {
    List<Map<String, @Nullable Object>> out = new ArrayList<>(List.of(machine));
    for (String key : List.of("network_info", "resources")) {
      out.add((Map<String, @Nullable Object>) Objects.requireNonNull(machine.get(key)));
    }
    return out;
  }

  private static List<Object> wrongs() {
    return List.of(
        1L, -1L, Long.MAX_VALUE, 1.5, true, "text", List.of(1L, "x", List.of()), Map.of("a", 1L));
  }

  private static Map<String, @Nullable Object> object(String text) {
    return RoundTripTest.value(JsonText.read(text, JsonText.Bounds.LINK));
  }

  private static String nested(int depth) {
    return "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] with(byte[] bytes, int at, byte value) {
    bytes[at] = value;
    return bytes;
  }

  private static @Nullable Refusal reason(Decoded<?> decoded) {
    return decoded instanceof Decoded.Rejected<?> rejected ? rejected.reason() : null;
  }
}
