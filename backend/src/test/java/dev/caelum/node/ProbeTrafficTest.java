package dev.caelum.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caelum.beacon.BeaconSockets;
import dev.caelum.beacon.DatagramIntake;
import dev.caelum.beacon.SourceStanding;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.NodeId;
import dev.caelum.cluster.ProbeMessage;
import dev.caelum.cluster.Rumor;
import dev.caelum.discovery.DialPolicy;
import dev.caelum.node.ProbeTraffic.Kind;
import dev.caelum.wire.ProbeCodec;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Datagrams of the failure detector between two nodes. */
@Timeout(30)
class ProbeTrafficTest {
  private static final InstanceId ASKER = new InstanceId("asker");
  private static final Rumor RUMOR =
      new Rumor(new NodeId("n"), ASKER, Rumor.Claim.LEFT, 1, ASKER, null);

  private final End one = new End();
  private final End other = new End();

  /** One node's UDP side, from the sockets to the mailbox. */
  private static final class End implements AutoCloseable {
    final Queue<Input> inputs = new ConcurrentLinkedQueue<>();
    final AtomicInteger others = new AtomicInteger();
    final DialPolicy policy = new DialPolicy(() -> sockets().attached(), address -> false);
    final ProbeTraffic traffic =
        new ProbeTraffic(
            (bytes, target) -> sockets().sendTo(bytes, target),
            policy,
            inputs::add,
            datagram -> others.incrementAndGet());
    final BeaconSockets sockets =
        new BeaconSockets(
            LoopbackNode.freeUdpPort(),
            List.of(LoopbackNode.loopback()),
            List.of(),
            new DatagramIntake(
                traffic, ProbeCodec::matches, source -> SourceStanding.STRANGER, System::nanoTime));

    private BeaconSockets sockets() {
      return sockets;
    }

    Endpoint endpoint() {
      return new Endpoint("127.0.0.1", sockets.unicastPort());
    }

    Input.ProbeHeard heard(int number) {
      await().until(() -> inputs.size() >= number);
      return (Input.ProbeHeard) inputs.stream().skip(number - 1L).findFirst().orElseThrow();
    }

    @Override
    public void close() {
      sockets.close();
    }
  }

  @BeforeEach
  void open() throws IOException {
    one.sockets.start();
    other.sockets.start();
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
  }

  @Test
  void aProbeArrivesWithThePortThatItsAnswerGoesTo() {
    ProbeMessage probe = new ProbeMessage.Probe(7, ASKER, 8, List.of(RUMOR));
    one.traffic.send(other.endpoint(), probe);
    Input.ProbeHeard question = other.heard(1);

    assertThat(question.message()).isEqualTo(probe);
    assertThat(question.source()).isEqualTo(one.endpoint());

    ProbeMessage ack = new ProbeMessage.Ack(7, ASKER, 0, List.of());
    other.traffic.send(question.source(), ack);

    assertThat(one.heard(1).message()).isEqualTo(ack);
    assertThat(one.traffic.sent(Kind.PROBE)).isEqualTo(1);
    assertThat(one.traffic.rumorsSent()).isEqualTo(1);
    assertThat(one.traffic.heard(Kind.ACK)).isEqualTo(1);
    assertThat(other.traffic.sent(Kind.ACK)).isEqualTo(1);
    assertThat(other.traffic.rumorsHeard()).isEqualTo(1);
  }

  @Test
  void aStrangersQuestionIsNotAnsweredHere() throws Exception {
    try (DatagramSocket stranger = new DatagramSocket()) {
      say(stranger, "{\"probe\":1,\"from\":\"stranger\",\"c\":1}");
      Input.ProbeHeard heard = one.heard(1);

      assertThat(heard.source().port()).isEqualTo(stranger.getLocalPort());
      assertThat(one.traffic.sent(Kind.ACK) + one.traffic.sent(Kind.NACK)).isZero();
    }
  }

  @Test
  void whatIsNoMessageIsCountedAndBeaconsGoOn() throws Exception {
    try (DatagramSocket stranger = new DatagramSocket()) {
      say(stranger, "{\"ack\":0}");
      say(stranger, "{\"ack\":");
      say(stranger, "{\"message_type\":\"CAELUM_BEACON\"}");
      await().until(() -> one.others.get() == 1);

      assertThat(one.traffic.refused("schema")).isEqualTo(1);
      assertThat(one.traffic.refused("syntax")).isEqualTo(1);
      assertThat(one.inputs).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"224.0.0.1", "255.255.255.255", "0.0.0.0", "127.255.255.255", "evil.example"})
  void whatNoMemberCanBeIsNeverSentTo(String host) {
    one.traffic.send(new Endpoint(host, 8181), new ProbeMessage.Nack(1));
    one.traffic.send(new Endpoint("127.0.0.1", 53), new ProbeMessage.Nack(1));

    assertThat(one.traffic.failed()).isEqualTo(2);
    assertThat(one.traffic.sent(Kind.NACK)).isZero();
  }

  @Test
  void whatCannotLeaveIsCounted() {
    one.close();
    one.traffic.send(other.endpoint(), new ProbeMessage.Nack(1));

    assertThat(one.traffic.failed()).isEqualTo(1);
  }

  private void say(DatagramSocket from, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    from.send(
        new DatagramPacket(
            bytes,
            bytes.length,
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), one.endpoint().port())));
  }
}
