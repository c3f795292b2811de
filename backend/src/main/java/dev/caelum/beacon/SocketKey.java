package dev.caelum.beacon;

import java.net.InetAddress;

/**
 * One socket; equal keys mean that the socket can stay.
 *
 * @param interfaceName empty when it belongs to none
 * @param address what it is bound to; for ANY the group that it joins
 */
record SocketKey(
    Role role, String interfaceName, int interfaceIndex, InetAddress address, int port) {
  /** What a socket is for. */
  enum Role {
    /** Bound to an own address: sends all, receives unicast. */
    UNICAST,
    /** Bound to the group, joined on one interface. */
    GROUP,
    /** Bound to a directed broadcast address. */
    BROADCAST,
    /** Bound to 255.255.255.255, which old nodes use; hears every interface. */
    LIMITED,
    /** Bound to the wildcard and joined on one interface, instead of GROUP and BROADCAST. */
    ANY,
    /** Bound to the wildcard on one of the further ports; shared, and nobody misses it. */
    ALSO
  }

  Via via() {
    return switch (role) {
      case UNICAST -> Via.UNICAST;
      case GROUP -> Via.MULTICAST;
      case BROADCAST, LIMITED -> Via.BROADCAST;
      case ANY, ALSO -> Via.UNKNOWN;
    };
  }

  /** Whether all that it hears came in by its own interface. */
  boolean attributes() {
    return switch (role) {
      case UNICAST, GROUP, BROADCAST -> true;
      case LIMITED, ANY, ALSO -> false;
    };
  }
}
