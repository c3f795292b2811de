package dev.caelum.node;

import dev.caelum.beacon.BeaconInterface;
import dev.caelum.beacon.BeaconSockets;
import dev.caelum.beacon.Subnet;
import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Member;
import dev.caelum.discovery.BeaconDiscovery;
import dev.caelum.discovery.Surroundings;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** What a discovery run reads of this node. */
final class NodeSurroundings implements Surroundings {
  private final BeaconSockets sockets;
  private final BeaconDiscovery beacons;
  private final Supplier<ClusterSnapshot> table;
  private final boolean contained;

  NodeSurroundings(
      BeaconSockets sockets,
      BeaconDiscovery beacons,
      Supplier<ClusterSnapshot> table,
      boolean contained) {
    this.sockets = sockets;
    this.beacons = beacons;
    this.table = table;
    this.contained = contained;
  }

  @Override
  public Counts counts() {
    long sent = 0;
    long received = 0;
    for (BeaconInterface each : sockets.interfaces()) {
      sent += each.sent();
      received += each.received();
    }
    long unreadable = beacons.refused().values().stream().mapToLong(LongAdder::sum).sum();
    return new Counts(sent, received, beacons.ownHeard(), unreadable);
  }

  @Override
  public int interfacesUsed() {
    return (int)
        sockets.interfaces().stream()
            .filter(each -> each.state() == BeaconInterface.State.UP)
            .count();
  }

  @Override
  public int interfacesTotal() {
    return (int)
        sockets.interfaces().stream().filter(each -> !"loopback".equals(each.reason())).count();
  }

  @Override
  public boolean echoSeen() {
    return sockets.interfaces().stream()
        .map(each -> beacons.echoes().echo(each.name()))
        .anyMatch(echo -> echo.multicast() || echo.broadcast());
  }

  @Override
  public List<String> subnets() {
    return sockets.attached().stream()
        .filter(subnet -> subnet.address() instanceof Inet4Address)
        .map(NodeSurroundings::network)
        .distinct()
        .toList();
  }

  @Override
  public boolean contained() {
    return contained;
  }

  @Override
  public int connected() {
    return (int)
        table.get().members().stream()
            .filter(member -> !member.self())
            .filter(Member::connected)
            .count();
  }

  @Override
  public boolean linked(Endpoint endpoint) {
    return table.get().members().stream()
        .anyMatch(member -> member.connected() && member.endpoint().equals(endpoint));
  }

  /** {@code 192.168.1.0/24} of our {@code 192.168.1.10}. */
  private static String network(Subnet subnet) {
    byte[] bytes = subnet.address().getAddress();
    for (int bit = subnet.prefixLength(); bit < 8 * bytes.length; bit++) {
      bytes[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
    }
    try {
      return InetAddress.getByAddress(bytes).getHostAddress() + "/" + subnet.prefixLength();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes make an IPv4 address", e);
    }
  }
}
