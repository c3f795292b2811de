package dev.caelum.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caelum.host.SocketTable.Protocol;
import dev.caelum.host.SocketTable.Row;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketTableTest {
  @BeforeEach
  void onLinuxOnly() {
    assumeTrue(SocketTable.readable(), "needs /proc/net");
  }

  @Test
  void anUdpLineTellsAddressPortInodeAndDrops() {
    assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "the line is of such a machine");
    String line =
        " 4251: 152BFFEF:1FF5 00000000:0000 07 00000000:00000000 00:00000000 00000000"
            + "  1000        0 39021 2 0000000000000000 17";

    assertThat(SocketTable.parse(line))
        .hasValue(new Row(InetAddress.ofLiteral("239.255.43.21"), 8181, 39_021, false, 17));
  }

  @Test
  void anIpv6TcpLineTellsThatItListens() {
    assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "the line is of such a machine");
    String line =
        "   1: 000080FE00000000FF00FC00010000FE:1F90 00000000000000000000000000000000:0000 0A"
            + " 00000000:00000000 00:00000000 00000000     0        0 7777 1 0000000000000000 100"
            + " 0 0 10 0";

    assertThat(SocketTable.parse(line))
        .hasValue(new Row(InetAddress.ofLiteral("fe80::fc:ff:fe00:1"), 8080, 7_777, true, 0));
  }

  @Test
  void linesOfAnUnknownShapeAreLeftOut() {
    assertThat(SocketTable.parse("")).isEmpty();
    assertThat(SocketTable.parse("  sl  local_address rem_address   st")).isEmpty();
    assertThat(SocketTable.parse("1: zz:zz 0:0 0A 0 0 0 0 0 0 0 0")).isEmpty();
  }

  @Test
  void anOwnListeningSocketIsFoundAndKnownAsOwn() throws IOException {
    try (ServerSocket server = new ServerSocket(0)) {
      assertThat(SocketTable.read(Protocol.TCP))
          .filteredOn(row -> row.port() == server.getLocalPort() && row.listening())
          .singleElement()
          .satisfies(row -> assertThat(SocketTable.ownInodes()).contains(row.inode()));
      assertThat(PortOwner.find(Protocol.TCP, server.getLocalPort())).isEmpty();
    }
  }

  @Test
  void anotherProcessIsNamedAsTheOwnerOfItsPort() throws Exception {
    Process other = TcpHolder.start();
    try {
      int port = Integer.parseInt(other.inputReader().readLine());

      assertThat(PortOwner.find(Protocol.TCP, port))
          .hasValueSatisfying(
              owner -> assertThat(owner).hasToString("java (pid " + other.pid() + ")"));
    } finally {
      other.destroyForcibly().waitFor();
    }
  }
}
