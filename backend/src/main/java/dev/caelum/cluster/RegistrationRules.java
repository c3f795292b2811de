package dev.caelum.cluster;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who is at the other end of a link: refuse it, or find or make its row and attach the link. */
final class RegistrationRules {
  private final Table table;
  private final StateRules states;
  private final LinkRules links;

  RegistrationRules(Table table, StateRules states, LinkRules links) {
    this.table = table;
    this.states = states;
    this.links = links;
  }

  void registered(Input.LinkRegistered input) {
    LinkEntry link = table.links.get(input.link());
    if (link == null || link.closing) {
      return;
    }
    Registration who = input.who();
    table.heard(link);
    Row known = link.row;
    if (known != null) {
      if (known.id.equals(who.id())) {
        known.take(who.info());
        known.incarnation = Math.max(known.incarnation, who.incarnation());
        known.hears(who.probe());
        states.evidence(known);
        answer(link, input.inReplyTo());
      }
      return;
    }
    if (!acceptable(link, who)) {
      return;
    }
    Row row = rowFor(who, link);
    if (row != null) {
      // Of another start than the one known before, probes know no address yet.
      boolean news = !row.legacy && (!row.state.online() || row.probe == null);
      attach(row, link, who);
      answer(link, input.inReplyTo());
      links.settle(row, link);
      if (news) {
        // Not before the row is where the link shows it: only a beacon may have placed it so far.
        table.gossip.passOn(row, link);
      }
    }
  }

  private void answer(LinkEntry link, @Nullable String inReplyTo) {
    if (inReplyTo != null) {
      table.emit(new Effect.Welcome(link.number, inReplyTo));
    }
  }

  private boolean acceptable(LinkEntry link, Registration who) {
    InstanceId instance = who.instance();
    if (table.self.instance().equals(instance)) {
      links.refuse(link, FailureCode.SELF, CloseCode.SELF, "that is this node");
      return false;
    }
    if (instance == null) {
      return true;
    }
    if (who.protocolMinimum() > Settings.PROTOCOL_MAXIMUM
        || who.protocolMaximum() < Settings.PROTOCOL_MINIMUM) {
      String theirs = who.protocolMinimum() + "-" + who.protocolMaximum();
      String ours = Settings.PROTOCOL_MINIMUM + "-" + Settings.PROTOCOL_MAXIMUM;
      String why = "speaks protocol " + theirs + ", this node " + ours;
      links.refuse(link, FailureCode.VERSION, CloseCode.VERSION, why);
      return false;
    }
    if (!Objects.equals(who.cluster(), table.self.cluster())) {
      links.refuse(link, FailureCode.FOREIGN, CloseCode.FOREIGN, "another cluster");
      return false;
    }
    return true;
  }

  /** Finds or makes the row that a registration speaks of; null when the link was refused. */
  private @Nullable Row rowFor(Registration who, LinkEntry link) {
    InstanceId instance = who.instance();
    Endpoint endpoint = endpointOf(who, link);
    Row row =
        instance == null
            ? table.rows.legacy(who.id(), link.remoteHost)
            : table.rows.own(who.id(), instance, endpoint);
    if (row != null && instance != null) {
      boolean here = row.endpoint.equals(endpoint);
      boolean same = instance.equals(row.instance);
      if ((same && row.state == MemberState.LEFT) || (here && row.retired(instance, table.now))) {
        links.refuse(
            link, FailureCode.GAVE_UP, CloseCode.SPARE, "a later start of the node is known");
        return null;
      }
      if (!same && table.connected(row) && !here) {
        row = null;
      } else if (!same) {
        restarted(row, instance, here);
      }
    }
    boolean member = row != null && row.registered;
    if (!member && !states.roomForMember()) {
      links.refuse(link, FailureCode.BUDGET, CloseCode.TRY_LATER, "the member table is full");
      return null;
    }
    if (row == null) {
      row = table.row(who.id(), instance == null, endpoint);
      row.instance = instance;
      table.add(row);
    }
    return row;
  }

  /** A new instance under the same id, the old one gone: the same row goes on. */
  private void restarted(Row row, InstanceId instance, boolean here) {
    for (LinkEntry link : table.links.values()) {
      if (link.row == row) {
        link.row = null;
        if (!link.closing) {
          table.close(link, CloseCode.SPARE, "the node restarted");
        }
      }
    }
    row.link = null;
    Rumor gone = row.state.online() ? table.claims.gone(row) : null;
    table.rows.adopt(row, instance, here, table.now);
    if (gone != null) {
      table.gossip.passOn(gone, null);
    }
  }

  private static Endpoint endpointOf(Registration who, LinkEntry link) {
    if (link.target != null) {
      return link.target;
    }
    Integer port = who.port();
    return new Endpoint(link.remoteHost, port == null ? Input.LEGACY_PORTS.getFirst() : port);
  }

  private void attach(Row row, LinkEntry link, Registration who) {
    link.row = row;
    InstanceId instance = who.instance();
    if (instance != null) {
      table.rows.unbury(instance);
    }
    link.registeredAt = table.now;
    link.nextPingAt = table.now;
    table.newLink = link;
    link.nextHeartbeatAt = table.now + table.settings.heartbeatInterval().toNanos();
    table.rows.registered(row);
    row.foreign = false;
    row.incarnation = Math.max(row.incarnation, who.incarnation());
    row.hears(who.probe());
    row.lastFailure = null;
    row.take(who.info());
    DialPlan.Target dial = link.dial;
    if (dial != null) {
      link.dial = null;
      table.dials.finish(dial);
      table.dials.welcomed(dial, link.remoteHost);
      if (!dial.owner.equals(row.key)) {
        table.dials.drop(dial.owner);
      }
    }
    if (!row.legacy || link.target != null) {
      link.peer = endpointOf(who, link);
    }
    states.evidence(row);
  }
}
