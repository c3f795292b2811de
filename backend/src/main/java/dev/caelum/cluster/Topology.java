package dev.caelum.cluster;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Whom this node wants to be linked with: up to {@link Settings#meshLimit} nodes everybody; above,
 * k = ceil(log2 N) + 3 of them. Which k follows from a hash of the pair (rendezvous hashing:
 * Thaler, Ravishankar 1998), so the choice looks random, stays while the members stay, and when one
 * goes only its place is filled anew.
 */
final class Topology {
  /** Sparse stays sparse until so many nodes below the limit, so that the edge does not flutter. */
  private static final int HYSTERESIS = 10;

  /** While many come, the choice is made anew so often. */
  private static final long PAUSE_NANOS = 100_000_000L;

  private final Table table;
  private Set<Row> chosen = Set.of();
  private boolean stale = true;

  /** Whether one of the chosen is gone, so that the choice is made anew at once. */
  private boolean lost = true;

  private long chosenAt;
  private boolean sparse;

  Topology(Table table) {
    this.table = table;
  }

  /** 64 well-mixed bits (FNV-1a, then the finalizer of SplitMix64). */
  static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** {@code row} came or went. */
  void changed(Row row) {
    stale = true;
    lost |= !row.up() && chosen.contains(row);
  }

  /** Whether the members have changed since the choice was made. */
  boolean stale() {
    return stale;
  }

  /** Whether there are too many nodes for links between all. */
  boolean sparse() {
    int limit = table.settings.meshLimit() - (sparse ? HYSTERESIS : 0);
    sparse = table.nodes() > limit;
    return sparse;
  }

  /** Whether a link with {@code row} is wanted; those that are not up are tried while all may. */
  boolean wants(Row row) {
    return !sparse() || row.legacy || chosen().contains(row);
  }

  /** Whether more nodes announce themselves than may all be linked, members or not yet. */
  boolean crowded() {
    return table.rows.size() > table.settings.meshLimit();
  }

  /** Whether there are links enough for a sparse cluster, with {@code pending} that may follow. */
  boolean linked(int pending) {
    return table.links.size() + pending >= degree(table.rows.size());
  }

  /** The rows that a sparse cluster wants this node to be linked with. */
  Set<Row> chosen() {
    if (stale && (table.now - chosenAt >= PAUSE_NANOS || lost)) {
      stale = false;
      lost = false;
      chosenAt = table.now;
      chosen = choose();
    }
    return chosen;
  }

  static int degree(int nodes) {
    return 64 - Long.numberOfLeadingZeros(Math.max(1, nodes - 1L)) + 3;
  }

  private Set<Row> choose() {
    record Ranked(long rank, Row row) {}
    int wanted = degree(table.nodes());
    PriorityQueue<Ranked> best =
        new PriorityQueue<>(wanted + 1, Comparator.comparingLong(Ranked::rank).reversed());
    for (Row row : table.up) {
      long rank = mix(row.rank ^ table.selfRow.rank);
      if (best.size() < wanted) {
        best.add(new Ranked(rank, row));
      } else if (rank < best.element().rank()) {
        best.remove();
        best.add(new Ranked(rank, row));
      }
    }
    Set<Row> rows = new LinkedHashSet<>();
    best.forEach(ranked -> rows.add(ranked.row()));
    return rows;
  }
}
