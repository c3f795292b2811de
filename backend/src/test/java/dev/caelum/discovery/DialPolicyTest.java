package dev.caelum.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.beacon.Subnet;
import dev.caelum.cluster.Input.Origin;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialPolicyTest {
  private static final List<Subnet> ATTACHED =
      List.of(
          subnet("192.168.1.10", 24),
          subnet("10.20.37.5", 20),
          subnet("172.30.0.1", 30),
          subnet("203.0.113.4", 31),
          subnet("fe80::10", 64),
          subnet("2001:db8:1::10", 64));

  private final DialPolicy policy =
      new DialPolicy(
          () -> ATTACHED, address -> ATTACHED.stream().anyMatch(s -> s.address().equals(address)));

  private static Subnet subnet(String address, int prefix) {
    return new Subnet("eth0", InetAddress.ofLiteral(address), prefix);
  }

  @ParameterizedTest
  @CsvSource({
    "192.168.1.11,     8080, allowed",
    "192.168.1.254,    1024, allowed",
    "192.168.1.11,     1023, port 1023 is below 1024",
    "192.168.1.11,     22,   port 22 is below 1024",
    "192.168.2.11,     8080, not in an attached subnet",
    "8.8.8.8,          8080, not in an attached subnet",
    "127.0.0.1,        8080, a loopback address",
    "127.200.3.4,      8080, a loopback address",
    "169.254.169.254,  8080, a link-local address",
    "0.0.0.0,          8080, no address of a machine",
    "0.1.2.3,          8080, no address of a machine",
    "224.0.0.1,        8080, a multicast address",
    "239.255.43.21,    8080, a multicast address",
    "255.255.255.255,  8080, a broadcast address",
    "192.168.1.255,    8080, a broadcast address",
    "192.168.1.0,      8080, a broadcast address",
    "10.20.47.255,     8080, a broadcast address",
    "10.20.32.0,       8080, a broadcast address",
    "10.20.37.255,     8080, allowed",
    "10.20.38.0,       8080, allowed",
    "172.30.0.3,       8080, a broadcast address",
    "172.30.0.2,       8080, allowed",
    "203.0.113.5,      8080, allowed",
    "fe80::11,         8080, allowed",
    "2001:db8:1::11,   8080, allowed",
    "2001:db8:2::11,   8080, not in an attached subnet",
    "::1,              8080, a loopback address",
    "::,               8080, no address of a machine",
    "ff02::1,          8080, a multicast address",
    "::10.0.0.1,       8080, an obsolete form of address",
    "::ffff:127.0.0.1, 8080, a loopback address",
  })
  void whatABeaconNamesIsDialledOnlyInAnAttachedSubnet(String address, int port, String verdict) {
    InetAddress target = InetAddress.ofLiteral(address);

    assertThat(policy.refusal(target, port, Origin.BEACON, true).orElse("allowed"))
        .isEqualTo(verdict);
    assertThat(policy.refusal(target, port, Origin.PEER, true).orElse("allowed"))
        .isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "8.8.8.8,         allowed",
    "127.0.0.1,       allowed",
    "192.168.1.255,   a broadcast address",
    "239.255.43.21,   a multicast address",
    "0.0.0.0,         no address of a machine",
  })
  void whatAnOperatorNamesMayBeAnyMachine(String address, String verdict) {
    for (Origin origin : List.of(Origin.OPERATOR, Origin.CONFIGURATION)) {
      assertThat(
              policy.refusal(InetAddress.ofLiteral(address), 80, origin, false).orElse("allowed"))
          .isEqualTo(verdict);
    }
  }

  @ParameterizedTest
  @CsvSource({"192.168.1.10", "10.20.37.5", "2001:db8:1::10"})
  void anOwnAddressIsDialledForAnotherNodeOnThisMachineOnly(String address) {
    InetAddress own = InetAddress.ofLiteral(address);

    assertThat(policy.refusal(own, 8080, Origin.BEACON, true)).isEmpty();
    assertThat(policy.refusal(own, 8080, Origin.BEACON, false))
        .hasValue("this machine's own address");
  }
}
