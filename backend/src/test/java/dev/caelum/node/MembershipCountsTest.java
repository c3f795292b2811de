package dev.caelum.node;

import static dev.caelum.feed.Machines.instance;
import static dev.caelum.feed.Machines.machine;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.cluster.Rumor;
import dev.caelum.node.MembershipCounts.Kind;
import org.junit.jupiter.api.Test;

class MembershipCountsTest {
  private final MembershipCounts counts = new MembershipCounts();
  private final Member beta = machine("beta").build();

  @Test
  void everyTurnOfAMemberIsCountedOnceAndChangesOfARowAreNot() {
    counts.accept(new ClusterEvent.Suspected(beta, "silent"));
    counts.accept(new ClusterEvent.Suspected(beta, "silent"));
    counts.accept(new ClusterEvent.Died(beta, "silent"));
    counts.accept(new ClusterEvent.Returned(beta, MemberState.DEAD));
    counts.accept(new ClusterEvent.Departed(beta));
    counts.accept(new ClusterEvent.Refuted(beta, instance("gamma"), Rumor.Claim.SUSPECT));
    counts.accept(new ClusterEvent.NetworkLost(5, 5));
    counts.accept(new ClusterEvent.MemberChanged(beta, null));

    assertThat(counts.count(Kind.SUSPECTED)).isEqualTo(2);
    assertThat(counts.count(Kind.DIED)).isEqualTo(1);
    assertThat(counts.count(Kind.RETURNED)).isEqualTo(1);
    assertThat(counts.count(Kind.LEFT)).isEqualTo(1);
    assertThat(counts.count(Kind.REFUTED)).isEqualTo(1);
    assertThat(counts.count(Kind.NETWORK_LOST)).isEqualTo(1);
    assertThat(counts.count(Kind.MOVED)).isZero();
  }
}
