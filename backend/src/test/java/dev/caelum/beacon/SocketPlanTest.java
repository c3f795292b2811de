package dev.caelum.beacon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.beacon.NetInterface.Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SocketPlanTest {
  private static final SocketPlan ALONE = new SocketPlan(8181, 0, List.of(), true);

  private static NetInterface nic(int index, Address... addresses) {
    return new NetInterface("eth0", index, List.of(addresses), true, true, false, false);
  }

  private static Address address(String ip, int prefix) {
    InetAddress literal = InetAddress.ofLiteral(ip);
    return new Address(literal, prefix, Interfaces.broadcast(literal, prefix, null, false));
  }

  private static List<String> words(Set<SocketKey> keys) {
    return keys.stream()
        .map(key -> key.role() + " " + key.address().getHostAddress() + ":" + key.port())
        .toList();
  }

  @Test
  void oneAddressNeedsItselfTheGroupItsBroadcastAndTheLimitedOne() {
    assertThat(words(ALONE.keys(List.of(nic(2, address("10.0.0.5", 24))))))
        .containsExactly(
            "UNICAST 10.0.0.5:8181",
            "GROUP 239.255.43.21:8181",
            "BROADCAST 10.0.0.255:8181",
            "LIMITED 255.255.255.255:8181");
  }

  @Test
  void twoAddressesOfOneSubnetShareGroupAndBroadcast() {
    assertThat(words(ALONE.keys(List.of(nic(2, address("10.0.0.5", 24), address("10.0.0.6", 24))))))
        .containsExactly(
            "UNICAST 10.0.0.5:8181",
            "UNICAST 10.0.0.6:8181",
            "GROUP 239.255.43.21:8181",
            "BROADCAST 10.0.0.255:8181",
            "LIMITED 255.255.255.255:8181");
  }

  @Test
  void ipv6GroupIsSpokenToFromTheLinkLocalAddressOnly() {
    assertThat(
            words(
                ALONE.keys(
                    List.of(
                        nic(
                            2,
                            address("10.0.0.5", 31),
                            address("2001:db8::5", 64),
                            address("fe80::5", 64))))))
        .containsExactly(
            "UNICAST 10.0.0.5:8181",
            "GROUP 239.255.43.21:8181",
            "UNICAST fe80:0:0:0:0:0:0:5:8181",
            "GROUP ff12:0:0:0:0:0:efff:2b15:8181",
            "LIMITED 255.255.255.255:8181");
  }

  @Test
  void aSharedPortAddsAnOwnOneAndChangesNothingElse() {
    List<NetInterface> usable = List.of(nic(2, address("10.0.0.5", 24)));
    Set<SocketKey> shared = new SocketPlan(8181, 40_000, List.of(), true).keys(usable);

    assertThat(shared).containsAll(ALONE.keys(usable));
    assertThat(words(shared)).hasSize(5).contains("UNICAST 10.0.0.5:40000");
  }

  @Test
  void aRecreatedInterfaceIsAnotherOne() {
    Set<SocketKey> before = ALONE.keys(List.of(nic(2, address("10.0.0.5", 24))));
    Set<SocketKey> after = ALONE.keys(List.of(nic(3, address("10.0.0.5", 24))));

    assertThat(after)
        .filteredOn(before::contains)
        .extracting(SocketKey::role)
        .containsExactly(SocketKey.Role.LIMITED);
  }

  @Test
  void whereGroupsCannotBeBoundOneWildcardSocketAnInterfaceJoins() {
    SocketPlan elsewhere = new SocketPlan(8181, 0, List.of(8081), false);

    assertThat(words(elsewhere.keys(List.of(nic(2, address("10.0.0.5", 24))))))
        .containsExactly("UNICAST 10.0.0.5:8181", "ANY 239.255.43.21:8181", "ALSO 0.0.0.0:8081");
  }
}
