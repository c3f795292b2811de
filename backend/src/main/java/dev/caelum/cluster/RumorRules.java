package dev.caelum.cluster;

import dev.caelum.cluster.Rumor.Claim;
import dev.caelum.cluster.Rumor.Introduction;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a claim of others does to the table. Of two claims about one start of a node the higher
 * incarnation wins; of the same incarnation dead beats suspect beats alive (SWIM). With one
 * difference: whoever has a link of his own with the accused sees for himself first.
 */
final class RumorRules {
  /** The same accusation goes round for a while after it was answered. */
  private static final long ECHO_NANOS = Duration.ofSeconds(5).toNanos();

  /** So fresh a sign of life is better than the word of others. */
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  private static final long BACKLOG_NANOS = Duration.ofSeconds(1).toNanos();

  private final Table table;
  private final StateRules states;
  private final DialRules dials;

  RumorRules(Table table, StateRules states, DialRules dials) {
    this.table = table;
    this.states = states;
    this.dials = dials;
  }

  /** Takes what came over a link, or with a probe when {@code link} is null. */
  void heard(List<Rumor> rumors, @Nullable LinkEntry link) {
    if (!table.stopping) {
      rumors.forEach(rumor -> take(rumor, link));
    }
  }

  /** Takes lines of a peer's table: what they say of the dead is put to the dead. */
  void lines(List<Rumor> lines, LinkEntry link) {
    for (Rumor line : lines) {
      Row row = table.rows.withInstance(line.instance());
      boolean accused = line.claim() == Claim.DEAD || line.claim() == Claim.SUSPECT;
      if (accused && row != null) {
        tellAccused(row, line);
      } else if (!table.stopping) {
        take(line, link);
      }
    }
  }

  /** Whom a peer counts as dead can say itself that it lives; it is asked whether it does. */
  private void tellAccused(Row row, Rumor line) {
    ProbeAddress address = row.probe;
    if (row.up() && line.incarnation() >= row.incarnation && address != null) {
      table.accused.add(new Table.Accused(row, line));
      // It answers, or it is gone and this node missed the news.
      table.toVerify.add(row);
    }
  }

  private void take(Rumor rumor, @Nullable LinkEntry link) {
    if (rumor.instance().equals(table.self.instance())) {
      ofSelf(rumor);
      return;
    }
    Row row = table.rows.withInstance(rumor.instance());
    if (row == null || row.state == MemberState.HEARD) {
      Introduction introduction = rumor.introduction();
      if (introduction != null && !table.rows.buried(rumor.instance(), rumor.incarnation())) {
        introduced(rumor, introduction, link);
      }
      return;
    }
    if (!row.id.equals(rumor.id()) || row.foreign || rumor.incarnation() < row.incarnation) {
      return;
    }
    switch (rumor.claim()) {
      case ALIVE -> alive(row, rumor, link);
      case SUSPECT -> suspect(row, rumor, link);
      case DEAD -> dead(row, rumor, link);
      case LEFT -> left(row, rumor, link);
    }
  }

  /** Somebody doubts this node: it raises its incarnation, which nobody else may. */
  private void ofSelf(Rumor rumor) {
    Row self = table.selfRow;
    if (rumor.claim() == Claim.ALIVE || rumor.incarnation() < self.incarnation) {
      return;
    }
    self.incarnation = rumor.incarnation() + 1;
    self.changed();
    table.slower();
    table.tell(new ClusterEvent.Refuted(self.view(true), rumor.author(), rumor.claim()));
    table.gossip.found(self);
  }

  private void introduced(Rumor rumor, Introduction introduction, @Nullable LinkEntry link) {
    Endpoint endpoint = introduction.endpoint();
    if (endpoint.equals(table.self.endpoint())) {
      return;
    }
    Row row = table.rows.own(rumor.id(), rumor.instance(), endpoint);
    if (row != null) {
      boolean here = row.endpoint.equals(endpoint);
      if (row.foreign || (here && row.state.online())) {
        // Not ours, or its old start is not known to be gone: its own link settles it.
        return;
      }
      boolean same = rumor.instance().equals(row.instance);
      row = same || (!row.state.online() && row.link == null) ? row : null;
    }
    boolean member = row != null && row.registered;
    if (!member && !states.roomForMember()) {
      return;
    }
    if (row == null) {
      row = table.row(rumor.id(), false, endpoint);
      row.instance = rumor.instance();
      table.add(row);
    } else if (!rumor.instance().equals(row.instance)) {
      table.rows.adopt(row, rumor.instance(), row.endpoint.equals(endpoint), table.now);
    }
    join(row, rumor, introduction, link);
  }

