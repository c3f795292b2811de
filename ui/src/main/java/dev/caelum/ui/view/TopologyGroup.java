package dev.caelum.ui.view;

import dev.caelum.ui.client.Machine;
import java.net.Inet6Address;
import java.util.Arrays;

/**
 * To which group of the map a machine belongs: those of another cluster by its name, all others by
 * the beginning of the address at which this node reaches them. Nobody told how long the network's
 * prefix is there, so the usual 24 bits of IPv4 and 64 of IPv6 are taken, and no prefix is named.
 */
final class TopologyGroup {
  /** Of those whose address is none. */
  static final String UNKNOWN = "?";

  /** Of those whose groups a small picture does not tell apart. */
  static final String REST = "*";

  /** Begins the group of another cluster; no address does. */
  static final String CLUSTER = "@";

  private static final int HALF = 4;

  private TopologyGroup() {}

  static String of(Machine machine) {
    return machine.foreign() ? CLUSTER + machine.clusterName() : subnet(machine.address());
  }

  /** The group of {@code endpoint}, an IP address with or without a port. */
  static String subnet(String endpoint) {
    String host = host(endpoint);
    String[] parts = host.split("\\.", -1);
    if (parts.length == 4 && Arrays.stream(parts).allMatch(part -> part.matches("\\d{1,3}"))) {
      return parts[0] + "." + parts[1] + "." + parts[2] + ".x";
    }
    if (!host.contains(":")) {
      return UNKNOWN;
    }
    try {
      byte[] bytes = Inet6Address.ofLiteral(host).getAddress();
      if (bytes.length != 16) {
        return UNKNOWN;
      }
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < HALF; i++) {
        int word = ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
        text.append(Integer.toHexString(word)).append(':');
      }
      return text.append(":x").toString();
    } catch (IllegalArgumentException e) {
      return UNKNOWN;
    }
  }

  /** Without port, brackets and zone. */
  private static String host(String endpoint) {
    String host = endpoint.strip();
    if (host.startsWith("[")) {
      int end = host.indexOf(']');
      host = host.substring(1, end < 0 ? host.length() : end);
    } else if (host.indexOf(':') == host.lastIndexOf(':') && host.contains(":")) {
      host = host.substring(0, host.indexOf(':'));
    }
    int zone = host.indexOf('%');
    return zone < 0 ? host : host.substring(0, zone);
  }

  /** In the words of people. */
  static String name(String group) {
    if (group.equals(UNKNOWN)) {
      return Words.of("topology.group.unknown");
    }
    if (group.equals(REST)) {
      return Words.of("topology.group.rest");
    }
    return group.startsWith(CLUSTER)
        ? Words.of("topology.group.cluster", group.substring(CLUSTER.length()))
        : group;
  }
}
