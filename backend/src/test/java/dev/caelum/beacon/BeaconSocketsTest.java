package dev.caelum.beacon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real sockets, on loopback only. */
class BeaconSocketsTest {
  private static String loopback = "lo";

  private final Heard heard = new Heard();

  @BeforeAll
  static void findLoopback() throws IOException {
    loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()).getName();
  }

  private static int freePort() throws IOException {
    try (DatagramChannel trial = DatagramChannel.open()) {
      trial.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return ((InetSocketAddress) trial.getLocalAddress()).getPort();
    }
  }

  private BeaconSockets started(int port, DatagramHandler handler) throws IOException {
    BeaconSockets sockets = new BeaconSockets(port, List.of(loopback), List.of(), handler);
    sockets.start();
    return sockets;
  }

  @Test
  void ownAnnouncementIsHeardOnceByMulticastAndOnceByBroadcast() throws IOException {
    int port = freePort();
    try (BeaconSockets sockets = started(port, heard)) {
      SendOutcome outcome = sockets.announce("{a}".getBytes(UTF_8));

      assertThat(outcome.left()).isTrue();
      assertThat(outcome.troubled()).isFalse();
      await()
          .untilAsserted(() ->
              assertThat(heard.ways("{a}"))
                  .containsExactlyInAnyOrder(Via.MULTICAST, Via.BROADCAST));
      assertThat(heard.all())
          .allSatisfy(each -> {
            assertThat(each.source().getPort()).isEqualTo(port);
            assertThat(each.interfaceName()).isEqualTo(loopback);
          });
      BeaconInterface counted = sockets.interfaces().getFirst();
      assertThat(counted.sent()).isEqualTo(2);
      assertThat(counted.receivedMulticast()).isEqualTo(1);
      assertThat(counted.receivedBroadcast()).isEqualTo(1);
      assertThat(counted.state()).isEqualTo(BeaconInterface.State.UP);
    }
  }

  @Test
  void whereGroupsCannotBeBoundAWildcardSocketHearsBothCopies() throws IOException {
    int port = freePort();
    try (BeaconSockets sockets =
        new BeaconSockets(port, List.of(loopback), List.of(), heard, false)) {
      sockets.start();
      sockets.announce("{w}".getBytes(UTF_8));

      await()
          .untilAsserted(
              () -> assertThat(heard.ways("{w}")).containsExactly(Via.UNKNOWN, Via.UNKNOWN));
      assertThat(heard.all())
          .allSatisfy(each -> assertThat(each.interfaceName()).isEqualTo(loopback));
    }
  }

  @Test
  void twoNodesOnOneMachineBothHearGroupAndBroadcast() throws IOException {
    int port = freePort();
    Heard second = new Heard();
    try (BeaconSockets one = started(port, heard);
        BeaconSockets two = started(port, second)) {
      one.announce("{b}".getBytes(UTF_8));

      await()
          .untilAsserted(() -> {
            assertThat(heard.ways("{b}")).contains(Via.MULTICAST, Via.BROADCAST);
            assertThat(second.ways("{b}")).contains(Via.MULTICAST, Via.BROADCAST);
          });
      assertThat(two.interfaces().getFirst().state()).isEqualTo(BeaconInterface.State.UP);
    }
  }

  @Test
  void unicastArrivesAndIsAnsweredFromTheBeaconPort() throws IOException {
    int port = freePort();
    try (BeaconSockets sockets = started(port, heard);
        DatagramChannel asker = DatagramChannel.open()) {
      asker.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      InetSocketAddress here = (InetSocketAddress) asker.getLocalAddress();
      asker.send(UTF_8.encode("{q}"), new InetSocketAddress(here.getAddress(), port));
      await().untilAsserted(() -> assertThat(heard.ways("{q}")).containsExactly(Via.UNICAST));

      assertThat(sockets.sendTo("{r}".getBytes(UTF_8), here)).isTrue();
      ByteBuffer answer = ByteBuffer.allocate(100);
      InetSocketAddress from = (InetSocketAddress) asker.receive(answer);
      assertThat(from.getPort()).isEqualTo(port);
      assertThat(UTF_8.decode(answer.flip()).toString()).isEqualTo("{r}");
    }
  }

  @Test
  void portHeldByOneThatDoesNotShareFailsTheStartAndNamesThePort() throws Exception {
    Process holder = PortHolder.start("alone");
    try {
      int port = Integer.parseInt(holder.inputReader().readLine());
      BeaconSockets sockets = new BeaconSockets(port, List.of(loopback), List.of(), heard);

      assertThatThrownBy(sockets::start)
          .isInstanceOf(BeaconPortInUse.class)
          .hasMessageContaining("UDP port " + port + " is in use by ")
          .hasMessageContaining("(pid " + holder.pid() + ")");
    } finally {
      holder.destroyForcibly().waitFor();
    }
  }

  @Test
  void besideAnotherProcessOnTheBeaconPortTheNodeHasAUnicastPortOfItsOwn() throws Exception {
    Process other = PortHolder.start("shared");
    try (DatagramChannel asker = DatagramChannel.open()) {
      int port = Integer.parseInt(other.inputReader().readLine());
      try (BeaconSockets sockets = started(port, heard)) {
        int own = sockets.unicastPort();
        assertThat(own).isNotEqualTo(port);

        InetAddress self = InetAddress.getLoopbackAddress();
        asker.send(UTF_8.encode("{mine}"), new InetSocketAddress(self, own));
        sockets.announce("{all}".getBytes(UTF_8));
        await()
            .untilAsserted(() -> {
              assertThat(heard.ways("{mine}")).containsExactly(Via.UNICAST);
              assertThat(heard.ways("{all}"))
                  .containsExactlyInAnyOrder(Via.MULTICAST, Via.BROADCAST);
            });
        assertThat(heard.all())
            .filteredOn(each -> each.text().equals("{all}"))
            .allSatisfy(each -> assertThat(each.source().getPort()).isEqualTo(own));
      }
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void refreshWithoutAChangeRebindsNothing() throws IOException {
    try (BeaconSockets sockets = started(freePort(), heard)) {
      assertThat(sockets.refresh()).isFalse();
    }
  }

  @Test
  void interfacesThatAreNotUsedAreToldWithTheReason() throws IOException {
    try (BeaconSockets sockets =
        new BeaconSockets(freePort(), List.of("nosuch0"), List.of(), heard)) {
      sockets.start();

      assertThat(sockets.interfaces())
          .filteredOn(each -> each.name().equals("nosuch0"))
          .singleElement()
          .satisfies(each -> assertThat(each.reason()).isEqualTo("no such interface"));
      assertThat(sockets.announce("{}".getBytes(UTF_8)).left()).isFalse();
    }
  }

  @Test
  void closedSocketsSendNothingAndCanBeClosedTwice() throws IOException {
    BeaconSockets sockets = started(freePort(), heard);
    sockets.close();
    sockets.close();

    assertThat(sockets.announce("{}".getBytes(UTF_8)).left()).isFalse();
  }

  @Test
  void aHandlerThatThrowsDoesNotDeafenTheNode() throws IOException {
    int port = freePort();
    DatagramHandler fragile =
        datagram -> {
          heard.received(datagram);
          throw new IllegalStateException("a bug");
        };
    try (BeaconSockets sockets = started(port, fragile)) {
      InetSocketAddress self = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      sockets.sendTo("{1}".getBytes(UTF_8), self);
      sockets.sendTo("{2}".getBytes(UTF_8), self);

      await().untilAsserted(() -> assertThat(heard.all()).hasSize(2));
    }
  }
}
