package dev.caelum.feed;

import org.jspecify.annotations.Nullable;

/**
 * How beacons fare on one network interface. Counts are since the start of the node.
 *
 * @param address with prefix, for example {@code 192.168.1.10/24}; null without IPv4
 * @param state {@code up}, {@code skipped} or {@code failed}
 * @param reason why it is skipped or failed; null when up
 * @param echoMillis how long our own last multicast took to come back; null when it never did
 * @param multicastEcho whether our own multicast came back within the last two beacons
 * @param broadcastEcho the same for the directed broadcast
 */
public record InterfaceStatus(
    String name,
    @Nullable String address,
    State state,
    @Nullable String reason,
    long sent,
    long sendFailures,
    long received,
    @Nullable Double echoMillis,
    boolean multicastEcho,
    boolean broadcastEcho) {
  /** Whether the interface is used. */
  public enum State {
    UP,
    SKIPPED,
    FAILED
  }
}
