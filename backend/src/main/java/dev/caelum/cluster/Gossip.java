package dev.caelum.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How news travels. On links at once: what a node found itself goes to all that it is linked with;
 * what it heard goes on to {@link #FEW} of them while everybody is linked with everybody, and to
 * {@link Topology#degree} in a sparse cluster, which is about half. By the way on probes for a
 * while, the least told first (infection-style dissemination of SWIM), which also reaches those
 * whose links are broken.
 */
final class Gossip {
  /** To how many links news from others goes on while all are linked with all. */
  static final int FEW = 3;

  /** A rumor rides on so many probes times the logarithm of the number of nodes. */
  private static final int RIDES = 3;

  private static final int RIDING_LIMIT = 256;

  /** What is older was told on links and by comparison of tables long ago. */
  private static final long RIDE_NANOS = 30_000_000_000L;

  private record News(Rumor rumor, @Nullable LinkEntry bringer, boolean own) {}

  private record Claimed(InstanceId subject, Rumor.Claim claim, InstanceId author) {}

  private static final class Riding {
    /** The least told first, of those the newest. */
    static final Comparator<Riding> ORDER =
        Comparator.<Riding>comparingInt(riding -> -riding.left)
            .thenComparingLong(riding -> -riding.serial);

    final Rumor rumor;
    final long serial;
    final long since;
    int left;

    Riding(Rumor rumor, long serial, long since, int left) {
      this.rumor = rumor;
      this.serial = serial;
      this.since = since;
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

  private final NavigableSet<Riding> waiting = new TreeSet<>(Riding.ORDER);
  private long serial;

  Gossip(Table table, RandomGenerator random) {
    this.table = table;
    this.shuffle = new Shuffle(random);
    this.flushedAt = table.now - PAUSE_NANOS;
  }

  /** Spreads what this node found out itself about {@code row}, as that is now. */
  void found(Row row) {
    Rumor rumor = table.claims.of(row);
    if (rumor != null) {
      add(new News(rumor, null, true));
    }
  }

  /** Passes on what {@code row} is now, as {@code bringer}'s peer or a probe showed. */
  void passOn(Row row, @Nullable LinkEntry bringer) {
    Rumor rumor = table.claims.of(row);
    if (rumor != null) {
      passOn(rumor, bringer);
    }
  }

  /** Passes on what {@code bringer}'s peer told, or a probe when that is null. */
  void passOn(Rumor rumor, @Nullable LinkEntry bringer) {
    add(new News(rumor, bringer, false));
  }

  private void add(News item) {
    Rumor rumor = item.rumor();
    news.put(new Claimed(rumor.instance(), rumor.claim(), rumor.author()), item);
    urgent |= item.own();
    int rides = RIDES * (33 - Integer.numberOfLeadingZeros(table.nodes()));
    alight(rumor.instance());
    Riding newest = new Riding(rumor, serial++, table.now, rides);
    riding.put(rumor.instance(), newest);
    waiting.add(newest);
    if (riding.size() > RIDING_LIMIT) {
      alight(riding.keySet().iterator().next());
    }
  }

  private void alightTheOld() {
    while (!riding.isEmpty()) {
      Map.Entry<InstanceId, Riding> oldest = riding.entrySet().iterator().next();
      if (table.now - oldest.getValue().since < RIDE_NANOS) {
        return;
      }
      alight(oldest.getKey());
    }
  }

  private void alight(InstanceId subject) {
    Riding last = riding.remove(subject);
    if (last != null) {
      waiting.remove(last);
    }
  }

  /** What rides on a probe to {@code row}: first what is said of itself, so that it can answer. */
  List<Rumor> riders(@Nullable Row row) {
    alightTheOld();
    if (riding.isEmpty() && (row == null || row.state == MemberState.ALIVE)) {
      return List.of();
    }
    List<Rumor> out = new ArrayList<>();
    if (row != null && row.state != MemberState.ALIVE) {
      Rumor claim = table.claims.of(row);
      if (claim != null) {
        out.add(claim);
      }
    }
    List<Riding> told = new ArrayList<>();
    for (Riding each : waiting) {
      if (out.size() >= ProbeMessage.RUMORS) {
        break;
      }
      if (!out.contains(each.rumor)) {
        out.add(each.rumor);
      }
      told.add(each);
    }
    told.forEach(this::told);
    return out;
  }

  private void told(Riding rider) {
    waiting.remove(rider);
    rider.left--;
    if (rider.left > 0) {
      waiting.add(rider);
    } else {
      riding.remove(rider.rumor.instance());
    }
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
    int enough = table.topology.sparse() ? Topology.degree(table.nodes()) : FEW;
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
