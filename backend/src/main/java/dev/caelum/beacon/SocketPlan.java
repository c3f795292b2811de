package dev.caelum.beacon;

import dev.caelum.beacon.NetInterface.Address;
import dev.caelum.beacon.SocketKey.Role;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which sockets there must be for a set of interfaces: pure, so that a change of the interfaces is
 * the difference of two plans.
 *
 * @param port the beacon port
 * @param ownPort the unicast port of this node alone; 0 while the beacon port is not shared
 * @param alsoListenOn further ports that are only listened on
 * @param exact whether a socket can be bound to a group's or a broadcast address. Linux can;
 *     Windows and macOS refuse it, so there one wildcard socket an interface joins the group and
 *     hears the broadcasts too, and nothing tells which of both a datagram was
 */
record SocketPlan(int port, int ownPort, List<Integer> alsoListenOn, boolean exact) {
  /** The sockets for {@code usable}, in the order in which they are to be opened. */
  Set<SocketKey> keys(List<NetInterface> usable) {
    Set<SocketKey> keys = new LinkedHashSet<>();
    for (NetInterface each : usable) {
      addIpv4(each, keys);
      each.linkLocal().ifPresent(address -> addIpv6(each, address, keys));
    }
    if (exact) {
      keys.add(new SocketKey(Role.LIMITED, "", 0, Addresses.LIMITED_BROADCAST, port));
    }
    for (int also : alsoListenOn) {
      keys.add(new SocketKey(Role.ALSO, "", 0, Addresses.ANY_IPV4, also));
    }
    return keys;
  }

  private void addIpv4(NetInterface each, Set<SocketKey> keys) {
    for (Address address : each.ipv4()) {
      addUnicast(each, address.ip(), keys);
    }
    Role group = exact ? Role.GROUP : Role.ANY;
    if (each.speaksMulticast() || !exact) {
      keys.add(new SocketKey(group, each.name(), each.index(), Addresses.GROUP_IPV4, port));
    }
    for (Address address : each.ipv4()) {
      InetAddress broadcast = address.broadcast();
      if (exact && broadcast != null) {
        keys.add(new SocketKey(Role.BROADCAST, each.name(), each.index(), broadcast, port));
      }
    }
  }

  private void addIpv6(NetInterface each, InetAddress address, Set<SocketKey> keys) {
    if (!each.speaksMulticast()) {
      return;
    }
    addUnicast(each, address, keys);
    Role group = exact ? Role.GROUP : Role.ANY;
    keys.add(new SocketKey(group, each.name(), each.index(), Addresses.GROUP_IPV6, port));
  }

  private void addUnicast(NetInterface each, InetAddress address, Set<SocketKey> keys) {
    keys.add(new SocketKey(Role.UNICAST, each.name(), each.index(), address, port));
    if (ownPort != 0) {
      keys.add(new SocketKey(Role.UNICAST, each.name(), each.index(), address, ownPort));
    }
  }
}
