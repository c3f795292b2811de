package dev.caelum.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
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
  final Claims claims = new Claims(this);
  final Gossip gossip;
  final Topology topology;
  final Row selfRow;

  /** Our own nodes that count as running, this one not among them, in the order of their coming. */
  final Set<Row> up = new LinkedHashSet<>();

  /** Those that time alone may change: neither alive nor gone for good. */
  final Set<Row> unsettled = new LinkedHashSet<>();

  Self self;
  long now;
  boolean stopping;

  /** When this process went on after a while in which it did not run. */
  long awokeAt;

  /** When anything that proves life came from any member. */
  long heardAt;

  private static final int HEALTH_LIMIT = 8;

  /** How slow this node is itself: 0 (not at all) to 8 (Lifeguard's local health multiplier). */
  private int health;

  /** A claim about a member, to be put to it. */
  record Accused(Row row, Rumor claim) {}

  /** Claims of others that those whom they concern have to hear. */
  final List<Accused> accused = new ArrayList<>();

  /** Members that this node has to probe now, to see for itself. */
  final Set<Row> toVerify = new LinkedHashSet<>();

  /** The link that was registered last and has not been compared yet. */
  @Nullable LinkEntry newLink;

  /** Until when silence is held against nobody, since most fell silent at once; 0 usually. */
  long graceUntil;

  private final List<Row> changed = new ArrayList<>();
  private List<Effect> effects = new ArrayList<>();
  private long revision;

  Table(Self self, Settings settings, DialPlan dials, RandomGenerator random, long at) {
    this.self = self;
    this.settings = settings;
    this.dials = dials;
    this.rows = new RowTable(settings.memberLimit(), settings.heardLimit());
    this.now = at;
    this.awokeAt = at - Duration.ofHours(1).toNanos();
    this.gossip = new Gossip(this, random);
    this.topology = new Topology(this);
    this.selfRow = row(Row.key(self.id(), self.endpoint()), self.id(), false, self.endpoint());
    selfRow.instance = self.instance();
    selfRow.instanceHash = Topology.hash(self.instance().value());
    selfRow.probe = self.probe();
    selfRow.to(MemberState.ALIVE, at);
    selfRow.take(self.info());
  }

  /** Makes a row that is not in the table yet; its changes are published once it is. */
  Row row(NodeId id, boolean legacy, Endpoint endpoint) {
    return row(rows.freeKey(Row.key(id, endpoint), selfRow.key), id, legacy, endpoint);
  }

  private Row row(String key, NodeId id, boolean legacy, Endpoint endpoint) {
    return new Row(key, id, legacy, endpoint, Topology.hash(id.value()), now, watcher);
  }

  private final Row.Watcher watcher =
      new Row.Watcher() {
        @Override
        public void changed(Row row) {
          changed.add(row);
        }

        @Override
        public void moved(Row row) {
          sort(row);
        }
      };

  /** Puts {@code row} where its state belongs. */
  private void sort(Row row) {
    if (row.id.equals(self.id()) && self.instance().equals(row.instance)) {
      return;
    }
    if (row.up()) {
      up.add(row);
    } else {
      up.remove(row);
    }
    if (row.state == MemberState.ALIVE) {
      unsettled.remove(row);
    } else {
      unsettled.add(row);
    }
    topology.changed(row);
  }

  /** Adds a new row to the table. */
  void add(Row row) {
    rows.add(row);
    sort(row);
  }

  /** Takes a row out of the table. */
  void remove(Row row) {
    rows.remove(row);
    up.remove(row);
    unsettled.remove(row);
    toVerify.remove(row);
    topology.changed(row);
  }

  /** Something shows that this node itself is slow. */
  void slower() {
    health = Math.min(HEALTH_LIMIT, health + 1);
  }

  /** Something was in time. */
  void faster() {
    health = Math.max(0, health - 1);
  }

  /** {@code nanos} as long as they have to be since this node itself may be slow. */
  long stretched(long nanos) {
    return nanos * (1 + health);
  }

  /** Whether silence counts against those that are silent. */
  boolean judges() {
    return graceUntil == 0;
  }

  /** How many of our own nodes run, this one among them. */
  int nodes() {
    return up.size() + 1;
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

  /** Whether {@code link} was asked for an answer in vain, so that it is no longer trusted. */
  boolean quiet(LinkEntry link) {
    Row row = link.row;
    if (row != null && row.legacy) {
      return now - link.lastHeardAt > settings.legacyQuietLimit().toNanos();
    }
    return link.askedAt != 0 && now - link.askedAt > settings.quietLimit().toNanos();
  }

  /** Asks for an answer over {@code link}. */
  void ping(LinkEntry link) {
    if (link.askedAt == 0) {
      link.askedAt = now;
    }
    emit(new Effect.Ping(link.number));
  }

  /** Something came over {@code link}. */
  void heard(LinkEntry link) {
    link.lastHeardAt = now;
    link.askedAt = 0;
  }

  /** The links to our own nodes that are registered and that their rows keep. */
  List<LinkEntry> ownLinks() {
    List<LinkEntry> out = new ArrayList<>();
    for (LinkEntry link : links.values()) {
      Row row = link.row;
      if (row != null && row.link == link && !row.legacy && !link.closing) {
        out.add(link);
      }
    }
    return out;
  }

  /** Whether {@code row} has a link that answers. */
  boolean connected(Row row) {
    LinkEntry link = row.link;
    return link != null && !quiet(link);
  }

  /** Ends the step: each row that changed is published once, in the order of the changes. */
  List<Effect> finish() {
    gossip.flush();
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
    Member[] members = new Member[rows.all().size() + 1];
    members[0] = selfRow.view(true);
    int next = 1;
    for (Row row : rows.all()) {
      members[next++] = row.view(false);
    }
    return new ClusterSnapshot(revision, now, List.of(members));
  }

  long revision() {
    return revision;
  }
}
