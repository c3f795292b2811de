package dev.caelum.discovery;

import dev.caelum.beacon.Subnet;
import dev.caelum.cluster.Input.Origin;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What may be dialled. Whatever a datagram or a peer names has to lie in a directly attached
 * subnet, so that no beacon can make this node knock on somebody else's door. What an operator
 * names may be anywhere, but is never a group, a broadcast or no address at all.
 */
public final class DialPolicy {
  static final int LOWEST_PORT = 1_024;

  private final Supplier<List<Subnet>> attached;
  private final Predicate<InetAddress> own;

  /**
   * @param attached the subnets of the used interfaces
   * @param own whether an address is one of this machine's
   */
  public DialPolicy(Supplier<List<Subnet>> attached, Predicate<InetAddress> own) {
    this.attached = attached;
    this.own = own;
  }

  /**
   * Why {@code address} must not be dialled, in words for people; empty when it may be.
   *
   * @param otherInstance whether the target is known to be another node than this one
   */
  public Optional<String> refusal(
      InetAddress address, int port, Origin origin, boolean otherInstance) {
    Optional<String> never = never(address, port);
    if (never.isPresent() || origin.trusted()) {
      return never;
    }
    if (address.isLoopbackAddress()) {
      return Optional.of("a loopback address");
    }
    if (address instanceof Inet4Address && address.isLinkLocalAddress()) {
      return Optional.of("a link-local address");
    }
    if (port < LOWEST_PORT) {
      return Optional.of("port " + port + " is below " + LOWEST_PORT);
    }
    if (own.test(address)) {
      return otherInstance ? Optional.empty() : Optional.of("this machine's own address");
    }
    return attached.get().stream().anyMatch(subnet -> subnet.contains(address))
        ? Optional.empty()
        : Optional.of("not in an attached subnet");
  }

  /** What holds for everybody, operators included; the dialer's last line of defence. */
  public Optional<String> never(InetAddress address, int port) {
    if (address.isMulticastAddress()) {
      return Optional.of("a multicast address");
    }
    if (address.isAnyLocalAddress()) {
      return Optional.of("no address of a machine");
    }
    if (address instanceof Inet4Address) {
      byte[] bytes = address.getAddress();
      if (bytes[0] == 0) {
        return Optional.of("no address of a machine");
      }
      if (bytes[0] == (byte) 255 || isBroadcast(address)) {
        return Optional.of("a broadcast address");
      }
    }
    if (address instanceof Inet6Address v6
        && v6.isIPv4CompatibleAddress()
        && !v6.isLoopbackAddress()) {
      return Optional.of("an obsolete form of address");
    }
    return Optional.empty();
  }

  private boolean isBroadcast(InetAddress address) {
    byte[] bytes = address.getAddress();
    for (Subnet subnet : attached.get()) {
      if (subnet.address() instanceof Inet4Address
          && subnet.prefixLength() < 31
          && subnet.contains(address)
          && hostBitsAlike(bytes, subnet.prefixLength())) {
        return true;
      }
    }
    return false;
  }

  /** All set is the broadcast address; none set was its older form and is no host either. */
  private static boolean hostBitsAlike(byte[] bytes, int prefix) {
    boolean first = set(bytes, prefix);
    for (int bit = prefix + 1; bit < 32; bit++) {
      if (set(bytes, bit) != first) {
        return false;
      }
    }
    return true;
  }

  private static boolean set(byte[] bytes, int bit) {
    return (bytes[bit / 8] & (0x80 >> (bit % 8))) != 0;
  }
}
