package dev.caelum.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table: a machine as this node knows it at one moment. Times are monotonic
 * nanoseconds of this node's own clock.
 *
 * @param key {@code id@source:port} of the row's first sighting; unique, and kept for the row's
 *     life
 * @param instance null for an old node
 * @param endpoint where its links are dialled now
 * @param hostname as announced, cut to 64 characters, not yet cleaned for display
 * @param primaryIp as announced; may be wrong, {@code endpoint} is the better one
 * @param legacy whether it is an old (Python) node
 * @param foreign whether it belongs to another, explicitly named cluster; shown, never linked
 * @param duplicateId whether another live row has the same id
 * @param link the live, registered link; null when not connected
 * @param info what it registered with; null while only heard
 * @param lastEvidenceAt when anything that proves life arrived last
 * @param stateSince when it entered {@code state}
 * @param lastFailure why the last attempt to link failed; null after a success
 * @param services names from its beacon while only heard
 * @param probes what probing it over UDP showed; null for an old node and before the first probe
 * @param doubt the last suspicion, over or not; null when there was none
 */
public record Member(
    String key,
    NodeId id,
    @Nullable InstanceId instance,
    MemberState state,
    Endpoint endpoint,
    String hostname,
    String primaryIp,
    String clusterId,
    String clusterName,
    boolean self,
    boolean legacy,
    boolean foreign,
    boolean duplicateId,
    @Nullable Link link,
    @Nullable MachineInfo info,
    long incarnation,
    long firstSeenAt,
    long lastEvidenceAt,
    long stateSince,
    @Nullable Failure lastFailure,
    List<String> services,
    @Nullable Probes probes,
    @Nullable Doubt doubt) {

  public Member {
    services = List.copyOf(services);
  }

  /**
   * The live link of a member.
   *
   * @param number this node's number for the link
   * @param outbound whether this node dialled
   * @param remote the other end: the address that was dialled, or the one that it came from
   * @param since when it was registered
   * @param rttMicros the last measured round trip in microseconds; null before the first
   */
  public record Link(
      long number, boolean outbound, String remote, long since, @Nullable Long rttMicros) {}

  /**
   * What probing a member over UDP showed.
   *
   * @param rttMicros smoothed round trip in microseconds; null before the first direct answer
   * @param asked of how many probes {@code lost} is counted; at most 32, the last ones
   * @param lost probes without a direct answer
   * @param udpBlocked whether UDP does not get through while TCP does
   */
  public record Probes(@Nullable Long rttMicros, int asked, int lost, boolean udpBlocked) {}

  /**
   * A suspicion: who doubted the member, why, and how it ended.
   *
   * @param evidence what the first accuser had against it
   * @param accusers the instances that found it silent themselves, the first one first
   * @param endedAt 0 while it is open
   */
  public record Doubt(
      long since, String evidence, List<InstanceId> accusers, Outcome outcome, long endedAt) {
    public Doubt {
      accusers = List.copyOf(accusers);
    }

    /** How a suspicion ended. */
    public enum Outcome {
      /** It has not yet. */
      OPEN,
      /** This node heard from the member itself. */
      ANSWERED,
      /** The member raised its incarnation to say that it lives. */
      REFUTED,
      /** The member was declared dead. */
      CONFIRMED
    }
  }

  /** Whether a registered link is open. */
  public boolean connected() {
    return self || link != null;
  }
}
