package dev.caelum.beacon;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One network interface as it was when it was read.
 *
 * @param index the system's number for it; a removed and re-created interface gets another
 * @param multicast whether the interface says that it can multicast
 * @param virtual whether its name is one that containers, virtual machines and VPNs use
 */
public record NetInterface(
    String name,
    int index,
    List<Address> addresses,
    boolean up,
    boolean multicast,
    boolean loopback,
    boolean virtual) {
  public NetInterface {
    addresses = List.copyOf(addresses);
  }

  /**
   * One address of an interface.
   *
   * @param broadcast the directed broadcast address; null for IPv6, /31, /32 and point-to-point
   */
  public record Address(InetAddress ip, int prefixLength, @Nullable InetAddress broadcast) {
    /** {@code ip/prefix}, for people. */
    @Override
    public String toString() {
      return ip.getHostAddress() + "/" + prefixLength;
    }
  }

  /** The IPv4 addresses in the system's order, the first one being the main one. */
  public List<Address> ipv4() {
    return addresses.stream().filter(a -> a.ip() instanceof Inet4Address).toList();
  }

  /** The link-local IPv6 address, from which the IPv6 group is spoken to. */
  public Optional<Inet6Address> linkLocal() {
    return addresses.stream()
        .map(Address::ip)
        .filter(ip -> ip instanceof Inet6Address && ip.isLinkLocalAddress())
        .map(Inet6Address.class::cast)
        .findFirst();
  }

  /** Whether the group is joined and spoken to here. Loopback can, though it does not say so. */
  boolean speaksMulticast() {
    return multicast || loopback;
  }
}
