package dev.caelum.cluster;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens on links: which one of a pair stays, when to ping, what a close means. */
final class LinkRules {
  /** Links that register within this time of each other were dialled at once from both ends. */
  private static final long SIMULTANEOUS_NANOS = Duration.ofSeconds(3).toNanos();

  /** So many peers are asked whom they know; our own nodes tell of each other anyway. */
  private static final int ASKED = 5;

  private final Table table;
  private final StateRules states;
  private final DialRules dials;

  LinkRules(Table table, StateRules states, DialRules dials) {
    this.table = table;
    this.states = states;
    this.dials = dials;
  }

  void opened(Input.LinkOpened opened) {
    Endpoint target = opened.target();
    LinkEntry link =
        new LinkEntry(opened.link(), opened.outbound(), opened.remoteHost(), target, table.now);
    table.links.put(link.number, link);
    if (target != null) {
      link.dial = table.dials.pendingAt(target);
      link.method = link.dial == null ? "" : link.dial.method;
    }
    if (table.stopping) {
      table.close(link, CloseCode.GOING_AWAY, "this node is stopping");
    } else if (target != null) {
      table.emit(new Effect.Register(link.number));
    }
  }

  /**
   * Keeps one link a pair: the one that the lower id dialled, of those the newest. A link that
   * comes long after the one that stands was dialled because its end does not trust that one.
   */
  void settle(Row row, LinkEntry link) {
    LinkEntry current = row.link;
    if (current == null || current == link) {
      keep(row, link);
      return;
    }
    boolean newest = row.legacy || link.outbound == current.outbound;
    boolean preferred = link.outbound == table.lower(row);
    boolean later = link.registeredAt - current.registeredAt > SIMULTANEOUS_NANOS;
    if (newest || preferred || later || table.quiet(current)) {
      keep(row, link);
      drop(row, current);
    } else {
      drop(row, link);
    }
  }

  private void keep(Row row, LinkEntry link) {
    boolean first = row.link == null;
    boolean met = row.met;
    Endpoint from = row.endpoint;
    use(row, link);
    if (met && !from.equals(row.endpoint) && !row.legacy) {
      table.tell(new ClusterEvent.Moved(row.view(false), from));
    }
    if (first) {
      Endpoint dialled = link.target == null ? row.endpoint : link.target;
      table.tell(
          new ClusterEvent.Connected(row.view(false), dialled, link.method, millisOpen(link)));
      if (row.legacy || table.links.size() <= ASKED) {
        table.emit(new Effect.AskMachines(link.number, row.instance));
      }
    }
  }

  private void use(Row row, LinkEntry link) {
    row.link = link;
    row.met = true;
    row.parted = false;
    row.changed();
    Endpoint peer = link.peer;
    boolean better = peer != null && (!peer.linkLocal() || row.endpoint.linkLocal());
    if (peer != null && better && !peer.equals(row.endpoint)) {
      table.rows.move(row, peer);
    }
    DialPlan.Target target = table.dials.target(row.key);
    if (target != null) {
      table.dials.pause(target);
      table.dials.welcomed(target, link.remoteHost);
    }
  }

  /**
   * Closes a link that lost. Between two of our nodes only the lower id closes: it has the keeper's
   * welcome when it gets here, while the other end may not have.
   */
  private void drop(Row row, LinkEntry link) {
    if (!link.closing && (table.lower(row) || table.quiet(link))) {
      table.close(link, CloseCode.SPARE, "another link to this node is kept");
    }
  }

  /** Closes a link before it is registered; if it was dialled, the attempt has failed. */
  void refuse(LinkEntry link, FailureCode code, int closeCode, String why) {
    failDial(link, code, why);
    table.close(link, closeCode, why);
  }

  private void failDial(LinkEntry link, FailureCode code, String why) {
    DialPlan.Target dial = link.dial;
    if (dial != null && link.target != null) {
      link.dial = null;
      table.dials.finish(dial);
      dials.failed(dial, link.target, code, why, millisOpen(link));
    }
  }

  private long millisOpen(LinkEntry link) {
    return (table.now - link.openedAt) / 1_000_000;
  }

  void heard(Input.LinkHeard heard) {
    LinkEntry link = table.links.get(heard.link());
    if (link == null || link.closing) {
      return;
    }
    table.heard(link);
    Row row = link.row;
    if (row != null) {
      if (heard.info() != null) {
        row.take(heard.info());
      }
      states.evidence(row);
    }
  }

  void pong(Input.LinkPong pong) {
    LinkEntry link = table.links.get(pong.link());
    if (link == null || link.closing) {
      return;
    }
    table.heard(link);
    Row row = link.row;
    if (row != null) {
      boolean stale = table.now - row.publishedAt > table.settings.freshness().toNanos();
      row.touched();
      if (link.rttMicros == null || stale) {
        // People see how long ago a machine was heard; an age of a live one must not grow old.
        row.changed();
      }
      link.rttMicros = Math.max(1, pong.rttNanos() / 1_000);
      states.evidence(row);
    }
  }

  void goodbye(Input.LinkGoodbye goodbye) {
    LinkEntry link = table.links.get(goodbye.link());
    if (link != null && link.row != null && !link.closing) {
      Row row = link.row;
      states.leave(row);
      if (row.state == MemberState.LEFT && !row.legacy) {
        table.gossip.passOn(row, link);
      }
    }
  }

