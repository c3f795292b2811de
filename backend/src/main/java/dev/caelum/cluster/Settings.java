package dev.caelum.cluster;

import java.time.Duration;

/**
 * The times and bounds of the core; the defaults stand here once.
 *
 * @param probeInterval how often one of our own nodes is probed, in turn, once there are 60 of them
 * @param fastProbeInterval the same with few of them; in between it grows with their number
 * @param probeTimeout how long a probe's answer may take before others are asked, and theirs
 * @param suspicion how long a suspicion lasts at least, up to ten nodes; {@link Suspicion} has the
 *     formula
 * @param relays how many others are asked to probe who does not answer
 * @param deadProbeInterval how often one of the dead is probed
 * @param syncInterval how often tables are compared with a peer's
 * @param networkGrace how long silence is not held against anybody when most fell silent at once
 * @param meshLimit up to so many nodes everybody is linked with everybody
 * @param idleLimit how long a link that the topology does not want may stay
 * @param silenceLimit silence on a link to one of our own nodes after which it is pinged
 * @param quietLimit how long such a ping may stay unanswered before the link is not trusted
 * @param legacyPingInterval how often an old node is pinged
 * @param legacyQuietLimit old nodes show a machine offline after 90 s; so do we
 * @param legacyBeaconLimit old nodes forget a machine 60 s after its last beacon; so do we
 * @param legacySuspicion how long a silent old node has to answer before it is dead
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
    Duration probeInterval,
    Duration fastProbeInterval,
    Duration probeTimeout,
    Duration suspicion,
    int relays,
    Duration deadProbeInterval,
    Duration syncInterval,
    Duration networkGrace,
    int meshLimit,
    Duration idleLimit,
    Duration silenceLimit,
    Duration quietLimit,
    Duration legacyPingInterval,
    Duration legacyQuietLimit,
    Duration legacyBeaconLimit,
    Duration legacySuspicion,
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
    if (silenceLimit.plus(quietLimit).compareTo(halfOpenLimit) > 0) {
      throw new IllegalArgumentException("halfOpenLimit must leave time for a ping");
    }
  }

  /** What a node uses. */
  public static Settings defaults() {
    return new Settings(
        Duration.ofSeconds(1),
        Duration.ofMillis(500),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        3,
        Duration.ofSeconds(2),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        100,
        Duration.ofSeconds(60),
        Duration.ofSeconds(34),
        Duration.ofSeconds(4),
        Duration.ofSeconds(10),
        Duration.ofSeconds(90),
        Duration.ofSeconds(60),
        Duration.ofSeconds(6),
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
