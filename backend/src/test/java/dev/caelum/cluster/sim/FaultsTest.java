package dev.caelum.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.cluster.NodeId;
import dev.caelum.cluster.sim.World.Weather;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One fault a test, over many seeds: what each node tells, and how soon. */
class FaultsTest {
  private static final long SECOND = World.SECOND;
  private static final long MILLI = World.MILLI;
  private static final Weather LOSSY = new Weather(0.3, 0.1, MILLI / 5, 40 * MILLI, 0.05, 2);

  static LongStream seeds() {
    return LongStream.range(1, 21);
  }

  private static boolean whole(List<Node> nodes) {
    return nodes.stream()
        .allMatch(node ->
            nodes.stream()
                .allMatch(other -> other == node || node.state(other) == MemberState.ALIVE));
  }

  /** Virtual milliseconds until {@code nodes} see each other, at most {@code limit}. */
  private static long millisUntilWhole(World world, List<Node> nodes, long limit) {
    for (long millis = 0; millis < limit; millis += 10) {
      if (whole(nodes)) {
        return millis;
      }
      world.run(10 * MILLI);
    }
    return limit;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 10, 40})
  void nodesThatStartTogetherAllMeet(int count) {
    for (long seed = 1; seed <= (count > 10 ? 1 : 20); seed++) {
      World world = new World(seed);
      List<Node> nodes = world.lan(count, 5 * MILLI);
      long limit = count <= 5 ? 1_000 : 2_500;
      assertThat(millisUntilWhole(world, nodes, 60_000)).as("seed %d", seed).isLessThan(limit);
    }
  }

  @Test
  void aNewNodeIsLinkedByFourOthersAtOnce() {
    List<Long> times = new ArrayList<>();
    for (long seed = 1; seed <= 30; seed++) {
      World world = new World(seed);
      List<Node> nodes = new ArrayList<>(world.settled(4));
      // Ids from before and behind those that run: the new one is the lower or the higher of a
      // pair.
      Node late = new Node(world, seed % 2 == 0 ? "a" : "z", world.host(9), 8080, null);
      nodes.add(late);
      late.start();
      times.add(millisUntilWhole(world, nodes, 10_000));
    }
    times.sort(null);
    assertThat(times.get(times.size() / 2)).isLessThanOrEqualTo(150);
    assertThat(times.getLast()).isLessThanOrEqualTo(700);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aKilledNodeIsDeadEverywhereWithinTwoSecondsAndStaysSo(long seed) {
    World world = new World(seed);
    List<Node> nodes = world.settled(5);
    if (seed % 2 == 0) {
      world.weather = LOSSY;
    }
    Node victim = nodes.getFirst();
    // A last beacon, still on its way when it dies.
    world.after(0, () -> world.network.spread(victim.host, Datagram.of(victim, 1_000)));
    world.after(0, victim::kill);
    world.run(2 * SECOND);
    for (int i = 0; i < 60; i++) {
      for (Node node : nodes.subList(1, 5)) {
        assertThat(node.state(victim)).as("%s, second %d", node, i).isEqualTo(MemberState.DEAD);
      }
      world.run(SECOND);
    }
    for (Node node : nodes.subList(1, 5)) {
      assertThat(node.watch.told)
          .filteredOn(event ->
              event instanceof ClusterEvent.Suspected(Member member, String why)
                  && member.id().equals(victim.id))
          .hasSize(1);
      assertThat(node.told(ClusterEvent.Died.class)).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aPausedNodeIsSuspectThenDeadThenAliveOnceEachInTheSameRow(long seed) {
    World world = new World(seed);
    List<Node> nodes = world.settled(5);
    Node victim = nodes.get((int) (seed % 5));
    victim.pause();
    world.run(20 * SECOND);
    List<Node> others = nodes.stream().filter(node -> node != victim).toList();
    List<String> keys = others.stream().map(node -> node.row(victim).key()).toList();
    assertThat(others).allMatch(node -> node.state(victim) == MemberState.DEAD);
    victim.resume();
    world.run(SECOND);
    assertThat(whole(nodes)).isTrue();
    world.run(60 * SECOND);
    Quiet.check(world);
    assertThat(others.stream().map(node -> node.row(victim).key()).toList()).isEqualTo(keys);
    for (Node node : others) {
      assertThat(node.told(ClusterEvent.Suspected.class)).hasSize(1);
      assertThat(node.told(ClusterEvent.Died.class)).hasSize(1);
      assertThat(node.told(ClusterEvent.Returned.class)).hasSize(1);
    }
    // It saw nothing of the pause and blames nobody.
    assertThat(victim.told(ClusterEvent.Suspected.class)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aNodeThatSaysGoodbyeHasLeftAndIsNeverSuspect(long seed) {
    World world = new World(seed);
    List<Node> nodes = world.settled(5);
    Node victim = nodes.get((int) (seed % 5));
    victim.stop();
    world.run(60 * SECOND);
    for (Node node : nodes) {
      if (node != victim) {
        assertThat(node.state(victim)).isEqualTo(MemberState.LEFT);
        assertThat(node.told(ClusterEvent.Departed.class)).hasSize(1);
        assertThat(node.told(ClusterEvent.Suspected.class)).isEmpty();
        assertThat(node.told(ClusterEvent.Died.class)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aRestartedNodeIsBackInTheSameRowWithinASecond(long seed) {
    World world = new World(seed);
    List<Node> nodes = new ArrayList<>(world.settled(4));
    Node victim = nodes.removeFirst();
    List<String> keys = nodes.stream().map(node -> node.row(victim).key()).toList();
    victim.kill();
    world.run(seed * 200 * MILLI);
    Node next = new Node(world, victim.id.value(), victim.host, 8080, null);
    next.start();
    world.run(SECOND);
    assertThat(nodes).allMatch(node -> node.state(next) == MemberState.ALIVE);
    assertThat(nodes.stream().map(node -> node.row(next).key()).toList()).isEqualTo(keys);
    world.run(60 * SECOND);
    Quiet.check(world);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anotherAddressIsTheSameRow(long seed) {
    World world = new World(seed);
    List<Node> nodes = world.settled(4);
    Node victim = nodes.get((int) (seed % 4));
    victim.moved("10.0.0.77");
    world.run(60 * SECOND);
    Quiet.check(world);
    for (Node node : nodes) {
      if (node != victim) {
        assertThat(node.told(ClusterEvent.Moved.class)).hasSize(1);
        assertThat(node.told(ClusterEvent.MemberRemoved.class)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nobodyIsHalfAliveWhenOneWayIsBlocked(long seed) {
    World world = new World(seed);
    List<Node> nodes = world.settled(3);
    nodes.get(0).host.cut(nodes.get(1).host, world.now());
    world.run(45 * SECOND);
    // Through the third machine each knows that the other runs; neither calls it connected.
    for (Node node : nodes) {
      assertThat(node.told(ClusterEvent.Died.class)).isEmpty();
    }
    assertThat(nodes.get(0).row(nodes.get(1)).connected()).isFalse();
    assertThat(nodes.get(1).row(nodes.get(0)).connected()).isFalse();
    world.heal(45 * SECOND);
    world.run(75 * SECOND);
    Quiet.check(world);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void halvesThatLoseEachOtherWaitOnceThenCallTheOtherDeadAndMergeWhenHealed(long seed) {
    World world = new World(seed);
    List<Node> nodes = world.settled(6);
    world.cut(nodes.subList(0, 3), nodes.subList(3, 6));
    world.run(60 * SECOND);
    for (Node node : nodes) {
      assertThat(node.told(ClusterEvent.NetworkLost.class)).hasSizeLessThanOrEqualTo(1);
      assertThat(node.told(ClusterEvent.Died.class)).hasSize(3);
    }
    world.heal(60 * SECOND);
    assertThat(millisUntilWhole(world, nodes, 10_000)).isLessThanOrEqualTo(5_000);
    world.run(75 * SECOND);
    Quiet.check(world);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void ownNetworkIsDownForLessThanTheGraceNobodyIsDeadAndItsReturnIsSeenSoon(long seed) {
    World world = new World(seed);
    List<Node> nodes = world.settled(6);
    Node lonely = nodes.getLast();
    world.isolate(lonely.host);
    world.run(30 * SECOND);
    assertThat(lonely.told(ClusterEvent.NetworkLost.class)).hasSize(1);
    assertThat(lonely.told(ClusterEvent.NetworkJudged.class)).isEmpty();
    world.heal(30 * SECOND);
    world.run(1_200 * MILLI);
    assertThat(lonely.watch.told).contains(new ClusterEvent.NetworkJudged(true));
    assertThat(lonely.told(ClusterEvent.Died.class)).isEmpty();
    world.run(75 * SECOND);
    Quiet.check(world);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void ownNetworkIsDownOnceMoreAfterALongOutageNobodyIsDeadTheSecondTime(long seed) {
    World world = new World(seed);
    List<Node> nodes = world.settled(6);
    Node lonely = nodes.getLast();
    world.isolate(lonely.host);
    world.run(60 * SECOND);
    world.heal(60 * SECOND);
    world.run(75 * SECOND);
    Quiet.check(world);
    lonely.watch.told.clear();
    world.isolate(lonely.host);
    world.run(30 * SECOND);
    assertThat(lonely.told(ClusterEvent.NetworkLost.class)).hasSize(1);
    assertThat(lonely.told(ClusterEvent.Died.class)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void badWeatherKillsNobody(long seed) {
    World world = new World(seed);
    List<Node> nodes = world.settled(5);
    world.weather = LOSSY;
    world.run(120 * SECOND);
    for (Node node : nodes) {
      // Before it knows that datagrams get lost, a node may be wrong once or twice; never for good.
      assertThat(node.told(ClusterEvent.Suspected.class)).hasSizeLessThanOrEqualTo(2);
      assertThat(node.told(ClusterEvent.Died.class)).isEmpty();
    }
  }

  @Test
  void fiveHundredForgedBeaconsThatNameOneVictimCauseOneAttemptInTenSeconds() {
    World world = new World(1);
    Node node = world.settled(3).getFirst();
    Host victim = world.host(200);
    for (int i = 0; i < 500; i++) {
      boolean old = i % 3 == 0;
      InstanceId instance = old ? null : new InstanceId("f" + i);
      Endpoint named = new Endpoint(victim.address, old ? 8080 : 9000 + i);
      node.datagram(Datagram.made(new NodeId("forged" + i), instance, 1, named));
      world.run(MILLI);
    }
    // One attempt; it may take the three ports of an old node.
    assertThat(node.told(ClusterEvent.DialStarted.class)).hasSizeBetween(1, 3);
    world.run(60 * SECOND);
    assertThat(node.told(ClusterEvent.DialStarted.class)).hasSizeBetween(2, 7 * 3);
    assertThat(node.core.snapshot().members().stream().filter(member -> member.info() == null))
        .hasSizeLessThanOrEqualTo(256);
    assertThat(node.core.snapshot().members().stream().filter(Member::connected)).hasSize(3);
  }

  @Test
  void aNodeOfAnotherNamedClusterIsShownAndNeverLinked() {
    World world = new World(1);
    Node ours = new Node(world, "a", world.host(1), 8080, null);
    Node theirs = new Node(world, "b", world.host(2), 8080, "other");
    ours.start();
    theirs.start();
    world.run(60 * SECOND);
    Member row = ours.row(theirs);
    assertThat(row.foreign()).isTrue();
    assertThat(row.state()).isEqualTo(MemberState.HEARD);
    assertThat(ours.told(ClusterEvent.DialStarted.class)).isEmpty();
    assertThat(ours.told(ClusterEvent.ForeignSeen.class)).hasSize(1);
  }

  @Test
  void oldNodesUnderOneIdAreRowsOfTheirOwnAndAnOldDashboardIsFoundAtItsPort() {
    World world = new World(3);
    Node node = world.settled(2).getFirst();
    new OldNode(world, "old-1", world.host(11), 8080).start();
    new OldNode(world, "old-2", world.host(12), 8080).start();
    new OldNode(world, "old-3", world.host(13), 8095).start();
    world.run(SECOND);
    assertThat(oldRows(node)).hasSize(3).allMatch(Member::connected);
    world.run(29 * SECOND);
    Quiet.check(world);
    assertThat(oldRows(node)).allMatch(Member::duplicateId);
    world.run(600 * SECOND);
    Quiet.check(world);
    assertThat(node.told(ClusterEvent.Suspected.class)).isEmpty();
  }

  private static List<Member> oldRows(Node node) {
    return node.core.snapshot().members().stream().filter(Member::legacy).toList();
  }
}
