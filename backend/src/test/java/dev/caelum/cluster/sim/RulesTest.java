package dev.caelum.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Effect;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.MemberState;
import dev.caelum.cluster.NodeId;
import dev.caelum.cluster.ProbeMessage;
import dev.caelum.cluster.Rumor;
import dev.caelum.cluster.Settings;
import dev.caelum.cluster.sim.World.Weather;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What single rules are for: situations in which nothing else stands in for the rule. */
class RulesTest {
  private static final long SECOND = World.SECOND;
  private static final long MILLI = World.MILLI;

  static LongStream seeds() {
    return LongStream.range(1, 21);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aPulledCableIsKnownEverywhereSoonSinceAccusersCountAndNacksCalm(long seed) {
    World world = new World(seed);
    List<Node> nodes = world.settled(5);
    Node victim = nodes.getFirst();
    victim.powerOff();
    world.run(4_500 * MILLI);
    assertThat(nodes.subList(1, 5)).allMatch(node -> node.state(victim) == MemberState.DEAD);
  }

  @Test
  void aRefusedCheckProvesAtOnceThatTheProcessIsGone() {
    World world = new World(1);
    List<Node> nodes = world.settled(4);
    Node victim = nodes.getFirst();
    victim.kill();
    world.run(100 * MILLI);
    assertThat(nodes.subList(1, 4)).allMatch(node -> node.state(victim) == MemberState.DEAD);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whoHearsNobodyTakesItselfForSlowAndIsPatient(long seed) {
    World world = new World(seed);
    // With fewer than five others it cannot tell that its own network is down.
    List<Node> nodes = world.settled(4);
    Node lonely = nodes.getFirst();
    world.isolate(lonely.host);
    world.run(7 * SECOND);
    assertThat(lonely.told(ClusterEvent.Died.class)).isEmpty();
    assertThat(nodes.subList(1, 4)).allMatch(node -> node.state(lonely) == MemberState.DEAD);
  }

  @Test
  void whoIsReachedThroughOthersIsNotEvenSuspect() {
    World world = new World(1);
    List<Node> nodes = world.settled(5);
    world.cut(nodes.get(0).host, nodes.get(1).host);
    // Until the link between them is given up.
    world.run(15 * SECOND);
    assertThat(nodes.get(0).told(ClusterEvent.Suspected.class)).isEmpty();
    assertThat(nodes.get(1).told(ClusterEvent.Suspected.class)).isEmpty();
  }

  @Test
  void whileItIsOpenWhoseNetworkIsDownNobodyIsAccused() {
    World world = new World(2);
    List<Node> nodes = world.settled(8);
    world.isolate(nodes.get(3).host);
    world.run(25 * SECOND);
    assertThat(nodes.get(3).told(ClusterEvent.Suspected.class)).isEmpty();
  }

  @Test
  void aSuspectHasItsWholeTimeAgainAfterThisProcessWasPaused() {
    World world = new World(1);
    List<Node> nodes = world.settled(2);
    Node judge = nodes.get(0);
    Node suspect = nodes.get(1);
    world.cut(judge.host, suspect.host);
    for (int i = 0; i < 50 && judge.state(suspect) == MemberState.ALIVE; i++) {
      world.run(100 * MILLI);
    }
    assertThat(judge.state(suspect)).isEqualTo(MemberState.SUSPECT);
    judge.pause();
    world.heal(MILLI);
    world.run(10 * SECOND);
    judge.resume();
    world.run(SECOND);
    assertThat(judge.told(ClusterEvent.Died.class)).isEmpty();
    assertThat(judge.state(suspect)).isEqualTo(MemberState.ALIVE);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void halvesMeetAgainWithoutAnyBeaconSinceTheDeadAreProbed(long seed) {
    World world = new World(seed);
    List<Node> nodes = world.settled(6);
    world.weather = Weather.NO_BEACONS;
    world.cut(nodes.subList(0, 3), nodes.subList(3, 6));
    // Longer than any link lives in silence.
    world.run(100 * SECOND);
    assertThat(nodes.get(0).state(nodes.get(5))).isEqualTo(MemberState.DEAD);
    world.heal(MILLI);
    world.run(10 * SECOND);
    for (Node node : nodes) {
      assertThat(Large.seesAll(node, 6)).as("%s", node).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whoMovesIsFollowedWithoutAnyBeaconAndNobodyTakesItForDead(long seed) {
    World world = new World(seed);
    List<Node> nodes = world.settled(4);
    world.weather = Weather.NO_BEACONS;
    Node mover = nodes.get((int) (seed % 4));
    mover.moved("10.0.0.77");
    world.run(45 * SECOND);
    for (Node node : nodes) {
      if (node != mover) {
        assertThat(node.row(mover).endpoint()).isEqualTo(mover.endpoint());
        assertThat(node.state(mover)).isEqualTo(MemberState.ALIVE);
      }
    }
  }

  @Test
  void whomATableCallsDeadHearsOfItAndRefutes() {
    World world = new World(1);
    List<Node> nodes = world.settled(4);
    Node hearer = nodes.get(1);
    Node accused = nodes.get(0);
    Rumor line =
        new Rumor(accused.id, accused.instance, Rumor.Claim.DEAD, 0, nodes.get(2).instance, null);
    hearer.step(
        new Input.LinesHeard(
            world.now(), hearer.link(nodes.get(2)), List.of(line), List.of(), false));
    world.run(50 * MILLI);
    assertThat(accused.told(ClusterEvent.Refuted.class)).hasSize(1);
    assertThat(hearer.told(ClusterEvent.Suspected.class)).isEmpty();
  }

  @Test
  void aStrangersProbeGetsNoAnswer() {
    World world = new World(1);
    Node node = world.settled(2).getFirst();
    ProbeMessage probe = new ProbeMessage.Probe(7, new InstanceId("stranger"), 1, List.of());
    List<Effect> effects =
        node.core.step(new Input.ProbeHeard(world.now(), probe, new Endpoint("10.0.0.99", 8181)));
    assertThat(effects).noneMatch(Effect.SendProbe.class::isInstance);
  }

  @Test
  void theEndOfALinkAsASpareOneAccusesNobodyAndThereIsANewOne() {
    World world = new World(1);
    List<Node> nodes = world.settled(3);
    Connection link =
        Objects.requireNonNull(nodes.get(0).connection(nodes.get(0).row(nodes.get(1))));
    link.close(nodes.get(1), 4001, "another link to this node is kept");
    world.run(10 * SECOND);
    for (Node node : nodes) {
      assertThat(node.told(ClusterEvent.Suspected.class)).isEmpty();
    }
    Quiet.check(world);
  }

  @Test
  void aLinkThatOnlyOneEndStillBelievesInGivesWayToTheNextOne() {
    World world = new World(1);
    List<Node> nodes = world.settled(2);
    Node lower = nodes.get(0);
    Node higher = nodes.get(1);
    Connection link = Objects.requireNonNull(higher.connection(higher.row(lower)));
    world.run(10 * SECOND);
    higher.connections.remove(link);
    higher.closed(link, 1006, "");
    world.run(1_500 * MILLI);
    Connection next = higher.connection(higher.row(lower));
    assertThat(next).isNotNull().isNotSameAs(link);
    assertThat(lower.connection(lower.row(higher))).isSameAs(next);
  }

  @Test
  void moreMembersThanFitAreNotTaken() {
    World world = new World(1);
    List<Node> nodes = world.settled(2);
    List<Rumor> crowd = new ArrayList<>();
    for (int i = 0; i < Settings.defaults().memberLimit() + 50; i++) {
      String address = "10.1." + i / 250 + "." + (1 + i % 250);
      InstanceId instance = new InstanceId("crowd" + i);
      crowd.add(
          new Rumor(
              new NodeId("crowd" + i),
              instance,
              Rumor.Claim.ALIVE,
              0,
              instance,
              new Rumor.Introduction(new Endpoint(address, 8080), null, "h", "c", "n")));
    }
    Node node = nodes.getFirst();
    node.core.step(new Input.RumorsHeard(world.now(), node.link(nodes.get(1)), crowd));
    assertThat(node.core.snapshot().members()).hasSize(Settings.defaults().memberLimit() + 1);
  }
}
