package dev.caelum.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Anti-entropy: every now and then the table is compared with that of a random peer, by a digest of
 * {@link #BUCKETS} numbers; only buckets that differ are told. What counts is who runs and with
 * which incarnation, so that memories of the dead, which end at different times, do not differ.
 */
final class SyncRules {
  /** Into how many parts a table is divided for comparison. */
  static final int BUCKETS = 32;

  /** After a difference the next comparison comes sooner. */
  private static final long SOON_NANOS = 2_000_000_000L;

  /** A new link is compared at once while there are so few of them, else within a second. */
  private static final int FEW_LINKS = 3;

  private static final long NEW_LINK_NANOS = 1_000_000_000L;

  private final Table table;
  private final RumorRules rumors;
  private final Shuffle shuffle;
  private final RandomGenerator random;
  private long nextAt;
  private long pause;

  SyncRules(Table table, RumorRules rumors, RandomGenerator random) {
    this.table = table;
    this.rumors = rumors;
    this.random = random;
    this.shuffle = new Shuffle(random);
    this.pause = SOON_NANOS;
    this.nextAt = table.now + pause;
  }

  /** A link was registered in this step: its ends may know different members. */
  void linked() {
    LinkEntry link = table.newLink;
    table.newLink = null;
    Row row = link == null ? null : link.row;
    if (link == null || row == null || row.legacy || row.link != link) {
      return;
    }
    if (table.ownLinks().size() <= FEW_LINKS) {
      table.emit(new Effect.TellDigest(link.number, digest()));
    } else {
      soon((long) (random.nextDouble() * NEW_LINK_NANOS));
    }
  }

  void tick() {
    if (table.now - nextAt < 0) {
      return;
    }
    long longest = table.settings.syncInterval().toNanos();
    nextAt = table.now + (long) (pause * (0.9 + random.nextDouble() * 0.2));
    pause = Math.min(longest, pause * 2);
    List<LinkEntry> one = shuffle.some(table.ownLinks(), 1);
    if (!one.isEmpty()) {
      table.emit(new Effect.TellDigest(one.getFirst().number, digest()));
    }
  }

  private void soon(long nanos) {
    if (nextAt - table.now > nanos) {
      nextAt = table.now + nanos;
    }
  }

  /** One number a bucket: the sum of the hashes of all that run, this node among them. */
  private List<Integer> digest() {
    int[] sums = new int[BUCKETS];
    add(sums, table.selfRow.instanceHash, table.selfRow.incarnation);
    for (Row row : table.up) {
      add(sums, row.instanceHash, row.incarnation);
    }
    List<Integer> out = new ArrayList<>(BUCKETS);
    for (int sum : sums) {
      out.add(sum);
    }
    return out;
  }

  private static void add(int[] sums, long hash, long incarnation) {
    sums[bucket(hash)] += (int) (Topology.mix(hash + incarnation) >>> 32);
  }

  private static int bucket(long hash) {
    return (int) (hash & (BUCKETS - 1));
  }

  void digestHeard(Input.DigestHeard heard, LinkEntry link) {
    if (heard.buckets().size() != BUCKETS) {
      return;
    }
    List<Integer> mine = digest();
    List<Integer> differing = new ArrayList<>();
    for (int i = 0; i < BUCKETS; i++) {
      if (!mine.get(i).equals(heard.buckets().get(i))) {
        differing.add(i);
      }
    }
    if (!differing.isEmpty()) {
      List<Rumor> lines = List.copyOf(lines(differing).values());
      table.emit(new Effect.TellLines(link.number, lines, differing, true));
    }
  }

  void linesHeard(Input.LinesHeard heard, LinkEntry link) {
    rumors.lines(heard.lines(), link);
    pause = SOON_NANOS;
    soon(SOON_NANOS);
    if (!heard.reply()) {
      return;
    }
    Map<InstanceId, Rumor> answer = lines(heard.buckets());
    for (Rumor line : heard.lines()) {
      Rumor mine = answer.get(line.instance());
      if (mine != null
          && mine.claim() == line.claim()
          && mine.incarnation() <= line.incarnation()) {
        answer.remove(line.instance());
      }
    }
    if (!answer.isEmpty()) {
      table.emit(
          new Effect.TellLines(link.number, List.copyOf(answer.values()), heard.buckets(), false));
    }
  }

  /** What this node says of all in {@code buckets}, by instance. A suspect counts as alive. */
  private Map<InstanceId, Rumor> lines(List<Integer> buckets) {
    boolean[] wanted = new boolean[BUCKETS];
    for (int bucket : buckets) {
      if (bucket >= 0 && bucket < BUCKETS) {
        wanted[bucket] = true;
      }
    }
    Map<InstanceId, Rumor> out = new LinkedHashMap<>();
    line(table.selfRow, wanted, out);
    for (Row row : table.rows.all()) {
      if (row.registered && !row.legacy) {
        line(row, wanted, out);
      }
    }
    return out;
  }

  private void line(Row row, boolean[] wanted, Map<InstanceId, Rumor> out) {
    if (!wanted[bucket(row.instanceHash)]) {
      return;
    }
    Claims claims = table.claims;
    Rumor line = row.state == MemberState.SUSPECT ? claims.introduction(row) : claims.of(row);
    if (line != null) {
      out.put(line.instance(), line);
    }
  }
}
