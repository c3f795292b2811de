package dev.caelum.host;

import dev.caelum.cluster.MachineInfo.InterfaceAddress;
import dev.caelum.cluster.MachineInfo.NetworkInfo;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The machine's interfaces and addresses, as a machine tells them to others. */
final class Networks {
  /** SECURITY: nobody lists more. */
  private static final int MAX_INTERFACES = 64;

  private static final int MAX_ADDRESSES = 16;

  private Networks() {}

  static NetworkInfo read(String hostname) {
    List<dev.caelum.cluster.MachineInfo.NetworkInterface> interfaces = new ArrayList<>();
    Set<String> ips = new LinkedHashSet<>();
    Set<String> macs = new LinkedHashSet<>();
    for (NetworkInterface each : all()) {
      List<InterfaceAddress> addresses = addresses(each);
      for (InterfaceAddress address : addresses) {
        if (address.type().equals("ipv4")) {
          ips.add(address.address());
        } else if (address.type().equals("mac")) {
          macs.add(address.address());
        }
      }
      interfaces.add(
          new dev.caelum.cluster.MachineInfo.NetworkInterface(each.getName(), addresses));
    }
    return new NetworkInfo(hostname, List.copyOf(ips), List.copyOf(macs), interfaces);
  }

  private static List<NetworkInterface> all() {
    try {
      return NetworkInterface.networkInterfaces().limit(MAX_INTERFACES).toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static List<InterfaceAddress> addresses(NetworkInterface each) {
    List<InterfaceAddress> addresses = new ArrayList<>();
    for (java.net.InterfaceAddress address : each.getInterfaceAddresses()) {
      if (addresses.size() < MAX_ADDRESSES) {
        addresses.add(address(address.getAddress(), address.getNetworkPrefixLength()));
      }
    }
    String mac = mac(each);
    if (mac != null) {
      addresses.add(new InterfaceAddress("mac", mac, null));
    }
    return addresses;
  }

  private static InterfaceAddress address(InetAddress ip, int prefix) {
    if (ip instanceof Inet4Address) {
      return new InterfaceAddress("ipv4", ip.getHostAddress(), netmask(prefix));
    }
    return new InterfaceAddress("ipv6", ip.getHostAddress(), null);
  }

  /** {@code 255.255.255.0} for 24. */
  static String netmask(int prefix) {
    int mask = prefix == 0 ? 0 : -1 << (32 - prefix);
    return (mask >>> 24)
        + "."
        + (mask >>> 16 & 0xFF)
        + "."
        + (mask >>> 8 & 0xFF)
        + "."
        + (mask & 0xFF);
  }

  private static @Nullable String mac(NetworkInterface each) {
    try {
      byte[] mac = each.getHardwareAddress();
      return mac == null ? null : HexFormat.ofDelimiter(":").formatHex(mac);
    } catch (SocketException gone) {
      return null;
    }
  }
}
