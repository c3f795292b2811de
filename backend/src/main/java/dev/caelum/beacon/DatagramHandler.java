package dev.caelum.beacon;

/** Takes datagrams on the receive thread: must be quick and must not block. */
@FunctionalInterface
public interface DatagramHandler {
  /** Called by one thread only, one datagram after the other. */
  void received(Datagram datagram);
}
