package dev.caelum.cluster;

import java.time.Duration;

/**
 * The times and bounds of the core; the defaults stand here once.
 *
 * @param pingInterval how often a link to one of our own nodes is pinged
 * @param quietLimit silence on such a link that makes its member suspect; at least three pings
 * @param suspicion how long a silent suspect has to answer before it is dead
 * @param legacyPingInterval the same ping, for old nodes
 * @param legacyQuietLimit old nodes show a machine offline after 90 s; so do we
 * @param legacyBeaconLimit old nodes forget a machine 60 s after its last beacon; so do we
 * @param halfOpenLimit silence after which a link's socket is given up
 * @param registrationLimit how long an open link may stay without a registration
 * @param yieldDelay how long the higher id waits for the lower one's dial
 * @param heartbeatInterval how often a peer is told what this machine is now
 * @param checkInterval how often a suspect is checked by a TCP connect
 * @param freshness how old what is published of a live member may grow
 * @param memberLimit rows that were ever registered
 * @param heardLimit rows that were only heard
 * @param contactLimit addresses to contact that belong to no row
 * @param goneLimit how long a dead or departed member stays in the table
 * @param heardGoneLimit the same for one that never registered
 */
public record Settings(
    Duration pingInterval,
    Duration quietLimit,
    Duration suspicion,
    Duration legacyPingInterval,
    Duration legacyQuietLimit,
    Duration legacyBeaconLimit,
    Duration halfOpenLimit,
    Duration registrationLimit,
    Duration yieldDelay,
    Duration heartbeatInterval,
    Duration checkInterval,
    Duration freshness,
    int memberLimit,
    int heardLimit,
    int contactLimit,
    Duration goneLimit,
    Duration heardGoneLimit) {

  /** A beacon is stale after this many of its sender's intervals. */
  static final int STALE_INTERVALS = 5;

  /** The versions of our own frames that this node speaks. */
  public static final int PROTOCOL_MINIMUM = 1;

  /** The newest version of our own frames that this node speaks. */
  public static final int PROTOCOL_MAXIMUM = 1;

  public Settings {
    if (quietLimit.compareTo(pingInterval.multipliedBy(3)) < 0) {
      throw new IllegalArgumentException("quietLimit must cover three pings");
    }
  }

  /** What a node uses. */
  public static Settings defaults() {
    return new Settings(
        Duration.ofSeconds(1),
        Duration.ofSeconds(4),
        Duration.ofSeconds(6),
        Duration.ofSeconds(10),
        Duration.ofSeconds(90),
        Duration.ofSeconds(60),
        Duration.ofSeconds(40),
        Duration.ofSeconds(8),
        Duration.ofMillis(750),
        Duration.ofSeconds(30),
        Duration.ofSeconds(1),
        Duration.ofSeconds(8),
        2_048,
        256,
        512,
        Duration.ofHours(24),
        Duration.ofMinutes(10));
  }
}
