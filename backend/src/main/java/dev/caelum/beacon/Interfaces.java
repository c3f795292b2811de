package dev.caelum.beacon;

import dev.caelum.beacon.NetInterface.Address;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the machine's network interfaces and chooses the ones that carry beacons. */
public final class Interfaces {
  /**
   * Names that Docker, Podman, libvirt, LXC, Kubernetes networks, hypervisors and VPNs give to what
   * is no LAN. A plain {@code br0} is not among them: people put their real network on it.
   */
  private static final Pattern VIRTUAL =
      Pattern.compile(
          "(docker|br-|veth|virbr|vmnet|vboxnet|vnet|lxcbr|lxdbr|podman|cni|flannel|cali|cilium"
              + "|kube|tun|tap|utun|wg|tailscale|zt|ppp|ipsec|gre|sit|ip6tnl|dummy|ifb|awdl|llw)"
              + ".*");

  private Interfaces() {}

  /** An interface that is not used, and why. */
  public record Skipped(NetInterface netInterface, String reason) {}

  /** Which interfaces are used and which are not. */
  public record Choice(List<NetInterface> usable, List<Skipped> skipped) {
    public Choice {
      usable = List.copyOf(usable);
      skipped = List.copyOf(skipped);
    }
  }

  /** Reads all interfaces now; one that vanishes meanwhile is left out. */
  public static List<NetInterface> read() throws IOException {
    List<NetInterface> found = new ArrayList<>();
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      try {
        found.add(read(each));
      } catch (SocketException vanished) {
        // Removed between the listing and the look at it: the same as not there.
      }
    }
    return found;
  }

  /**
   * Chooses from {@code all}. With {@code names}, only those are used (virtual ones and loopback
   * too); without, every one that is up, has an IPv4 address and is neither loopback nor virtual.
   */
  public static Choice choose(List<NetInterface> all, Collection<String> names) {
    List<NetInterface> usable = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    for (NetInterface each : all) {
      String reason = refusal(each, names);
      if (reason == null) {
        usable.add(each);
      } else {
        skipped.add(new Skipped(each, reason));
      }
    }
    for (String name : names) {
      if (all.stream().noneMatch(each -> each.name().equals(name))) {
        NetInterface absent = new NetInterface(name, 0, List.of(), false, false, false, false);
        skipped.add(new Skipped(absent, "no such interface"));
      }
    }
    return new Choice(usable, skipped);
  }

  /**
   * The IPv4 address by which others reach this machine best: of several, the one that the system's
   * own route takes. Empty without a usable interface. Nothing is sent.
   */
  public static Optional<InetAddress> primaryAddress(List<NetInterface> usable) {
    List<InetAddress> own =
        usable.stream().flatMap(each -> each.ipv4().stream()).map(Address::ip).toList();
    return Outlet.sourceTowards(new InetSocketAddress(Addresses.GROUP_IPV4, 1))
        .filter(own::contains)
        .or(() -> own.stream().findFirst());
  }

  private static @Nullable String refusal(NetInterface each, Collection<String> names) {
    if (!names.isEmpty() && !names.contains(each.name())) {
      return "not chosen by --interface";
    }
    if (each.loopback() && names.isEmpty()) {
      return "loopback";
    }
    if (!each.up()) {
      return "down";
    }
    if (each.virtual() && names.isEmpty()) {
      return "virtual; name it with --interface to use it";
    }
    if (each.ipv4().isEmpty()) {
      return "no IPv4 address";
    }
    return null;
  }

  private static NetInterface read(NetworkInterface each) throws SocketException {
    boolean pointToPoint = each.isPointToPoint();
    List<Address> addresses = new ArrayList<>();
    for (InterfaceAddress address : each.getInterfaceAddresses()) {
      InetAddress ip = address.getAddress();
      int prefix = address.getNetworkPrefixLength();
      addresses.add(
          new Address(ip, prefix, broadcast(ip, prefix, address.getBroadcast(), pointToPoint)));
    }
    return new NetInterface(
        each.getName(),
        each.getIndex(),
        addresses,
        each.isUp(),
        each.supportsMulticast(),
        each.isLoopback(),
        isVirtual(each.getName(), each.getDisplayName()));
  }

  /** Windows names interfaces by number, so there the display name decides. */
  static boolean isVirtual(String name, @Nullable String displayName) {
    if (VIRTUAL.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
      return true;
    }
    String shown = displayName == null ? "" : displayName.toLowerCase(Locale.ROOT);
    return shown.contains("virtual")
        || shown.contains("vethernet")
        || shown.contains("tap-windows")
        || shown.contains("wireguard")
        || shown.contains("vpn");
  }

  /**
   * The directed broadcast address. Where the system tells none (an address added without {@code
   * brd}), it is made from the prefix: Linux routes that one as broadcast all the same.
   */
  static @Nullable InetAddress broadcast(
      InetAddress ip, int prefix, @Nullable InetAddress told, boolean pointToPoint) {
    if (!(ip instanceof Inet4Address) || prefix >= 31 || prefix <= 0 || pointToPoint) {
      return null;
    }
    if (told != null && !told.isAnyLocalAddress() && !told.equals(ip)) {
      return told;
    }
    byte[] bytes = ip.getAddress();
    for (int bit = prefix; bit < 32; bit++) {
      bytes[bit / 8] |= (byte) (0x80 >> (bit % 8));
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes make an IPv4 address", e);
    }
  }
}
