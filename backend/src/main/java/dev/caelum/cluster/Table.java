package dev.caelum.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state that the rules share: rows, links, dial plan, the time of the current step and the
 * effects that it has collected so far. Holds no rule of its own but who comes first of a pair.
 */
final class Table {
  final Settings settings;
  final RowTable rows;
  final DialPlan dials;
  final Map<Long, LinkEntry> links = new LinkedHashMap<>();
  final Row selfRow;
  Self self;
  long now;
  boolean stopping;

  private final List<Row> changed = new ArrayList<>();
  private List<Effect> effects = new ArrayList<>();
  private long revision;

  Table(Self self, Settings settings, DialPlan dials, long at) {
    this.self = self;
    this.settings = settings;
    this.dials = dials;
    this.rows = new RowTable(settings.memberLimit(), settings.heardLimit());
    this.now = at;
    this.selfRow = row(Row.key(self.id(), self.endpoint()), self.id(), false, self.endpoint());
    selfRow.instance = self.instance();
    selfRow.to(MemberState.ALIVE, at);
    selfRow.take(self.info());
  }

  /** Makes a row that is not in the table yet; its changes are published once it is. */
  Row row(NodeId id, boolean legacy, Endpoint endpoint) {
    return row(rows.freeKey(Row.key(id, endpoint), selfRow.key), id, legacy, endpoint);
  }

  private Row row(String key, NodeId id, boolean legacy, Endpoint endpoint) {
    return new Row(key, id, legacy, endpoint, now, changed::add);
  }

  void emit(Effect effect) {
    effects.add(effect);
  }

  void tell(ClusterEvent event) {
    effects.add(new Effect.Publish(event));
  }

  void close(LinkEntry link, int code, String reason) {
    link.closing = true;
    emit(new Effect.CloseLink(link.number, code, reason));
  }

  /** Tells that a row is gone, if it was ever told that it is there. */
  void tellRemoved(Row row) {
    if (row.published != null) {
      revision++;
      tell(new ClusterEvent.MemberRemoved(row.key));
    }
  }

  /**
   * Whether this node is the lower one of the pair: it dials first and decides which link stays.
   * Clones share an id, so the instance decides between them; an old node never dials.
   */
  boolean lower(NodeId peer, @Nullable InstanceId instance) {
    int order = self.id().compareTo(peer);
    if (order == 0 && instance != null) {
      order = self.instance().value().compareTo(instance.value());
    }
    return order < 0 || instance == null;
  }

  boolean lower(Row row) {
    return lower(row.id, row.legacy ? null : row.instance);
  }

  /** How long to leave the first dial to the peer. */
  long yieldNanos(NodeId peer, @Nullable InstanceId instance) {
    return lower(peer, instance) ? 0 : settings.yieldDelay().toNanos();
  }

  long yieldNanos(Row row) {
    return lower(row) ? 0 : settings.yieldDelay().toNanos();
  }

  /** Whether nothing came over {@code link} for so long that its member is no longer trusted. */
  boolean quiet(LinkEntry link) {
    Row row = link.row;
    long limit =
        (row != null && row.legacy ? settings.legacyQuietLimit() : settings.quietLimit()).toNanos();
    return now - link.lastHeardAt > limit;
  }

  /** Whether {@code row} has a link that answers. */
  boolean connected(Row row) {
    LinkEntry link = row.link;
    return link != null && !quiet(link);
  }

  /** Ends the step: each row that changed is published once, in the order of the changes. */
  List<Effect> finish() {
    for (Row row : changed) {
      row.dirty = false;
      if (row == selfRow || rows.contains(row)) {
        revision++;
        MemberState was = row.published;
        row.published = row.state;
        row.publishedAt = now;
        tell(new ClusterEvent.MemberChanged(row.view(row == selfRow), was));
      }
    }
    changed.clear();
    List<Effect> done = effects;
    effects = new ArrayList<>();
    return done;
  }

  ClusterSnapshot snapshot() {
    List<Member> members = new ArrayList<>(rows.all().size() + 1);
    rows.all().stream()
        .map(row -> row.view(false))
        .sorted(Comparator.comparing(Member::key))
        .forEach(members::add);
    members.addFirst(selfRow.view(true));
    return new ClusterSnapshot(revision, now, members);
  }

  long revision() {
    return revision;
  }
}
