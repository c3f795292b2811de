package dev.caelum.beacon;

import org.jspecify.annotations.Nullable;

/**
 * How beacons fare on one interface. Counts are since the start; a datagram counts as received
 * before anything is refused.
 *
 * @param address the main IPv4 address with prefix, for example {@code 192.168.1.10/24}; null
 *     without one
 * @param reason why it is skipped or failed; while up, what does not work on it, or null
 * @param sent datagrams that left, every copy counted
 */
public record BeaconInterface(
    String name,
    @Nullable String address,
    State state,
    @Nullable String reason,
    long sent,
    long sendFailures,
    long receivedUnicast,
    long receivedMulticast,
    long receivedBroadcast) {
  /** Whether the interface carries beacons. */
  public enum State {
    UP,
    SKIPPED,
    FAILED
  }

  /** All received datagrams; where the kind could not be told they count as unicast. */
  public long received() {
    return receivedUnicast + receivedMulticast + receivedBroadcast;
  }
}
