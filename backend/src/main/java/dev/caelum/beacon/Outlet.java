package dev.caelum.beacon;

import dev.caelum.beacon.NetInterface.Address;
import dev.caelum.beacon.SendOutcome.PerInterface;
import dev.caelum.beacon.SocketKey.Role;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way out by one usable interface.
 *
 * @param senders the open unicast sockets by own address, the main one first
 * @param failure why the main address could not be bound; null when it was
 * @param unopened what else could not be opened, in words; null when all is open
 */
record Outlet(
    NetInterface netInterface,
    Map<InetAddress, BeaconChannel> senders,
    @Nullable IOException failure,
    @Nullable String unopened) {

  /** Collects what of {@code open} and {@code failures} belongs to {@code each}. */
  static Outlet of(
      NetInterface each,
      int sendPort,
      int beaconPort,
      Map<SocketKey, BeaconChannel> open,
      Map<SocketKey, IOException> failures) {
    Map<InetAddress, BeaconChannel> senders = new LinkedHashMap<>();
    open.forEach((key, socket) -> {
      if (belongs(key, each) && key.role() == Role.UNICAST) {
        // Until the own port is open, and where it cannot be, the shared one sends.
        if (key.port() == sendPort || !senders.containsKey(key.address())) {
          senders.put(key.address(), socket);
        }
      }
    });
    IOException failure = null;
    String unopened = null;
    for (Map.Entry<SocketKey, IOException> failed : failures.entrySet()) {
      SocketKey key = failed.getKey();
      if (!belongs(key, each)) {
        continue;
      }
      if (key.role() == Role.UNICAST && key.port() == beaconPort && failure == null) {
        failure = failed.getValue();
      }
      unopened = word(key) + ": " + words(failed.getValue());
    }
    return new Outlet(each, senders, failure, unopened);
  }

  private static boolean belongs(SocketKey key, NetInterface each) {
    return key.interfaceName().equals(each.name());
  }

  private static String word(SocketKey key) {
    return switch (key.role()) {
      case UNICAST, LIMITED, ALSO ->
          key.address() instanceof Inet6Address ? "IPv6" : key.address().getHostAddress();
      case GROUP, ANY -> key.address() instanceof Inet6Address ? "IPv6 multicast" : "multicast";
      case BROADCAST -> "broadcast";
    };
  }

  private static String words(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  String name() {
    return netInterface.name();
  }

  int index() {
    return netInterface.index();
  }

  boolean usable() {
    return senders.keySet().stream().anyMatch(address -> !(address instanceof Inet6Address));
  }

  boolean has(@Nullable InetAddress address) {
    return address != null && senders.containsKey(address);
  }

  /** Sends one copy to each group and to each distinct broadcast address of the interface. */
  PerInterface announce(byte[] payload, int port) {
    Map<InetAddress, BeaconChannel> targets = new LinkedHashMap<>();
    for (Map.Entry<InetAddress, BeaconChannel> sender : senders.entrySet()) {
      boolean ipv6 = sender.getKey() instanceof Inet6Address;
      if (netInterface.speaksMulticast()) {
        targets.putIfAbsent(ipv6 ? Addresses.GROUP_IPV6 : Addresses.GROUP_IPV4, sender.getValue());
      }
    }
    for (Address address : netInterface.ipv4()) {
      BeaconChannel sender = senders.get(address.ip());
      InetAddress broadcast = address.broadcast();
      if (sender != null && broadcast != null) {
        targets.putIfAbsent(broadcast, sender);
      }
    }
    int copies = 0;
    int failures = 0;
    String problem = targets.isEmpty() ? "no address to send from" : null;
    for (Map.Entry<InetAddress, BeaconChannel> target : targets.entrySet()) {
      try {
        target.getValue().send(payload, new InetSocketAddress(target.getKey(), port));
        copies++;
      } catch (IOException | RuntimeException e) {
        failures++;
        problem = target.getKey().getHostAddress() + ": " + words(e);
      }
    }
    return new PerInterface(name(), copies, failures, problem);
  }

  /** Sends from the address whose subnet holds the target, else from the main one. */
  void sendTo(byte[] payload, InetSocketAddress target) throws IOException {
    boolean ipv6 = target.getAddress() instanceof Inet6Address;
    BeaconChannel sender = null;
    for (Address address : netInterface.addresses()) {
      BeaconChannel candidate = senders.get(address.ip());
      if (candidate == null || address.ip() instanceof Inet6Address != ipv6) {
        continue;
      }
      if (sender == null
          || new Subnet(name(), address.ip(), address.prefixLength())
              .contains(target.getAddress())) {
        sender = candidate;
      }
    }
    if (sender == null) {
      throw new IOException("no address to send from");
    }
    sender.send(payload, target);
  }

  /** The own address that the system would send from; nothing is sent to find out. */
  static Optional<InetAddress> sourceTowards(InetSocketAddress target) {
    try (DatagramChannel trial = DatagramChannel.open()) {
      trial.connect(target);
      InetSocketAddress local = (InetSocketAddress) trial.getLocalAddress();
      return Optional.ofNullable(local).map(InetSocketAddress::getAddress);
    } catch (IOException | RuntimeException unreachable) {
      return Optional.empty();
    }
  }

  BeaconInterface report(InterfaceTally tally) {
    List<Address> ipv4 = netInterface.ipv4();
    String address = ipv4.isEmpty() ? null : ipv4.getFirst().toString();
    String dead = usable() ? tally.dead : unopened;
    BeaconInterface.State state =
        usable() && dead == null ? BeaconInterface.State.UP : BeaconInterface.State.FAILED;
    String reason = dead != null ? dead : unopened != null ? unopened : tally.troubled;
    return tally.report(name(), address, state, reason);
  }
}
