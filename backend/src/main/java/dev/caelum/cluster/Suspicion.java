package dev.caelum.cluster;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One suspicion of a member: who found it silent, and how long it has to answer. The time shrinks
 * with independent accusers (Lifeguard: Dadgar, Phillips, Currey 2018, 4.2):
 *
 * <pre>
 *   longest  = 3 x shortest
 *   shortest = settings.suspicion x max(1, log10 N)
 *   time     = longest - (longest - shortest) x log(c + 1) / log(k + 1)
 *   c = accusers beyond the first, k = min(3, N - 2)
 * </pre>
 */
final class Suspicion {
  private static final int ENOUGH = 3;
  private static final int ACCUSER_LIMIT = 16;

  private final long since;
  private final String evidence;

  /** From when the member has time to answer: it was accused, so that it can hear of it. */
  private long askedAt;

  private final Set<InstanceId> accusers = new LinkedHashSet<>();

  /** Whether somebody declared the member dead; it is, once this node's own probe fails. */
  boolean declaredDead;

  Member.Doubt.Outcome outcome = Member.Doubt.Outcome.OPEN;
  long endedAt;

  Suspicion(long since, String evidence) {
    this.since = since;
    this.evidence = evidence;
  }

  boolean open() {
    return outcome == Member.Doubt.Outcome.OPEN;
  }

  /** Takes one more accuser; whether it is a new one. */
  boolean accusedBy(InstanceId accuser, long at) {
    askedAt = accusers.isEmpty() ? at : askedAt;
    return accusers.size() < ACCUSER_LIMIT && accusers.add(accuser);
  }

  /** Gives the member its whole time again: this node could not hear an answer until {@code at}. */
  void again(long at) {
    askedAt = at;
  }

  boolean isAccusedBy(InstanceId accuser) {
    return accusers.contains(accuser);
  }

  /** Whether so many found it silent that one more changes nothing. */
  boolean confirmed() {
    return accusers.size() > ENOUGH;
  }

  /** Whether the member did not answer for {@code nanos} though it was accused. */
  boolean unanswered(long nanos, long at) {
    return !accusers.isEmpty() && at - askedAt > nanos;
  }

  /** How long the member has to answer, in nanoseconds, among {@code nodes} nodes. */
  long nanos(int nodes, Settings settings) {
    double shortest = settings.suspicion().toNanos() * Math.max(1, Math.log10(nodes));
    int expected = Math.min(ENOUGH, nodes - 2);
    if (expected <= 0) {
      return (long) shortest;
    }
    int confirmations = Math.max(0, accusers.size() - 1);
    double share = Math.min(1, Math.log(confirmations + 1) / Math.log(expected + 1));
    return (long) (shortest * (3 - 2 * share));
  }

  void end(Member.Doubt.Outcome how, long at) {
    outcome = how;
    endedAt = at;
  }

  Member.Doubt view() {
    return new Member.Doubt(since, evidence, List.copyOf(accusers), outcome, endedAt);
  }
}
