package dev.caelum.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.beacon.Subnet;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Input;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SubnetScanTest {
  @Test
  void allHostsOfASmallSubnetButThisOne() {
    assertThat(hosts(subnet("192.168.1.10", 24)))
        .hasSize(253)
        .startsWith("192.168.1.1", "192.168.1.2")
        .endsWith("192.168.1.253", "192.168.1.254")
        .doesNotContain("192.168.1.0", "192.168.1.10", "192.168.1.255");
  }

  @Test
  void ofALargeSubnetThePartAroundThisMachine() {
    assertThat(hosts(subnet("10.32.77.5", 16)))
        .hasSize(1_023)
        .startsWith("10.32.76.0")
        .endsWith("10.32.79.255");
    assertThat(hosts(subnet("10.32.0.5", 16))).hasSize(1_022).startsWith("10.32.0.1");
    assertThat(hosts(subnet("10.32.255.5", 16))).hasSize(1_022).endsWith("10.32.255.254");
  }

  @Test
  void theOtherEndOfAPointToPointSubnet() {
    assertThat(hosts(subnet("203.0.113.4", 31))).containsExactly("203.0.113.5");
    assertThat(hosts(subnet("203.0.113.6", 30))).containsExactly("203.0.113.5");
    assertThat(hosts(subnet("203.0.113.4", 32))).isEmpty();
  }

  @Test
  void eachHostOnceAndNoneOfIpv6() {
    assertThat(
            hosts(
                subnet("192.168.1.10", 24), subnet("192.168.1.11", 24), subnet("2001:db8::1", 64)))
        .hasSize(252);
  }

  @Test
  void allSubnetsTogetherAreBounded() {
    Subnet[] many =
        IntStream.range(0, 40).mapToObj(i -> subnet("10." + i + ".0.1", 22)).toArray(Subnet[]::new);

    assertThat(hosts(many)).hasSizeBetween(SubnetScan.TOTAL - 40, SubnetScan.TOTAL);
  }

  @Test
  void whoListensIsACandidate() throws Exception {
    try (ServerSocket node = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.2"))) {
      SubnetScan scan =
          new SubnetScan(() -> List.of(subnet("127.0.0.1", 29)), _ -> false, node.getLocalPort());
      Found found = new Found(false);
      scan.search(found);

      assertThat(found.candidates).containsExactly(new Endpoint("127.0.0.2", node.getLocalPort()));
    }
  }

  @Test
  void nothingIsScannedOnceAnybodyAnswered() throws Exception {
    SubnetScan scan = new SubnetScan(() -> List.of(subnet("127.0.0.1", 29)), _ -> false, 9);
    Found found = new Found(true);
    scan.search(found);

    assertThat(found.candidates).isEmpty();
  }

  private static List<String> hosts(Subnet... subnets) {
    SubnetScan scan =
        new SubnetScan(
            List::of,
            address -> Stream.of(subnets).anyMatch(each -> each.address().equals(address)),
            8080);
    return scan.hosts(List.of(subnets)).stream().map(InetAddress::getHostAddress).toList();
  }

  private static Subnet subnet(String address, int prefix) {
    return new Subnet("eth0", InetAddress.ofLiteral(address), prefix);
  }

  /** A run that lasts for ever. */
  private record Found(boolean confirmed, Queue<Endpoint> candidates) implements Search {
    Found(boolean confirmed) {
      this(confirmed, new ConcurrentLinkedQueue<>());
    }

    @Override
    public boolean over() {
      return false;
    }

    @Override
    public void pause(Duration time) {}

    @Override
    public void candidate(Endpoint endpoint, Input.Origin origin) {
      candidates.add(endpoint);
    }

    @Override
    public void datagrams(int planned, int sent) {}
  }
}
