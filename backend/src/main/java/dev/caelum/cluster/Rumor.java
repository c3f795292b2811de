package dev.caelum.cluster;

import org.jspecify.annotations.Nullable;

/**
 * What one node claims about a member; travels on links at once and on probes by the way.
 *
 * @param id of the member
 * @param instance of the member: a claim about another start of it is another matter
 * @param incarnation of the member as the claim's author knew it
 * @param author who claims it first hand; for {@link Claim#ALIVE} the member itself as a rule
 * @param introduction who and where the member is; only with {@link Claim#ALIVE}, and null there
 *     when the hearer is expected to know the member
 */
public record Rumor(
    NodeId id,
    InstanceId instance,
    Claim claim,
    long incarnation,
    InstanceId author,
    @Nullable Introduction introduction) {

  public Rumor {
    if (introduction != null && claim != Claim.ALIVE) {
      throw new IllegalArgumentException("only an alive member is introduced");
    }
    if (incarnation < 0) {
      throw new IllegalArgumentException("an incarnation is not negative");
    }
  }

  /** What is claimed; a state as {@link MemberState} has it. */
  public enum Claim {
    ALIVE,
    SUSPECT,
    DEAD,
    LEFT
  }

  /**
   * Who and where a member is, for those that have no link with it.
   *
   * @param endpoint where its links are dialled
   * @param probe where it hears probes; null when that is unknown
   */
  public record Introduction(
      Endpoint endpoint,
      @Nullable ProbeAddress probe,
      String hostname,
      String clusterId,
      String clusterName) {}
}
