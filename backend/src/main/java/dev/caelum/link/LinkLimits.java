package dev.caelum.link;

import java.time.Duration;

/**
 * Every bound of links and of the port they arrive on.
 *
 * @param messageBytes longest message in either direction, in UTF-8 bytes
 * @param fragments most frames one message may be split into
 * @param outboxMessages most messages waiting for one peer
 * @param outboxBytes most UTF-8 bytes waiting for one peer
 * @param urgentMessages most urgent messages waiting for one peer
 * @param urgentBytes most urgent UTF-8 bytes waiting for one peer
 * @param workMessages most messages about tasks waiting for one peer
 * @param workBytes most UTF-8 bytes about tasks waiting for one peer
 * @param writeDeadline a single frame that takes longer to hand to the network aborts the link
 * @param closeGrace between the wish to close politely and the hard close
 * @param firstRequest between accepting a connection, or the first line of a request, and the end
 *     of its headers
 * @param openConnections most connections to the cluster port at a time, event streams included;
 *     below the server's own bound, which would leave the excess waiting
 * @param openPerSource the same from one source
 * @param silentPerSource most connections of one source that have not sent a whole request head yet
 * @param openLinks most links that peers may hold open
 * @param linksPerSource most open links from one source
 * @param handshakeBurst handshakes one source may make at once
 * @param handshakesPerMinute handshakes one source may make in the long run
 */
public record LinkLimits(
    int messageBytes,
    int fragments,
    int outboxMessages,
    int outboxBytes,
    int urgentMessages,
    int urgentBytes,
    int workMessages,
    int workBytes,
    Duration writeDeadline,
    Duration closeGrace,
    Duration firstRequest,
    int openConnections,
    int openPerSource,
    int silentPerSource,
    int openLinks,
    int linksPerSource,
    int handshakeBurst,
    int handshakesPerMinute) {
  /** The limits a node runs with. */
  public static final LinkLimits DEFAULT =
      new LinkLimits(
          1 << 20,
          1_024,
          256,
          1 << 20,
          512,
          1 << 20,
          128,
          4 << 20,
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofSeconds(8),
          6_100,
          2_048,
          64,
          1_024,
          16,
          30,
          10);

  /** The fewest connections that a node of any use takes. */
  private static final int FEWEST_CONNECTIONS = 8;

  /** These, but for no more than {@code most} connections. */
  public LinkLimits withConnections(int most) {
    return new LinkLimits(
        messageBytes,
        fragments,
        outboxMessages,
        outboxBytes,
        urgentMessages,
        urgentBytes,
        workMessages,
        workBytes,
        writeDeadline,
        closeGrace,
        firstRequest,
        Math.clamp(most, FEWEST_CONNECTIONS, openConnections),
        openPerSource,
        silentPerSource,
        openLinks,
        linksPerSource,
        handshakeBurst,
        handshakesPerMinute);
  }

  /** Connections beyond the others that callers on this machine may have: who looks what is up. */
  int ownConnections() {
    return Math.clamp(openConnections / 16, 2, 22);
  }

  /** The server's own bound, at which it accepts no more: it leaves time to refuse politely. */
  public int acceptedConnections() {
    return openConnections + 2 * ownConnections();
  }
}
