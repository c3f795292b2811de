package dev.caelum.beacon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.wire.ProbeCodec;
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
  private final DatagramIntake intake =
      new DatagramIntake(heard, ProbeCodec::matches, this::standing, () -> now);

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

  @Test
  void aMembersBeaconsAndProbesHaveAShareEach() {
    members.add(ip(MEMBER));
    for (int i = 0; i < 500; i++) {
      receive(MEMBER, "{" + i + "}");
    }
    receive(MEMBER, "{\"ack\":1,\"of\":\"i\"}");
    assertThat(heard.all()).hasSize(61);

    for (int i = 2; i < 100; i++) {
      receive(MEMBER, "{\"ack\":" + i + ",\"of\":\"i\"}");
    }
    assertThat(heard.all()).hasSize(120);
  }

  @Test
  void noFloodOfStrangersHoldsUpAMembersAck() {
    members.add(ip(MEMBER));
    for (int i = 0; i < 20_000; i++) {
      receive("10.33." + i / 250 % 250 + "." + i % 250, "{\"ack\":" + i + ",\"of\":\"i\"}");
    }
    receive(MEMBER, "{\"ack\":77,\"of\":\"member\"}");

    assertThat(heard.ways("{\"ack\":77,\"of\":\"member\"}")).hasSize(1);
    assertThat(heard.all()).hasSize(501);
  }

  @Test
  void aStrangersProbesAreTenAndThenOneASecond() {
    for (int i = 0; i < 100; i++) {
      receive(STRANGER, "{\"probe\":" + i + "}");
    }
    assertThat(heard.all()).hasSize(10);

    pass(1_000);
    receive(STRANGER, "{\"probe\":100}");
    receive(STRANGER, "{\"probe\":101}");
    assertThat(heard.all()).hasSize(11);
  }

  @Test
  void membersOfOnePrefixDoNotShareWhatTheyMaySend() {
    for (int i = 1; i <= 100; i++) {
      members.add(ip("2001:db8::" + i));
      receive("2001:db8::" + i, "{\"probe\":" + i + "}");
      receive("2001:db8::" + i, "{" + i + "}");
    }

    assertThat(heard.all()).hasSize(200);
  }
}
