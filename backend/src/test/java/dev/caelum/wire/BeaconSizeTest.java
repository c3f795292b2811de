package dev.caelum.wire;

import static dev.caelum.wire.RoundTripTest.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a datagram may weigh. */
class BeaconSizeTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 9, 10, 11, 12, 13, 14, 15, 16, 100, 256})
  void aProbeIsPaddedToTheLimitWhateverItLists(int services) {
    Beacon.Announce probe = Samples.announce(services, Samples.extension(Beacon.Kind.PROBE));
    assertThat(BeaconCodec.encode(probe)).hasSize(BeaconCodec.SEND_LIMIT);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 12, 256})
  void noAnswerIsLongerThanAProbe(int services) {
    Beacon.Announce answer = Samples.announce(services, Samples.extension(Beacon.Kind.ANSWER));
    assertThat(BeaconCodec.encode(answer).length).isLessThanOrEqualTo(BeaconCodec.SEND_LIMIT);
  }

  @ParameterizedTest
  @EnumSource(Beacon.Kind.class)
  void moreServicesThanFitKeepTheirCountAndDigestAndFillTheRoom(Beacon.Kind kind) {
    Beacon.Announce full = Samples.announce(256, Samples.extension(kind));
    byte[] datagram = BeaconCodec.encode(full);
    assertThat(datagram.length).isBetween(1_300, BeaconCodec.SEND_LIMIT);
    Beacon.Announce read = (Beacon.Announce) value(BeaconCodec.decode(ByteBuffer.wrap(datagram)));
    assertThat(read.services())
        .hasSizeGreaterThanOrEqualTo(10)
        .isEqualTo(full.services().subList(0, read.services().size()));
    Beacon.Extension extension = Objects.requireNonNull(read.extension());
    assertThat(extension.serviceCount()).isEqualTo(256);
    assertThat(extension.digest()).isEqualTo("d41d8cd9");
  }

  @Test
  void servicesOfABeaconWithoutExtensionAreLeftOutToo() {
    assertThat(BeaconCodec.encode(Samples.announce(256, null)).length)
        .isBetween(1_300, BeaconCodec.SEND_LIMIT);
  }

  @Test
  void aBeaconThatIsTooLongWithoutServicesIsABugOfTheCaller() {
    Beacon.Announce small = Samples.announce(0, null);
    Beacon.Announce huge =
        new Beacon.Announce(
            "x".repeat(1_400),
            small.hostname(),
            small.primaryIp(),
            small.clusterId(),
            small.clusterName(),
            8080,
            small.services(),
            small.timestamp(),
            null);
    assertThatThrownBy(() -> BeaconCodec.encode(huge)).isInstanceOf(IllegalArgumentException.class);
  }
}
