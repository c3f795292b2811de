package dev.caelum.cluster.sim;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Effect;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.cluster.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What must hold after every step of one core. */
final class Watch {
  /** So long after a trouble it may still have consequences. */
  private static final long WELL_NANOS = 15 * World.SECOND;

  private final Node node;
  private final Set<Endpoint> dialable = new HashSet<>();
  private final Set<String> welcomed = new HashSet<>();
  private final Map<String, Long> strangerAt = new HashMap<>();
  private final Map<Long, Long> linkHeardAt = new HashMap<>();
  private final Map<Long, String> linkHost = new HashMap<>();
  private final Map<String, Member> replica = new HashMap<>();

  private long comparedAt;

  /** Every event that was told, for a test to count. */
  final List<ClusterEvent> told = new ArrayList<>();

  Watch(Node node) {
    this.node = node;
  }

  void mayDial(Endpoint endpoint) {
    if (!node.watched) {
      return;
    }
    dialable.add(endpoint);
    for (int port : Input.LEGACY_PORTS) {
      dialable.add(new Endpoint(endpoint.host(), port));
    }
  }

  void stepped(Input input, List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.Publish(ClusterEvent event)) {
        node.world.saw(node, event);
      }
    }
    if (!node.watched) {
      return;
    }
    note(input);
    for (Effect effect : effects) {
      if (effect instanceof Effect.Dial dial) {
        dialled(dial, input);
      } else if (effect instanceof Effect.Publish(ClusterEvent event)) {
        if (!refresh(event)) {
          if (!(event instanceof ClusterEvent.MemberChanged)) {
            node.world.tape(node.host + "      ", () -> Story.of(event));
          }
          node.world.say(node, event);
        }
        told.add(event);
        event(event, input);
      }
    }
    // The whole table of a large cluster takes long to compare.
    boolean rarely = !node.world.watched || input instanceof Input.Tick;
    if (!rarely || node.world.now() - comparedAt > 4 * World.SECOND) {
      comparedAt = node.world.now();
      replicaIsTheTable();
    }
  }

  /** Whether {@code event} says nothing new but how long ago a member was heard. */
  private boolean refresh(ClusterEvent event) {
    if (!(event instanceof ClusterEvent.MemberChanged(Member member, MemberState was))) {
      return false;
    }
    Member before = replica.get(member.key());
    return before != null
        && was == member.state()
        && before.endpoint().equals(member.endpoint())
        && Objects.equals(before.instance(), member.instance())
        && (before.link() == null
            ? member.link() == null
            : member.link() != null && before.link().number() == member.link().number());
  }

  private void note(Input input) {
    long now = node.world.now();
    switch (input) {
      case Input.LinkOpened opened -> {
        linkHeardAt.put(opened.link(), now);
        linkHost.put(opened.link(), opened.remoteHost());
      }
      case Input.LinkRegistered registered -> {
        linkHeardAt.put(registered.link(), now);
        String host = linkHost.getOrDefault(registered.link(), "");
        welcomed.add(host);
        Integer port = registered.who().port();
        if (port != null) {
          mayDial(new Endpoint(host, port));
        }
      }
      case Input.LinkHeard heard -> linkHeardAt.put(heard.link(), now);
      case Input.LinkPong pong -> linkHeardAt.put(pong.link(), now);
      case Input.Tick tick -> {}
      case Input.BeaconHeard heard -> {}
      case Input.RumorsHeard rumors -> {}
      case Input.DigestHeard digest -> {}
      case Input.LinesHeard lines -> {}
      case Input.ProbeHeard probe -> {}
      case Input.LinkGoodbye goodbye -> {}
      case Input.LinkClosed closed -> {}
      case Input.DialFailed failed -> {}
      case Input.Checked checked -> {}
      case Input.Contact contact -> {}
      case Input.Remembered remembered -> {}
      case Input.Disconnect wish -> {}
      case Input.Forget wish -> {}
      case Input.Noted noted -> {}
      case Input.SelfChanged changed -> {}
      case Input.Stop stop -> {}
    }
  }

  private void dialled(Effect.Dial dial, Input cause) {
    Endpoint target = dial.target();
    if (!dialable.contains(target)) {
      throw node.world.broken("%s dials %s, of which it never heard", node, target);
    }
    if (target.equals(node.core.snapshot().self().endpoint()) && !dial.otherInstance()) {
      throw node.world.broken("%s dials itself", node);
    }
    // The ports of an old node are tried one behind the other: one attempt.
    boolean nextPort =
        cause instanceof Input.DialFailed failed
            && failed.code() == FailureCode.REFUSED
            && failed.target().host().equals(target.host())
            && Input.LEGACY_PORTS.contains(target.port());
    if (!nextPort && !welcomed.contains(target.host()) && dial.origin() != Input.Origin.OPERATOR) {
      Long last = strangerAt.put(target.host(), node.world.now());
      if (last != null && node.world.now() - last < 10 * World.SECOND) {
        throw node.world.broken("%s dials the stranger %s twice in 10 s", node, target);
      }
    }
  }

  private void event(ClusterEvent event, Input cause) {
    switch (event) {
      case ClusterEvent.MemberChanged(Member member, MemberState was) -> {
        // Two changes of one step are told as one.
        boolean legal =
            was == null
                || was == member.state()
                || was.next().contains(member.state())
                || was.next().stream().anyMatch(step -> step.next().contains(member.state()));
        if (!legal) {
          throw node.world.broken("%s: %s from %s to %s", node, member.key(), was, member.state());
        }
        Member before = replica.put(member.key(), member);
        boolean sameStart = before != null && Objects.equals(before.instance(), member.instance());
        if (sameStart && before.incarnation() > member.incarnation()) {
          throw node.world.broken("%s: %s has a lower incarnation", node, member.key());
        }
      }
      case ClusterEvent.MemberRemoved(String key) -> replica.remove(key);
      case ClusterEvent.Suspected(Member member, String why) -> suspected(member, cause);
      case ClusterEvent.Died(Member member, String why) -> died(member, cause);
      case ClusterEvent.Discovered discovered -> {}
      case ClusterEvent.DialStarted started -> {}
      case ClusterEvent.DialFailed failed -> {}
      case ClusterEvent.Connected connected -> {}
      case ClusterEvent.Departed departed -> {}
      case ClusterEvent.Returned returned -> {}
      case ClusterEvent.Moved moved -> {}
      case ClusterEvent.DuplicateId duplicate -> {}
      case ClusterEvent.Refuted refuted -> {}
      case ClusterEvent.UdpBlocked blocked -> {}
      case ClusterEvent.NetworkLost lost -> {}
      case ClusterEvent.NetworkJudged judged -> {}
      case ClusterEvent.ForeignSeen foreign -> {}
    }
  }

  /** No suspicion before its time: the link broke, others tell, or the member was silent. */
  private void suspected(Member member, Input cause) {
    boolean reason =
        cause instanceof Input.LinkClosed
            || cause instanceof Input.RumorsHeard
            || cause instanceof Input.ProbeHeard;
    long silence = node.world.now() - member.lastEvidenceAt();
    if (!reason && silence < Settings.defaults().probeTimeout().toNanos()) {
      throw node.world.broken("%s suspects %s after %d ns", node, member.key(), silence);
    }
  }

  /**
   * A refusal must be true: no process with that instance listens at that address. And nobody is
   * taken for dead who runs and is well reached, whatever others go through.
   */
  private void died(Member member, Input cause) {
    World world = node.world;
    Member before = replica.get(member.key());
    boolean online = before != null && before.state().online();
    boolean refused =
        cause instanceof Input.Checked(long at, String key, Input.Reach reach)
            && reach == Input.Reach.REFUSED;
    for (Program process : world.processes) {
      if (!(process instanceof Node other)
          || !other.running
          || !other.instance.equals(member.instance())) {
        continue;
      }
      boolean denied = refused && other.endpoint().equals(member.endpoint());
      boolean well =
          online
              && world.weather.calm()
              && !other.paused
              && node.host.wellWith(other.host, world.now(), WELL_NANOS);
      if (denied || well) {
        throw world.broken("%s takes %s for dead, which runs", node, other);
      }
    }
  }

  /** Whoever applied every event to a copy has the same table as the core. */
  private void replicaIsTheTable() {
    List<Member> members = node.core.snapshot().members();
    int heard = 0;
    for (Member member : members) {
      Member copy = replica.get(member.key());
      boolean same =
          copy != null
              && copy.state() == member.state()
              && copy.endpoint().equals(member.endpoint())
              && copy.duplicateId() == member.duplicateId()
              && copy.connected() == member.connected();
      if (!same) {
        throw node.world.broken("%s tells %s but holds %s", node, copy, member);
      }
      // In a large cluster members are introduced without their information.
      boolean stranger =
          node.world.watched ? member.info() == null : member.state() == MemberState.HEARD;
      heard += stranger ? 1 : 0;
    }
    if (replica.size() != members.size()) {
      throw node.world.broken(
          "%s tells of %s but holds %d", node, replica.keySet(), members.size());
    }
    if (heard > Settings.defaults().heardLimit()) {
      throw node.world.broken("%s holds %d rows that were only heard", node, heard);
    }
  }
}
