package dev.caelum.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.cluster.NodeId;
import dev.caelum.cluster.sim.World.Weather;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has no link though one is wanted gets it, whatever was tried before or named beside it. */
class WantedLinksTest {
  private static final long SECOND = World.SECOND;

  /** A newcomer that hears no beacon and has {@code known} alone to contact. */
  private static Node introducedBy(Node known, String id, int host) {
    World world = known.world;
    Node node = new Node(world, id, world.host(host), 8080, null);
    node.start();
    node.contact(known.endpoint(), Input.Origin.CONFIGURATION);
    return node;
  }

  /** Refuses whoever dials {@code node}, though it runs, or no longer. */
  private static void refuseDials(Node node, boolean refuse) {
    node.host.listening.remove(refuse ? node.port : 1, node);
    node.host.listening.put(refuse ? 1 : node.port, node);
  }

  private static Datagram forged(int number, Host named) {
    Endpoint source = new Endpoint(named.address, 9_000 + number);
    return Datagram.made(new NodeId("forged" + number), new InstanceId("f" + number), 1, source);
  }

  @Test
  void twoThatRefusedEachOthersDialsForLongAreLinkedSoonAfterTheyListenAgain() {
    World world = new World(1);
    world.weather = Weather.NO_BEACONS;
    Node middle = world.lan(1, 0).getFirst();
    Node one = introducedBy(middle, "a", 8);
    Node other = introducedBy(middle, "z", 9);
    refuseDials(one, true);
    refuseDials(other, true);
    world.run(100 * SECOND);
    assertThat(one.state(other)).isEqualTo(MemberState.ALIVE);
    assertThat(one.row(other).link()).isNull();
    refuseDials(one, false);
    refuseDials(other, false);
    world.run(40 * SECOND);
    Quiet.check(world);
  }

  @Test
  void manyForgedBeaconsThatNameAHostDoNotKeepItsMemberWaiting() {
    World world = new World(1);
    world.weather = Weather.NO_BEACONS;
    Node middle = world.lan(1, 0).getFirst();
    Node one = introducedBy(middle, "a", 8);
    Host host = world.host(9);
    world.run(SECOND);
    Node other = new Node(world, "z", host, 8080, null);
    other.start();
    for (int i = 0; i < 40; i++) {
      one.datagram(forged(i, host));
      other.datagram(forged(i, one.host));
    }
    // Both have knocked once, so that each may not do so again for 10 s.
    world.run(SECOND);
    other.contact(middle.endpoint(), Input.Origin.CONFIGURATION);
    world.run(SECOND);
    assertThat(one.row(other).link()).isNull();
    world.run(11 * SECOND);
    assertThat(one.row(other).connected()).isTrue();
  }

  @Test
  void aCopyThatListensWhereItsOriginalOnceWasIsFound() {
    World world = new World(1);
    List<Node> nodes = world.settled(3);
    Node hearer = nodes.get(0);
    Node original = nodes.get(1);
    Host left = world.host(9);
    String address = original.host.address;
    original.moved("10.0.0.77");
    world.run(60 * SECOND);
    Quiet.check(world);
    world.weather = Weather.NO_BEACONS;
    world.move(left, address);
    Node copy = new Node(world, original.id.value(), left, 8080, null);
    copy.start();
    hearer.datagram(Datagram.of(copy, 1));
    world.run(10 * SECOND);
    assertThat(hearer.core.snapshot().members())
        .filteredOn(row -> row.id().equals(copy.id))
        .hasSize(2)
        .allMatch(Member::connected);
  }

  @Test
  void aCopyTakesNeitherTheRowNorTheLinkOfItsOriginal() {
    World world = new World(1);
    List<Node> nodes = world.settled(3);
    Node original = nodes.get(0);
    List<Node> others = nodes.subList(1, 3);
    List<Long> links = others.stream().map(node -> node.link(original)).toList();
    Node copy = new Node(world, original.id.value(), world.host(9), 8080, null);
    // So that the original does not introduce it.
    world.cut(original.host, copy.host);
    copy.start();
    world.run(10 * SECOND);
    assertThat(others.stream().map(node -> node.link(original)).toList()).isEqualTo(links);
  }

  @Test
  void whoDialsAnewIsLinkedThoughTheOtherEndHasNotSeenTheOldLinkEnd() {
    World world = new World(1);
    List<Node> nodes = world.settled(2);
    Node lower = nodes.get(0);
    Node higher = nodes.get(1);
    Connection old = Objects.requireNonNull(higher.connection(higher.row(lower)));
    assertThat(old.dialer).isSameAs(lower);
    // The way is cut for a moment, in which the higher one gives the link up.
    world.cut(lower.host, higher.host);
    higher.connections.remove(old);
    higher.closed(old, 1006, "");
    world.run(SECOND);
    world.heal(10 * SECOND);
    world.run(SECOND);
    assertThat(lower.connections).contains(old);
    Connection next = higher.connection(higher.row(lower));
    assertThat(next).isNotNull();
    assertThat(lower.connection(lower.row(higher))).isSameAs(next);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void twoThatHearEachOtherOpenOneConnectionSinceTheHigherOneYields(long seed) {
    World world = new World(seed);
    world.settled(2);
    assertThat(world.connections).hasSize(1);
  }

  @Test
  void ofTwoCopiesTheRowOfTheOneThatEndsGoesAway() {
    World world = new World(1);
    List<Node> nodes = world.settled(3);
    Node original = nodes.get(0);
    Node hearer = nodes.get(1);
    Node copy = new Node(world, original.id.value(), world.host(9), 8080, null);
    copy.start();
    world.run(10 * SECOND);
    original.kill();
    world.run(5 * SECOND);
    assertThat(hearer.find(original)).isNull();
    assertThat(hearer.row(copy).duplicateId()).isFalse();
  }
}
