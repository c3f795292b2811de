package dev.caelum.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.NodeId;
import dev.caelum.cluster.ProbeAddress;
import dev.caelum.cluster.Registration;
import dev.caelum.cluster.Self;
import dev.caelum.cluster.Settings;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is read back as the same value, for each record that the wire knows. */
class RoundTripTest {
  static final List<MachineInfo> MACHINES = List.of(Samples.MACHINE, Samples.BARE);

  static Stream<Class<?>> frames() {
    return Stream.of(Frame.class.getPermittedSubclasses());
  }

  static Stream<Class<?>> beacons() {
    return Stream.of(Beacon.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("frames")
  void everyFrameComesBack(Class<?> kind) {
    Frame frame = Objects.requireNonNull(Samples.frames().get(kind), "no sample of " + kind);
    boolean legacy = frame instanceof Frame.Legacy;
    NumberedFrame numbered = new NumberedFrame(legacy ? 0 : 12, legacy ? null : 11L, frame);
    assertThat(value(FrameCodec.decode(FrameCodec.encode(numbered)))).isEqualTo(numbered);
  }

  @ParameterizedTest
  @MethodSource("beacons")
  void everyBeaconIsRead(Class<?> kind) {
    Beacon beacon = Objects.requireNonNull(Samples.beacons().get(kind), "no sample of " + kind);
    byte[] datagram =
        switch (beacon) {
          case Beacon.Announce announce -> BeaconCodec.encode(announce);
          // We never send it; so the test writes it as an old node does.
          case Beacon.ClusterHint hint ->
              JsonText.write(
                      Map.of(
                          "type", "discovery",
                          "clusterId", hint.clusterId(),
                          "clusterName", hint.clusterName(),
                          "wsPort", hint.wsPort(),
                          "capabilities", hint.capabilities(),
                          "role", hint.role()))
                  .getBytes(UTF_8);
        };
    assertThat(value(BeaconCodec.decode(ByteBuffer.wrap(datagram)))).isEqualTo(beacon);
  }

  @ParameterizedTest
  @EnumSource(Beacon.Kind.class)
  void theExtensionOfABeaconComesBack(Beacon.Kind kind) {
    Beacon.Announce beacon = Samples.announce(1, Samples.extension(kind));
    assertThat(value(BeaconCodec.decode(ByteBuffer.wrap(BeaconCodec.encode(beacon)))))
        .isEqualTo(beacon);
  }

  @Test
  void anExtensionWithoutItsOptionalPartsComesBack() {
    Beacon.Extension bare =
        new Beacon.Extension("i", 0, 0, 15, null, "", 0, Beacon.Kind.ANNOUNCE, null);
    Beacon.Announce beacon = Samples.announce(0, bare);
    assertThat(value(BeaconCodec.decode(ByteBuffer.wrap(BeaconCodec.encode(beacon)))))
        .isEqualTo(beacon);
  }

  @ParameterizedTest
  @EnumSource(MessageType.class)
  void everyMessageTypeOfOldNodesComesBack(MessageType type) {
    Envelope envelope = new Envelope("m-1", type, "a", null, "t", Map.of(), null);
    NumberedFrame frame = new NumberedFrame(0, null, new Frame.Legacy(envelope));
    assertThat(value(FrameCodec.decode(FrameCodec.encode(frame)))).isEqualTo(frame);
  }

  @ParameterizedTest
  @FieldSource("MACHINES")
  void aMachineComesBack(MachineInfo machine) {
    String text = JsonText.write(MachineInfoCodec.encode(machine));
    assertThat(value(MachineInfoCodec.decode(value(JsonText.read(text, JsonText.Bounds.LINK)))))
        .isEqualTo(machine);
  }

  @ParameterizedTest
  @FieldSource("MACHINES")
  void aRegistrationComesBackWithItsExtension(MachineInfo machine) {
    Self self =
        new Self(
            new NodeId(machine.machineId()),
            new InstanceId("b1946ac92492d234"),
            machine.equals(Samples.BARE) ? null : "lab",
            new Endpoint("192.168.7.11", 8085),
            new ProbeAddress(8181, ProbeAddress.COOKIE_LIMIT - 1),
            machine);
    Map<String, @Nullable Object> payload =
        value(
            JsonText.read(JsonText.write(RegistrationCodec.encode(self, 3)), JsonText.Bounds.LINK));
    assertThat(value(RegistrationCodec.decode(payload)))
        .isEqualTo(
            new Registration(
                self.id(),
                self.instance(),
                3,
                self.cluster(),
                8085,
                Settings.PROTOCOL_MINIMUM,
                Settings.PROTOCOL_MAXIMUM,
                self.probe(),
                machine));
  }

  static <T> T value(Decoded<T> decoded) {
    return switch (decoded) {
      case Decoded.Value<T> found -> found.value();
      case Decoded.Rejected<T> rejected -> throw new AssertionError(rejected.toString());
    };
  }
}
