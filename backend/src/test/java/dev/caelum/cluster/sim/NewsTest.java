package dev.caelum.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.MemberState;
import dev.caelum.cluster.Rumor;
import dev.caelum.cluster.sim.World.Weather;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How news reaches who cannot see for itself: over links, on probes, and by comparing tables. */
class NewsTest {
  private static final long SECOND = World.SECOND;
  private static final long MILLI = World.MILLI;

  /** Three nodes of which the first and the last do not reach each other, nor have a link. */
  private static List<Node> chain() {
    World world = new World(1);
    List<Node> nodes = world.settled(3);
    world.weather = Weather.NO_BEACONS;
    world.cut(nodes.get(0).host, nodes.get(2).host);
    world.run(60 * SECOND);
    assertThat(nodes.get(0).state(nodes.get(2))).isEqualTo(MemberState.ALIVE);
    assertThat(nodes.get(0).row(nodes.get(2)).link()).isNull();
    nodes.forEach(node -> node.watch.told.clear());
    return nodes;
  }

  /** Of five nodes the first does not reach the last, and believes it dead though it runs. */
  private static List<Node> misled() {
    World world = new World(1);
    List<Node> nodes = world.settled(5);
    Node first = nodes.get(0);
    Node last = nodes.get(4);
    world.weather = Weather.NO_BEACONS;
    world.cut(first.host, last.host);
    world.run(60 * SECOND);
    for (int i = 0; i < 20 && first.state(last) == MemberState.ALIVE; i++) {
      Rumor wrong =
          new Rumor(
              last.id,
              last.instance,
              Rumor.Claim.DEAD,
              first.row(last).incarnation(),
              nodes.get(1).instance,
              null);
      first.step(new Input.RumorsHeard(world.now(), first.link(nodes.get(1)), List.of(wrong)));
      world.run(700 * MILLI);
    }
    assertThat(first.state(last)).isEqualTo(MemberState.DEAD);
    return nodes;
  }

  /** Has {@code node} close its links as if nobody needed them, and refuse new ones for good. */
  private static void withoutLinks(Node node, List<Node> others) {
    others.forEach(other -> refuseDials(other));
    refuseDials(node);
    List.copyOf(node.connections).forEach(link -> link.close(node, 4006, "not needed"));
  }

  private static void refuseDials(Node node) {
    node.host.listening.remove(node.port, node);
    node.host.listening.put(1, node);
  }

  @Test
  void aGoodbyeIsPassedOnToWhoHasNoLink() {
    List<Node> chain = chain();
    chain.get(2).stop();
    chain.get(2).world.run(30 * SECOND);
    assertThat(chain.get(0).state(chain.get(2))).isEqualTo(MemberState.LEFT);
    assertThat(chain.get(0).told(ClusterEvent.Suspected.class)).isEmpty();
  }

