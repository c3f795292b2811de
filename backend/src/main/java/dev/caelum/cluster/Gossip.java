package dev.caelum.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How news travels. On links at once: what a node found itself goes to all that it is linked with;
 * what it heard goes on to {@link #FEW} of them while everybody is linked with everybody, and to
 * all but its bringer in a sparse cluster. By the way on probes for a while, the least told first
 * (infection-style dissemination of SWIM), which also reaches those whose links are broken.
 */
final class Gossip {
  /** To how many links news from others goes on while all are linked with all. */
  static final int FEW = 3;

  /** A rumor rides on so many probes times the logarithm of the number of nodes. */
  private static final int RIDES = 3;

  private static final int RIDING_LIMIT = 256;

  private record News(Rumor rumor, @Nullable LinkEntry bringer, boolean own) {}

  private record Claimed(InstanceId subject, Rumor.Claim claim, InstanceId author) {}

  private static final class Riding {
    final Rumor rumor;
    int left;

    Riding(Rumor rumor, int left) {
      this.rumor = rumor;
      this.left = left;
    }
  }

  /** Ticks are the longest that anything waits. */
  private static final long PAUSE_NANOS = 20_000_000L;

  private final Table table;
  private final Shuffle shuffle;
  private final Map<Claimed, News> news = new LinkedHashMap<>();
  private long flushedAt;
  private boolean urgent;

  /** The newest claim about each, the last one that came at the end. */
  private final Map<InstanceId, Riding> riding = new LinkedHashMap<>();

  Gossip(Table table, RandomGenerator random) {
    this.table = table;
    this.shuffle = new Shuffle(random);
    this.flushedAt = table.now - PAUSE_NANOS;
  }

  /** Spreads what this node found itself. */
  void found(Rumor rumor) {
    add(new News(rumor, null, true));
  }

  /** Passes on what {@code bringer}'s peer told, or a probe when that is null. */
  void passOn(Rumor rumor, @Nullable LinkEntry bringer) {
    add(new News(rumor, bringer, false));
  }

  private void add(News item) {
    Rumor rumor = item.rumor();
    news.put(new Claimed(rumor.instance(), rumor.claim(), rumor.author()), item);
    urgent |= item.own();
    InstanceId subject = rumor.instance();
    int rides = RIDES * (33 - Integer.numberOfLeadingZeros(table.nodes()));
    riding.remove(subject);
    riding.put(subject, new Riding(rumor, rides));
    if (riding.size() > RIDING_LIMIT) {
      riding.remove(riding.keySet().iterator().next());
    }
  }

  /** What rides on a probe to {@code row}: first what is said of itself, so that it can answer. */
  List<Rumor> riders(@Nullable Row row) {
    if (riding.isEmpty() && (row == null || row.state == MemberState.ALIVE)) {
      return List.of();
    }
    List<Rumor> out = new ArrayList<>();
    if (row != null && row.state != MemberState.ALIVE) {
      Rumor claim = claim(row);
      if (claim != null) {
        out.add(claim);
      }
    }
    List<Riding> waiting = new ArrayList<>(riding.values());
    Collections.reverse(waiting);
    waiting.sort((one, other) -> Integer.compare(other.left, one.left));
    for (Riding each : waiting) {
      if (out.size() >= ProbeMessage.RUMORS) {
        break;
      }
      if (!out.contains(each.rumor)) {
        out.add(each.rumor);
      }
      each.left--;
      if (each.left <= 0) {
        riding.remove(each.rumor.instance());
      }
    }
    return out;
  }

  /** What this node has to say of {@code row} now; null while it was only heard. */
  @Nullable Rumor claim(Row row) {
    InstanceId instance = row.instance;
    if (instance == null) {
      return null;
    }
    InstanceId self = table.self.instance();
    return switch (row.state) {
      case HEARD -> null;
      case ALIVE -> introduction(row);
      case SUSPECT -> new Rumor(row.id, instance, Rumor.Claim.SUSPECT, row.incarnation, self, null);
      case DEAD -> new Rumor(row.id, instance, Rumor.Claim.DEAD, row.incarnation, self, null);
      case LEFT -> new Rumor(row.id, instance, Rumor.Claim.LEFT, row.incarnation, instance, null);
    };
  }

  /** That {@code row} runs, and where. */
  @Nullable Rumor introduction(Row row) {
    InstanceId instance = row.instance;
    return instance == null
        ? null
        : new Rumor(
            row.id,
            instance,
            Rumor.Claim.ALIVE,
            row.incarnation,
            instance,
            new Rumor.Introduction(
                row.endpoint, row.probe, row.hostname, row.clusterId, row.clusterName));
  }

  /** What this node says of itself. */
  Rumor self() {
    Self self = table.self;
    Row row = table.selfRow;
    return new Rumor(
        self.id(),
        self.instance(),
        Rumor.Claim.ALIVE,
        row.incarnation,
        self.instance(),
        new Rumor.Introduction(
            self.endpoint(), self.probe(), row.hostname, row.clusterId, row.clusterName));
  }

  /**
   * Tells the news on the links: at once what this node found, and what is the first for a while;
   * what others told soon after that waits a little, so that many of them go together.
   */
  void flush() {
    boolean soon = table.now - flushedAt < PAUSE_NANOS;
    if (news.isEmpty() || (soon && !urgent)) {
      return;
    }
    flushedAt = table.now;
    urgent = false;
    List<LinkEntry> links = table.ownLinks();
    int enough = table.topology.sparse() ? 2 * Topology.degree(table.nodes()) : FEW;
    Set<LinkEntry> few = new HashSet<>(shuffle.some(links, enough));
    for (LinkEntry link : links) {
      List<Rumor> told = new ArrayList<>();
      for (News item : news.values()) {
        if (item.bringer() != link && (item.own() || few.contains(link))) {
          told.add(item.rumor());
        }
      }
      if (!told.isEmpty()) {
        table.emit(new Effect.TellRumors(link.number, told));
      }
    }
    news.clear();
  }
}
