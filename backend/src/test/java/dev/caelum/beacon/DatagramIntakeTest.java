package dev.caelum.beacon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DatagramIntakeTest {
  private static final String STRANGER = "10.32.3.9";
  private static final String OWN = "10.32.3.1";
  private static final String MEMBER = "10.32.3.7";

  private final Heard heard = new Heard();
  private final Set<InetAddress> members = new HashSet<>();
  private long now = 1_000;
  private final DatagramIntake intake = new DatagramIntake(heard, this::standing, () -> now);

  private SourceStanding standing(InetAddress source) {
    if (source.getHostAddress().equals(OWN)) {
      return SourceStanding.OWN;
    }
    return members.contains(source) ? SourceStanding.MEMBER : SourceStanding.STRANGER;
  }

  private static InetAddress ip(String literal) {
    return InetAddress.ofLiteral(literal);
  }

  private void receive(String source, byte[] payload, Via via) {
    intake.received(
        new Datagram(
            ByteBuffer.wrap(payload), new InetSocketAddress(ip(source), 8181), "eth0", 8181, via));
  }

  private void receive(String source, String payload) {
    receive(source, payload.getBytes(UTF_8), Via.MULTICAST);
  }

  private void pass(long millis) {
    now += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private long refused(Refusal reason) {
    return intake.refused().getOrDefault("eth0", Map.of()).getOrDefault(reason, 0L);
  }

  @Test
  void aJsonObjectIsHandedOn() {
    receive(STRANGER, "{\"a\":1}");

    assertThat(heard.ways("{\"a\":1}")).containsExactly(Via.MULTICAST);
    assertThat(intake.accepted()).isEqualTo(1);
  }

  @Test
  void whatIsEmptyTooLongOrNoObjectIsRefusedByItsReason() {
    byte[] longest = new byte[Datagram.MAX_BYTES];
    longest[0] = '{';
    receive(STRANGER, longest, Via.UNICAST);
    byte[] tooLong = new byte[Datagram.MAX_BYTES + 1];
    tooLong[0] = '{';
    receive(STRANGER, tooLong, Via.UNICAST);
    receive(STRANGER, "");
    receive(STRANGER, "[1]");
    receive(STRANGER, " {}");

    assertThat(heard.all()).hasSize(1);
    assertThat(intake.refused())
        .containsExactly(
            Map.entry(
                "eth0", Map.of(Refusal.OVERSIZE, 1L, Refusal.EMPTY, 1L, Refusal.NOT_JSON, 2L)));
  }

  @Test
  void aStrangerHasABurstOfThirtyAndThenTwoASecond() {
    for (int i = 0; i < 100; i++) {
      receive(STRANGER, "{" + i + "}");
    }
    assertThat(heard.all()).hasSize(30);
    assertThat(refused(Refusal.RATE)).isEqualTo(70);

    pass(1_000);
    for (int i = 100; i < 110; i++) {
      receive(STRANGER, "{" + i + "}");
    }
    assertThat(heard.all()).hasSize(32);
  }

  @Test
  void oneSourcesFloodDoesNotSilenceAnother() {
    for (int i = 0; i < 50_000; i++) {
      receive(STRANGER, "{" + i + "}");
    }
    receive("10.32.3.10", "{real}");

    assertThat(heard.ways("{real}")).hasSize(1);
    assertThat(refused(Refusal.RATE_ALL)).isZero();
  }

  @Test
  void manySourcesTogetherGetTwoThousandASecondAndMembersAreStillHeard() {
    members.add(ip(MEMBER));
    for (int i = 0; i < 3_000; i++) {
      receive("10.33." + i / 250 + "." + i % 250, "{" + i + "}");
    }
    receive(MEMBER, "{member}");

    assertThat(refused(Refusal.RATE_ALL)).isEqualTo(1_000);
    assertThat(heard.ways("{member}")).hasSize(1);
  }

  @Test
  void anIpv6HostCannotMultiplyItselfWithinItsPrefix() {
    for (int i = 0; i < 100; i++) {
      receive("2001:db8::" + Integer.toHexString(i), "{" + i + "}");
    }

    assertThat(heard.all()).hasSize(30);
  }

  @Test
  void linkLocalNeighboursShareAPrefixButNoBucket() {
    for (int i = 1; i <= 100; i++) {
      receive("fe80::" + Integer.toHexString(i), "{" + i + "}");
    }

    assertThat(heard.all()).hasSize(100);
  }

  @Test
  void theBroadcastCopyOfAMulticastIsCountedAndNotHandedOn() {
    receive(STRANGER, "{x}".getBytes(UTF_8), Via.MULTICAST);
    pass(5);
    receive(STRANGER, "{x}".getBytes(UTF_8), Via.BROADCAST);

    assertThat(heard.ways("{x}")).containsExactly(Via.MULTICAST);
    assertThat(refused(Refusal.COPY)).isEqualTo(1);
  }

  @Test
  void theSameBytesAreNewAgainAfterTwoSeconds() {
    receive(STRANGER, "{x}");
    pass(2_001);
    receive(STRANGER, "{x}");

    assertThat(heard.ways("{x}")).hasSize(2);
  }

  @Test
  void theSameBytesFromAnotherSourceAreNoCopy() {
    receive(STRANGER, "{x}");
    receive("10.32.3.10", "{x}");

    assertThat(heard.ways("{x}")).hasSize(2);
  }

  @Test
  void payloadsThatDifferInOneByteAreNoCopies() {
    for (int length = 2; length <= 24; length++) {
      pass(60_000);
      byte[] one = new byte[length];
      one[0] = '{';
      byte[] other = one.clone();
      other[length - 1] = 1;
      receive(STRANGER, one, Via.MULTICAST);
      receive(STRANGER, other, Via.MULTICAST);
    }

    assertThat(refused(Refusal.COPY)).isZero();
  }

  @Test
  void ownDatagramsAreHandedOnByEveryWayTheyCameEvenInAFlood() {
    for (int i = 0; i < 10_000; i++) {
      receive(STRANGER, "{" + i + "}");
    }
    receive(OWN, "{me}".getBytes(UTF_8), Via.MULTICAST);
    receive(OWN, "{me}".getBytes(UTF_8), Via.BROADCAST);

    assertThat(heard.ways("{me}")).containsExactly(Via.MULTICAST, Via.BROADCAST);
  }
}
