package dev.caelum.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Effect;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.cluster.Rumor;
import dev.caelum.cluster.sim.World.Weather;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes too late, from a start of a node that is over, or from whom it is not meant for. */
class LateTest {
  private static final long SECOND = World.SECOND;

  private final World world = new World(1);
  private final List<Node> nodes = world.settled(3);
  private final Node victim = nodes.get(0);
  private final Node hearer = nodes.get(1);

  /** The next start of the victim. */
  private Node restarted() {
    victim.kill();
    world.run(SECOND);
    Node next = new Node(world, victim.id.value(), victim.host, 8080, null);
    next.start();
    world.run(SECOND);
    return next;
  }

  private static Rumor alive(Node of, Endpoint at) {
    return new Rumor(
        of.id,
        of.instance,
        Rumor.Claim.ALIVE,
        0,
        of.instance,
        new Rumor.Introduction(at, null, "h", "c", "n"));
  }

  private static List<Member> rows(Node at, Node of) {
    return at.core.snapshot().members().stream().filter(row -> row.id().equals(of.id)).toList();
  }

  @Test
  void aRumorOfAStartThatIsOverBringsItNotBack() {
    Node next = restarted();
    Rumor late = alive(victim, new Endpoint("10.0.0.88", 8080));
    hearer.step(new Input.RumorsHeard(world.now(), hearer.link(nodes.get(2)), List.of(late)));
    assertThat(rows(hearer, next)).singleElement().matches(row -> row.state().online());
  }

  @Test
  void aBeaconOfAStartThatIsOverDoesNotTakeTheRowOfTheNext() {
    Node next = restarted();
    next.kill();
    world.run(3 * SECOND);
    hearer.datagram(Datagram.of(victim, 1_000));
    assertThat(hearer.row(next).state()).isEqualTo(MemberState.DEAD);
  }

  @Test
  void aRegistrationOfAStartThatIsOverIsRefused() {
    Node next = restarted();
    hearer.core.step(new Input.LinkOpened(world.now(), 999, false, next.host.address, null));
    List<Effect> effects =
        hearer.core.step(new Input.LinkRegistered(world.now(), 999, victim.registration(), "m"));
    assertThat(effects).anyMatch(Effect.CloseLink.class::isInstance);
    assertThat(hearer.row(next).state()).isEqualTo(MemberState.ALIVE);
  }

  @Test
  void aBeaconOfThisNodesOwnLastStartIsNoOtherMachine() {
    Node next = restarted();
    next.datagram(Datagram.of(victim, 1_000));
    assertThat(rows(next, next)).hasSize(1);
  }

  @Test
  void aBeaconThatWasHeardBeforeIsNoSignOfLife() {
    victim.powerOff();
    world.run(15 * SECOND);
    assertThat(hearer.state(victim)).isEqualTo(MemberState.DEAD);
    hearer.datagram(Datagram.of(victim, 1));
    assertThat(hearer.told(ClusterEvent.Discovered.class)).isEmpty();
    hearer.datagram(Datagram.of(victim, 1_000));
    assertThat(hearer.told(ClusterEvent.Discovered.class)).hasSize(1);
  }

  @Test
  void aStartThatIsIntroducedAnewKeepsItsRowThoughItsOldLinkIsStillThere() {
    world.isolate(victim.host);
    world.run(12 * SECOND);
    assertThat(hearer.state(victim)).isEqualTo(MemberState.DEAD);
    assertThat(hearer.row(victim).link()).isNotNull();
    // A beacon of it from where nobody answers: a dial that fails makes it heard.
    hearer.datagram(
        new Datagram(Datagram.of(victim, 1_000).says(), new Endpoint("10.0.0.77", 8080), false));
    world.run(5 * SECOND);
    assertThat(hearer.state(victim)).isEqualTo(MemberState.HEARD);
    assertThat(hearer.row(victim).link()).isNotNull();
    hearer.step(
        new Input.RumorsHeard(
            world.now(), hearer.link(nodes.get(2)), List.of(alive(victim, victim.endpoint()))));
    assertThat(rows(hearer, victim)).singleElement().matches(row -> row.state().online());
  }

  @Test
  void aSecondLiveStartOfAnIdHasARowOfItsOwn() {
    Node clone = new Node(world, victim.id.value(), world.host(9), 8080, null);
    clone.start();
    world.run(10 * SECOND);
    assertThat(rows(hearer, clone))
        .hasSize(2)
        .allMatch(row -> row.state() == MemberState.ALIVE && row.duplicateId());
  }

  @Test
  void aNodeOfAnotherNamedClusterIsRefusedThoughItIsConfigured() {
    World lan = new World(1);
    lan.weather = Weather.NO_BEACONS;
    Node ours = new Node(lan, "a", lan.host(1), 8080, null);
    Node theirs = new Node(lan, "b", lan.host(2), 8080, "other");
    ours.start();
    theirs.start();
    ours.contact(theirs.endpoint(), Input.Origin.CONFIGURATION);
    lan.run(20 * SECOND);
    assertThat(ours.find(theirs)).isNull();
    assertThat(theirs.find(ours)).isNull();
  }
}