  @Test
  void whatANodeFindsItTellsAtOnceOverItsLinks() {
    World world = new World(1);
    List<Node> nodes = world.settled(8);
    Node victim = nodes.getFirst();
    List<Node> unlinked = nodes.subList(4, 8);
    unlinked.forEach(node -> world.cut(node.host, victim.host));
    world.run(60 * SECOND);
    victim.kill();
    world.run(50 * MILLI);
    // All but those that had an answer of it within the last second, and look for themselves.
    assertThat(unlinked.stream().filter(node -> node.state(victim) == MemberState.DEAD))
        .hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void whoListensAtAnotherAddressTellsItThoseWhoHaveNoLinkWithIt() {
    List<Node> chain = chain();
    Node last = chain.get(2);
    Endpoint other = new Endpoint("10.0.0.77", 8080);
    // Its machine prefers another of its addresses; the link by the old one stands.
    last.step(
        new Input.SelfChanged(
            last.world.now(), Machines.named(last.id.value(), other.host()), other, 8181));
    last.world.run(100 * MILLI);
    assertThat(chain.get(0).row(last).endpoint()).isEqualTo(other);
    assertThat(chain.get(0).row(last).incarnation()).isEqualTo(1);
  }

  @Test
  void aRestartIsKnownSoonToThoseWhoDoNotReachIt() {
    World world = new World(1);
    List<Node> nodes = world.settled(10);
    world.weather = Weather.NO_BEACONS;
    Node last = nodes.get(9);
    List<Node> unlinked = nodes.subList(0, 5);
    unlinked.forEach(node -> world.cut(node.host, last.host));
    world.run(60 * SECOND);
    last.kill();
    Node next = new Node(world, last.id.value(), last.host, 8080, null);
    next.start();
    next.contact(nodes.get(8).endpoint(), Input.Origin.CONFIGURATION);
    world.run(2 * SECOND);
    assertThat(unlinked).allMatch(node -> node.state(next) == MemberState.ALIVE);
  }

  /** Even before the old start was found gone; where few are told, no table would do it in time. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aRestartIsKnownSoonToTheOneWhoDoesNotReachIt(long seed) {
    World world = new World(seed);
    List<Node> nodes = world.settled(3);
    world.weather = Weather.NO_BEACONS;
    Node last = nodes.get(2);
    world.cut(nodes.get(0).host, last.host);
    world.run(60 * SECOND);
    last.kill();
    Node next = new Node(world, last.id.value(), last.host, 8080, null);
    next.start();
    next.contact(nodes.get(1).endpoint(), Input.Origin.CONFIGURATION);
    world.run(2 * SECOND);
    assertThat(nodes.get(0).state(next)).isEqualTo(MemberState.ALIVE);
  }

  @Test
  void whoHasNoLinkAtAllHearsOfAGoodbyeByProbes() {
    World world = new World(1);
    List<Node> nodes = world.settled(4);
    world.weather = Weather.NO_BEACONS;
    Node lonely = nodes.get(3);
    withoutLinks(lonely, nodes.subList(0, 3));
    world.run(10 * SECOND);
    assertThat(lonely.connections).isEmpty();
    Node leaver = nodes.get(0);
    leaver.stop();
    world.run(5 * SECOND);
    assertThat(lonely.state(leaver)).isEqualTo(MemberState.LEFT);
    assertThat(lonely.told(ClusterEvent.Suspected.class)).isEmpty();
  }

  @Test
  void whoeverIsWronglyTakenForDeadIsFoundWhenTablesAreCompared() {
    List<Node> nodes = misled();
    nodes.get(0).world.run(60 * SECOND);
    assertThat(nodes.get(0).state(nodes.get(4))).isEqualTo(MemberState.ALIVE);
  }

  @Test
  void whoIsToldLinesOfATableAnswersWithItsOwn() {
    List<Node> nodes = misled();
    Node first = nodes.get(0);
    World world = first.world;
    List<Integer> all = IntStream.range(0, 32).boxed().toList();
    long link = first.link(nodes.get(1));
    first.step(new Input.LinesHeard(world.now(), link, List.of(), all, true));
    world.run(100 * MILLI);
    assertThat(first.state(nodes.get(4))).isEqualTo(MemberState.ALIVE);
  }

  @Test
  void whoReturnsFromTheDeadIsBelievedAtOnceByWhoDoesNotReachIt() {
    World world = new World(1);
    List<Node> nodes = world.settled(6);
    world.weather = Weather.NO_BEACONS;
    Node back = nodes.get(0);
    world.isolate(back.host);
    world.run(60 * SECOND);
    assertThat(nodes.get(2).state(back)).isEqualTo(MemberState.DEAD);
    world.heal(MILLI);
    world.cut(back.host, nodes.get(2).host);
    // Probes tell it what is said of it, and it refutes that.
    world.run(500 * MILLI);
    assertThat(nodes.get(2).state(back)).isEqualTo(MemberState.ALIVE);
  }

  @Test
  void aRumorRidesOnAFewProbesAndNoMore() {
    World world = new World(1);
    List<Node> nodes = world.settled(4);
    List<String> rides = said(world, line -> line.contains(" -> ") && line.contains(" is LEFT"));
    nodes.getFirst().stop();
    world.run(20 * SECOND);
    // Three tell it, each on 3 times as many probes as their number has bits, and one.
    assertThat(rides).hasSizeBetween(1, 3 * 9);
  }

  @Test
  void ofManyAccusersOnlyTheFirstTellAll() {
    World world = new World(1);
    List<Node> nodes = world.settled(20);
    List<String> told = said(world, line -> line.contains(" => ") && line.contains(" is SUSPECT"));
    nodes.getFirst().powerOff();
    world.run(10 * SECOND);
    assertThat(nodes.get(1).state(nodes.getFirst())).isEqualTo(MemberState.DEAD);
    // All nineteen would need 500 frames.
    assertThat(told).hasSizeBetween(1, 430);
  }

  /** What is sent from now on and {@code counts}. */
  private static List<String> said(World world, Predicate<String> counts) {
    List<String> lines = new ArrayList<>();
    world.tape =
        line -> {
          if (counts.test(line)) {
            lines.add(line);
          }
        };
    return lines;
  }
}