  void closed(Input.LinkClosed closed) {
    LinkEntry link = table.links.remove(closed.link());
    if (link == null) {
      return;
    }
    failDial(link, codeOf(closed), closeText(closed));
    Row row = link.row;
    if (row == null || row.link != link) {
      return;
    }
    row.link = null;
    row.changed();
    LinkEntry other = otherLink(row);
    if (other != null) {
      use(row, other);
    } else if (!table.stopping && !states.forgetIfMoved(row)) {
      lost(row, closed);
    }
  }

  private @Nullable LinkEntry otherLink(Row row) {
    for (LinkEntry link : table.links.values()) {
      if (link.row == row && !link.closing) {
        return link;
      }
    }
    return null;
  }

  /** Ends the link with a machine, and all that was planned to link it. */
  void disconnect(Input.Disconnect wish) {
    Row row = table.rows.get(wish.key());
    if (row == null) {
      return;
    }
    for (LinkEntry link : table.links.values()) {
      if (link.row == row && !link.closing) {
        table.close(link, CloseCode.PARTED, "the operator there disconnected");
      }
    }
    part(row, "by the operator of this node");
  }

  private void part(Row row, String who) {
    row.link = null;
    row.parted = true;
    row.lastFailure =
        new Failure(FailureCode.DISCONNECTED, row.endpoint, who, 0, 1, table.now, null);
    row.changed();
    table.dials.drop(row.key);
    if (row.state.online()) {
      // What was linked is still there, as far as probes or beacons show.
      table.toVerify.add(row);
    }
  }

  private void lost(Row row, Input.LinkClosed closed) {
    if (closed.code() == CloseCode.PARTED) {
      part(row, "by the operator there");
      return;
    }
    String how = closeText(closed);
    row.lastFailure = new Failure(FailureCode.LOST, row.endpoint, how, 0, 1, table.now, null);
    if (row.state == MemberState.SUSPECT) {
      states.check(row);
    } else if (closed.code() == CloseCode.SPARE) {
      // The other one may only be on its way; a probe tells.
      table.toVerify.add(row);
    } else if (row.state == MemberState.ALIVE
        && closed.code() != CloseCode.IDLE
        && table.judges()) {
      states.suspect(row, "the link broke (" + how + ")");
    }
    if (table.topology.wants(row)) {
      dials.reconnect(row);
    }
  }

  private static FailureCode codeOf(Input.LinkClosed closed) {
    return switch (closed.code()) {
      case CloseCode.SELF -> FailureCode.SELF;
      case CloseCode.SPARE -> FailureCode.ALREADY;
      case CloseCode.VERSION -> FailureCode.VERSION;
      case CloseCode.FOREIGN -> FailureCode.FOREIGN;
      case CloseCode.POLICY -> FailureCode.AUTH;
      default -> FailureCode.NO_REGISTRATION;
    };
  }

  private static String closeText(Input.LinkClosed closed) {
    String reason = closed.reason().isEmpty() ? "" : ": " + closed.reason();
    return "close code " + closed.code() + reason;
  }

  void tick(LinkEntry link) {
    if (link.closing) {
      return;
    }
    Settings settings = table.settings;
    long now = table.now;
    Row row = link.row;
    if (row == null) {
      if (now - link.openedAt > settings.registrationLimit().toNanos()) {
        String why = "no registration within " + settings.registrationLimit().toSeconds() + " s";
        refuse(link, FailureCode.NO_REGISTRATION, CloseCode.UNREGISTERED, why);
      }
      return;
    }
    long silence = now - link.lastHeardAt;
    if (row.legacy) {
      if (now - link.nextPingAt >= 0) {
        link.nextPingAt = now + settings.legacyPingInterval().toNanos();
        table.ping(link);
      }
      if (row.state == MemberState.ALIVE && row.link == link && table.quiet(link)) {
        states.suspect(row, "no answer for " + silence / 1_000_000_000 + " s");
      }
    } else if (link.rttMicros == null && link.askedAt == 0) {
      table.ping(link);
    } else if (silence > settings.silenceLimit().toNanos() && link.askedAt == 0) {
      table.ping(link);
    }
    if (now - link.nextHeartbeatAt >= 0) {
      link.nextHeartbeatAt = now + settings.heartbeatInterval().toNanos();
      table.emit(new Effect.Heartbeat(link.number));
    }
    if (silence > settings.halfOpenLimit().toNanos()) {
      table.close(
          link, CloseCode.SILENT, "silent for " + settings.halfOpenLimit().toSeconds() + " s");
    }
  }

  /** This process did not run for {@code gap} nanoseconds: silence in that time proves nothing. */
  void awake(long gap) {
    for (LinkEntry link : table.links.values()) {
      link.openedAt += link.row == null ? gap : 0;
      link.lastHeardAt += gap;
      link.askedAt = 0;
      link.nextPingAt = table.now;
    }
  }

  /** Goodbye on all links. */
  void stop() {
    table.stopping = true;
    for (LinkEntry link : List.copyOf(table.links.values())) {
      if (link.row != null && !link.closing) {
        table.emit(new Effect.Goodbye(link.number));
        link.closing = true;
      } else if (!link.closing) {
        table.close(link, CloseCode.GOING_AWAY, "this node is stopping");
      }
    }
  }
}