  private void alive(Row row, Rumor rumor, @Nullable LinkEntry link) {
    Introduction introduction = rumor.introduction();
    if (row.probe == null && introduction != null) {
      row.hears(introduction.probe());
    }
    if (rumor.incarnation() <= row.incarnation) {
      return;
    }
    Suspicion doubt = row.doubt();
    if (doubt != null) {
      doubt.end(Member.Doubt.Outcome.REFUTED, table.now);
      row.refuted(table.now);
    }
    row.incarnation = rumor.incarnation();
    row.changed();
    if (introduction != null && !linkedWhereItIs(row)) {
      know(row, introduction);
    }
    boolean back = !row.state.online();
    states.alive(row);
    if (back) {
      dials.introduced(row);
    }
    table.gossip.passOn(rumor, link);
  }

  /** Whether a link shows better than a rumor where {@code row} is; not one that a move broke. */
  private static boolean linkedWhereItIs(Row row) {
    LinkEntry link = row.link;
    return link != null
        && row.state == MemberState.ALIVE
        && link.remoteHost.equals(row.endpoint.host());
  }

  private void join(Row row, Rumor rumor, Introduction introduction, @Nullable LinkEntry link) {
    table.rows.registered(row);
    row.incarnation = Math.max(row.incarnation, rumor.incarnation());
    know(row, introduction);
    states.alive(row);
    table.gossip.passOn(rumor, link);
    dials.introduced(row);
  }

  private void know(Row row, Introduction introduction) {
    row.hears(introduction.probe());
    if (row.info == null) {
      row.hostname = introduction.hostname();
      row.primaryIp = introduction.endpoint().host();
      row.clusterId = introduction.clusterId();
      row.clusterName = introduction.clusterName();
    }
    Endpoint from = row.endpoint;
    if (!from.equals(introduction.endpoint())) {
      table.rows.move(row, introduction.endpoint());
      if (row.met) {
        table.tell(new ClusterEvent.Moved(row.view(false), from));
      }
    }
    row.changed();
  }

  private void suspect(Row row, Rumor rumor, @Nullable LinkEntry link) {
    if (!row.up()) {
      return;
    }
    Suspicion last = row.suspicion;
    if (last != null && isOld(rumor, last)) {
      return;
    }
    row.incarnation = rumor.incarnation();
    Suspicion doubt = states.doubt(row, "another machine found it silent");
    doubt.accusedBy(rumor.author(), table.now);
    row.changed();
    if (!knowsBetter(row) && row.state == MemberState.ALIVE && table.judges()) {
      states.suspect(row, "another machine found it silent");
    }
    table.toVerify.add(row);
    table.gossip.passOn(rumor, link);
  }

  /** Whether {@code accusation} adds nothing to the last suspicion of the same member. */
  private boolean isOld(Rumor accusation, Suspicion last) {
    boolean known = last.isAccusedBy(accusation.author());
    return last.open() ? known || last.confirmed() : known && table.now - last.endedAt < ECHO_NANOS;
  }

  private void dead(Row row, Rumor rumor, @Nullable LinkEntry link) {
    if (!row.up()) {
      return;
    }
    row.incarnation = rumor.incarnation();
    Suspicion doubt = row.doubt();
    boolean silentHere = doubt != null && doubt.isAccusedBy(table.self.instance());
    if (backlog() || (knowsBetter(row) && !silentHere)) {
      states.doubt(row, "another machine declared it dead").declaredDead = true;
      table.toVerify.add(row);
      return;
    }
    states.dead(row, "declared dead by another machine");
    states.forgetIfMoved(row);
    table.gossip.passOn(rumor, link);
  }

  /**
   * Whether this node sees for itself before it believes others: it has a link with the member, or
   * a fresh sign of life; or it did not run for a while, so that the news may be old.
   */
  private boolean knowsBetter(Row row) {
    return row.link != null || table.now - row.lastEvidenceAt < FRESH_NANOS || backlog();
  }

  /** Whether what comes now may have waited while this process did not run. */
  private boolean backlog() {
    return table.now - table.awokeAt < BACKLOG_NANOS;
  }

  private void left(Row row, Rumor rumor, @Nullable LinkEntry link) {
    boolean own = rumor.author().equals(rumor.instance());
    if (own && row.state.next().contains(MemberState.LEFT)) {
      row.incarnation = rumor.incarnation();
      states.leave(row);
      table.gossip.passOn(rumor, link);
    }
  }
}
