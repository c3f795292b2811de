package dev.caelum.link;

/**
 * What a node does with its links. For one link the calls come one after the other, {@link #opened}
 * first and {@link #closed} last; calls for different links overlap. No call may block for long:
 * the peer waits for it.
 */
public interface LinkHandler {
  /** A WebSocket connection stands, in either direction; nothing is known of the peer yet. */
  void opened(PeerLink link);

  /** One whole text message of at most {@link LinkLimits#messageBytes()} arrived. */
  void message(PeerLink link, String text);

  /** The peer answered {@link PeerLink#ping()}, {@code rttNanos} after the ping was written. */
  void pong(PeerLink link, long rttNanos);

  /** The link is gone. Called exactly once for each opened link, whatever ended it. */
  void closed(PeerLink link, LinkEnd end);
}
