package dev.caelum.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.MemberState;
import dev.caelum.cluster.sim.World.Weather;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the silence of many, or a long one, is told from one's own slowness and from death. */
class SilenceTest {
  private static final long SECOND = World.SECOND;
  private static final long MILLI = World.MILLI;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void fourOfTenWithoutPowerAreSoonDeadSinceTheOthersHearNacksAndStayQuick(long seed) {
    World world = new World(seed);
    List<Node> nodes = world.settled(10);
    List<Node> victims = nodes.subList(0, 4);
    victims.forEach(Program::powerOff);
    world.run(5_500 * MILLI);
    for (Node node : nodes.subList(4, 10)) {
      assertThat(victims).as("%s", node).allMatch(one -> node.state(one) == MemberState.DEAD);
    }
  }

  @Test
  void aHostWithMostOfTheNodesThatLosesPowerIsNotTheirNetwork() {
    World world = new World(1);
    List<Node> nodes = new ArrayList<>(world.settled(4));
    Host crowded = nodes.get(3).host;
    for (int port = 8081; port < 8086; port++) {
      Node more = new Node(world, "more" + port, crowded, port, null);
      more.start();
      nodes.add(more);
    }
    world.run(10 * SECOND);
    assertThat(Large.seesAll(nodes.get(0), 9)).isTrue();
    nodes.get(3).powerOff();
    world.run(6 * SECOND);
    assertThat(nodes.subList(3, 9)).allMatch(one -> nodes.get(0).state(one) == MemberState.DEAD);
  }

  @Test
  void whoseHostRefusesIsDeadThoughMostAreSilentAndTheNetworkIsDoubted() {
    World world = new World(1);
    List<Node> nodes = world.settled(7);
    List<Node> victims = nodes.subList(2, 7);
    victims.forEach(Program::powerOff);
    world.run(6 * SECOND);
    assertThat(nodes.get(0).told(ClusterEvent.NetworkLost.class)).isNotEmpty();
    victims.forEach(one -> world.powerOn(one.host));
    world.run(8 * SECOND);
    assertThat(victims).allMatch(one -> nodes.get(0).state(one) == MemberState.DEAD);
  }

  @Test
  void halvesThatMissedEachOtherForMinutesMeetAtOnceSinceTheDeadAreProbed() {
    World world = new World(1);
    List<Node> nodes = world.settled(6);
    world.weather = Weather.NO_BEACONS;
    for (Node one : nodes.subList(0, 3)) {
      nodes.subList(3, 6).forEach(other -> world.cut(one.host, other.host));
    }
    // Until dials are tried every ten minutes only.
    world.run(500 * SECOND);
    world.heal(MILLI);
    world.run(5 * SECOND);
    for (Node node : nodes) {
      assertThat(Large.seesAll(node, 6)).as("%s", node).isTrue();
    }
  }

  @Test
  void aDeathThatWaitedWhileThisProcessWasPausedKillsNobodyWhoIsBack() {
    World world = new World(1);
    List<Node> nodes = world.settled(5);
    Node paused = nodes.get(0);
    Node back = nodes.get(1);
    paused.pause();
    world.isolate(back.host);
    world.run(12 * SECOND);
    assertThat(nodes.get(2).state(back)).isEqualTo(MemberState.DEAD);
    world.heal(MILLI);
    world.run(3 * SECOND);
    assertThat(nodes.get(2).state(back)).isEqualTo(MemberState.ALIVE);
    paused.resume();
    world.run(5 * SECOND);
    assertThat(paused.told(ClusterEvent.Died.class)).isEmpty();
    assertThat(paused.state(back)).isEqualTo(MemberState.ALIVE);
  }
}
