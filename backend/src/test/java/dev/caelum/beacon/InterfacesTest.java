package dev.caelum.beacon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.beacon.NetInterface.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterfacesTest {
  private static final NetInterface LAN = nic("eth0", true, false, "192.168.1.10/24");
  private static final NetInterface DOWN = nic("eth1", false, false, "192.168.2.10/24");
  private static final NetInterface BARE = nic("eth2", true, false);
  private static final NetInterface DOCKER = nic("docker0", true, true, "172.17.0.1/16");
  private static final NetInterface LOOPBACK =
      new NetInterface("lo", 1, List.of(address("127.0.0.1/8")), true, false, true, false);
  private static final List<NetInterface> ALL = List.of(LOOPBACK, LAN, DOWN, BARE, DOCKER);

  private static NetInterface nic(String name, boolean up, boolean virtual, String... addresses) {
    return new NetInterface(
        name,
        2,
        List.of(addresses).stream().map(InterfacesTest::address).toList(),
        up,
        true,
        false,
        virtual);
  }

  private static Address address(String text) {
    int slash = text.indexOf('/');
    InetAddress ip = InetAddress.ofLiteral(text.substring(0, slash));
    int prefix = Integer.parseInt(text, slash + 1, text.length(), 10);
    return new Address(ip, prefix, Interfaces.broadcast(ip, prefix, null, false));
  }

  @Test
  void withoutNamesTheLanIsUsedAndTheRestIsToldWithAReason() {
    Interfaces.Choice choice = Interfaces.choose(ALL, List.of());

    assertThat(choice.usable()).containsExactly(LAN);
    assertThat(choice.skipped())
        .extracting(each -> each.netInterface().name() + ": " + each.reason())
        .containsExactly(
            "lo: loopback",
            "eth1: down",
            "eth2: no IPv4 address",
            "docker0: virtual; name it with --interface to use it");
  }

  @Test
  void namesChooseWhatIsLeftOutOtherwiseAndOnlyThat() {
    Interfaces.Choice choice = Interfaces.choose(ALL, List.of("docker0", "lo", "eth9"));

    assertThat(choice.usable()).containsExactly(LOOPBACK, DOCKER);
    assertThat(choice.skipped())
        .extracting(each -> each.netInterface().name() + ": " + each.reason())
        .containsExactly(
            "eth0: not chosen by --interface",
            "eth1: not chosen by --interface",
            "eth2: not chosen by --interface",
            "eth9: no such interface");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker0",
        "br-1f2e3d",
        "veth12ab",
        "virbr0",
        "tun0",
        "wg0",
        "tailscale0",
        "utun3"
      })
  void namesOfContainersAndVpnsAreVirtual(String name) {
    assertThat(Interfaces.isVirtual(name, name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"eth0", "enp3s0", "wlan0", "wlp2s0", "br0", "bond0", "en0", "eth0.20"})
  void namesOfRealNetworksAreNot(String name) {
    assertThat(Interfaces.isVirtual(name, name)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "192.168.1.10, 24, 192.168.1.255",
    "10.77.2.1, 25, 10.77.2.127",
    "10.1.2.3, 8, 10.255.255.255",
    "172.16.5.4, 20, 172.16.15.255",
    "10.0.0.1, 30, 10.0.0.3"
  })
  void broadcastIsMadeFromThePrefixWhereTheSystemTellsNone(
      String ip, int prefix, String broadcast) {
    InetAddress own = InetAddress.ofLiteral(ip);
    InetAddress expected = InetAddress.ofLiteral(broadcast);

    assertThat(Interfaces.broadcast(own, prefix, null, false)).isEqualTo(expected);
    assertThat(Interfaces.broadcast(own, prefix, InetAddress.ofLiteral("0.0.0.0"), false))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.1, 31", "10.0.0.1, 32", "10.0.0.1, 0", "fe80::1, 64"})
  void thereIsNoBroadcastOnPointToPointPrefixesAndIpv6(String ip, int prefix) {
    assertThat(Interfaces.broadcast(InetAddress.ofLiteral(ip), prefix, null, false)).isNull();
  }

  @Test
  void theMachineItselfHasALoopback() throws IOException {
    assertThat(Interfaces.read()).anyMatch(NetInterface::loopback);
  }

  @ParameterizedTest
  @CsvSource({
    "192.168.1.10, 24, 192.168.1.200, true",
    "192.168.1.10, 24, 192.168.2.10, false",
    "10.77.2.1, 25, 10.77.2.127, true",
    "10.77.2.1, 25, 10.77.2.128, false",
    "10.0.0.2, 31, 10.0.0.3, true",
    "10.0.0.2, 32, 10.0.0.3, false",
    "10.0.0.2, 0, 8.8.8.8, true",
    "fe80::1, 64, fe80::2, true",
    "fe80::1, 64, 10.0.0.1, false"
  })
  void aSubnetHoldsWhatSharesItsPrefix(String own, int prefix, String other, boolean holds) {
    Subnet subnet = new Subnet("eth0", InetAddress.ofLiteral(own), prefix);

    assertThat(subnet.contains(InetAddress.ofLiteral(other))).isEqualTo(holds);
  }
}
