package dev.caelum.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.cluster.Rumor;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the membership protocol, one situation each. */
class SwimTest {
  private static final long SECOND = World.SECOND;

  private static void rumor(Node hearer, Node teller, Node about, Rumor.Claim claim) {
    long link = hearer.link(teller);
    Rumor rumor =
        new Rumor(
            about.id,
            about.instance,
            claim,
            hearer.row(about).incarnation(),
            claim == Rumor.Claim.LEFT ? about.instance : teller.instance,
            null);
    hearer.step(new Input.RumorsHeard(hearer.world.now(), link, List.of(rumor)));
  }

  @Test
  void aNodeWhoseUdpIsBlockedIsAliveByItsLinkAndThatIsTold() {
    World world = new World(1);
    List<Node> nodes = world.settled(4);
    Node blocked = nodes.getFirst();
    blocked.host.udpBlocked = true;
    world.run(60 * SECOND);
    for (Node node : nodes.subList(1, 4)) {
      assertThat(node.told(ClusterEvent.Suspected.class)).isEmpty();
      assertThat(node.told(ClusterEvent.UdpBlocked.class))
          .singleElement()
          .matches(told -> told.blocked() && told.member().id().equals(blocked.id));
      assertThat(Objects.requireNonNull(node.row(blocked).probes()).udpBlocked()).isTrue();
    }
    blocked.host.udpBlocked = false;
    world.run(20 * SECOND);
    for (Node node : nodes.subList(1, 4)) {
      assertThat(node.told(ClusterEvent.UdpBlocked.class))
          .extracting(ClusterEvent.UdpBlocked::blocked)
          .containsExactly(true, false);
    }
  }

  @Test
  void aNodeThatIsCutOffFromAllBlamesItsOwnNetworkAndNobodyElse() {
    World world = new World(2);
    List<Node> nodes = world.settled(8);
    Node victim = nodes.get(3);
    world.isolate(victim.host);
    world.run(25 * SECOND);
    assertThat(victim.told(ClusterEvent.NetworkLost.class)).hasSize(1);
    assertThat(victim.told(ClusterEvent.Died.class)).isEmpty();
    for (Node node : nodes) {
      if (node != victim) {
        assertThat(node.row(victim).state()).isEqualTo(MemberState.DEAD);
        assertThat(node.told(ClusterEvent.NetworkLost.class)).isEmpty();
      }
    }
    world.heal(25 * SECOND);
    world.run(60 * SECOND);
    assertThat(victim.told(ClusterEvent.NetworkJudged.class))
        .singleElement()
        .matches(ClusterEvent.NetworkJudged::back);
    Quiet.check(world);
  }

  @Test
  void silenceCountsAgainAfterTheGrace() {
    World world = new World(3);
    List<Node> nodes = world.settled(8);
    Node victim = nodes.getFirst();
    world.isolate(victim.host);
    world.run(100 * SECOND);
    assertThat(victim.told(ClusterEvent.NetworkJudged.class))
        .singleElement()
        .matches(told -> !told.back());
    for (Node node : nodes.subList(1, 8)) {
      assertThat(victim.row(node).state()).isEqualTo(MemberState.DEAD);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 20})
  void aLiveMemberThatIsAccusedRefutesAndNobodyTakesItForDead(int count) {
    World world = new World(count);
    List<Node> nodes = world.settled(count);
    Node accused = nodes.getFirst();
    rumor(nodes.get(1), nodes.get(2), accused, Rumor.Claim.SUSPECT);
    rumor(nodes.get(1), nodes.get(2), accused, Rumor.Claim.DEAD);
    world.run(10 * SECOND);
    assertThat(accused.told(ClusterEvent.Refuted.class)).isNotEmpty();
    for (Node node : nodes) {
      assertThat(node.row(accused).incarnation()).isPositive();
      assertThat(node.told(ClusterEvent.Died.class)).isEmpty();
      assertThat(node.told(ClusterEvent.Suspected.class)).isEmpty();
    }
    Quiet.check(world);
  }

  @Test
  void whoIsReachedOnlyThroughABridgeIsNotAccusedOverAndOver() {
    World world = new World(11);
    List<Node> nodes = world.settled(11);
    world.cut(nodes.subList(0, 5), nodes.subList(5, 10));
    world.run(30 * SECOND);
    nodes.forEach(node -> node.watch.told.clear());
    world.run(60 * SECOND);
    for (Node node : nodes) {
      assertThat(node.told(ClusterEvent.Died.class)).isEmpty();
      // Each of five, at most every 8 s.
      assertThat(node.told(ClusterEvent.Suspected.class)).hasSizeLessThan(40);
    }
  }

  @Test
  void onlyAMemberItselfCanSayThatItLeft() {
    World world = new World(4);
    List<Node> nodes = world.settled(4);
    long link = nodes.get(1).link(nodes.get(2));
    Rumor lie =
        new Rumor(
            nodes.get(0).id,
            nodes.get(0).instance,
            Rumor.Claim.LEFT,
            0,
            nodes.get(2).instance,
            null);
    nodes.get(1).step(new Input.RumorsHeard(world.now(), link, List.of(lie)));
    assertThat(nodes.get(1).row(nodes.get(0)).state()).isEqualTo(MemberState.ALIVE);
  }

  @Test
  void aSuspicionNamesItsEvidenceAndWhoHadIt() {
    World world = new World(5);
    List<Node> nodes = world.settled(5);
    Node victim = nodes.getFirst();
    victim.powerOff();
    world.run(15 * SECOND);
    for (Node node : nodes.subList(1, 5)) {
      Member.Doubt doubt = Objects.requireNonNull(node.row(victim).doubt());
      assertThat(doubt.outcome()).isEqualTo(Member.Doubt.Outcome.CONFIRMED);
      assertThat(doubt.accusers()).isNotEmpty().doesNotContain(victim.instance);
      assertThat(doubt.evidence()).isNotBlank();
      assertThat(node.row(victim).state()).isEqualTo(MemberState.DEAD);
    }
  }

  @Test
  void whoIsPausedInALargerClusterAccusesNobodyAfterwards() {
    World world = new World(6);
    List<Node> nodes = world.settled(20);
    Node victim = nodes.get(7);
    victim.pause();
    world.run(12 * SECOND);
    victim.resume();
    world.run(10 * SECOND);
    assertThat(victim.told(ClusterEvent.Suspected.class)).isEmpty();
    assertThat(victim.told(ClusterEvent.Died.class)).isEmpty();
    Quiet.check(world);
  }

  @Test
  void twoHalvesAreOneViewWithinFiveSecondsAfterTheyMeetAgain() {
    World world = new World(7);
    List<Node> nodes = world.settled(10);
    world.cut(nodes.subList(0, 4), nodes.subList(4, 10));
    world.run(90 * SECOND);
    assertThat(nodes.get(0).row(nodes.get(9)).state()).isEqualTo(MemberState.DEAD);
    assertThat(nodes.get(9).row(nodes.get(0)).state()).isEqualTo(MemberState.DEAD);
    world.heal(SECOND);
    world.run(5 * SECOND);
    for (Node node : nodes) {
      assertThat(Large.seesAll(node, 10)).as("%s", node).isTrue();
    }
    world.run(60 * SECOND);
    Quiet.check(world);
  }
}
