package dev.caelum.beacon;

/** How a datagram was addressed, as far as the socket that received it tells. */
public enum Via {
  /** To one of this machine's own addresses. */
  UNICAST,
  /** To the group. */
  MULTICAST,
  /** To a directed or the limited broadcast address. */
  BROADCAST,
  /** A wildcard socket heard it; only where no socket can be bound to a group's address. */
  UNKNOWN
}
