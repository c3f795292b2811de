package dev.caelum.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All rows, findable by key, id, address and source; bounded. */
final class RowTable {
  private static final int TOMBSTONES = 4_096;

  private record Source(NodeId id, String host) {}

  private final Map<String, Row> byKey = new TreeMap<>();
  private final Map<InstanceId, Row> byInstance = new LinkedHashMap<>();
  private final Map<NodeId, List<Row>> byId = new LinkedHashMap<>();
  private final Map<Endpoint, List<Row>> byEndpoint = new LinkedHashMap<>();
  private final Map<Source, Row> legacy = new LinkedHashMap<>();

  /** Starts of nodes that are over and have no row, with the last incarnation, the latest last. */
  private final Map<InstanceId, Long> tombstones = new LinkedHashMap<>();

  /** What never registered, the stalest first. */
  private final Set<Row> heard = new LinkedHashSet<>();

  private final int memberLimit;
  private final int heardLimit;

  RowTable(int memberLimit, int heardLimit) {
    this.memberLimit = memberLimit;
    this.heardLimit = heardLimit;
  }

  /** In the order of their keys. */
  Collection<Row> all() {
    return byKey.values();
  }

  int size() {
    return byKey.size();
  }

  @Nullable Row get(String key) {
    return byKey.get(key);
  }

  /** The member that is that start of a node of ours; what is only heard may lie about it. */
  @Nullable Row withInstance(InstanceId instance) {
    return byInstance.get(instance);
  }

  boolean contains(Row row) {
    return byKey.get(row.key) == row;
  }

  List<Row> withId(NodeId id) {
    return byId.getOrDefault(id, List.of());
  }

  List<Row> at(Endpoint endpoint) {
    return byEndpoint.getOrDefault(endpoint, List.of());
  }

  /** {@code wanted}, or with a number behind it when a row that has since moved has that key. */
  String freeKey(String wanted, String taken) {
    String key = wanted;
    for (int number = 2; byKey.containsKey(key) || key.equals(taken); number++) {
      key = wanted + "#" + number;
    }
    return key;
  }

  /**
   * The row of one of our own nodes: the one with its instance; else, of those with its id, the one
   * at its address; else one without a link; else any.
   */
  @Nullable Row own(NodeId id, InstanceId instance, Endpoint endpoint) {
    Row best = null;
    int bestRank = 0;
    for (Row row : withId(id)) {
      if (row.legacy) {
        continue;
      }
      if (instance.equals(row.instance)) {
        return row;
      }
      int rank = row.endpoint.equals(endpoint) ? 3 : row.link == null ? 2 : 1;
      if (rank > bestRank) {
        best = row;
        bestRank = rank;
      }
    }
    return best;
  }

  /** The row of an old node, which only its id and its source together tell apart. */
  @Nullable Row legacy(NodeId id, String host) {
    return legacy.get(new Source(id, host));
  }

  /** Whether one more row may register. */
  boolean memberFits() {
    return byKey.size() - heard.size() < memberLimit;
  }

  /** The registered row that has been gone longest; null when none is gone. */
  @Nullable Row longestGone() {
    Row longest = null;
    for (Row row : byKey.values()) {
      if (row.registered
          && row.link == null
          && (row.state == MemberState.DEAD || row.state == MemberState.LEFT)
          && (longest == null || row.stateSince < longest.stateSince)) {
        longest = row;
      }
    }
    return longest;
  }

  /** The row that has to give way before another may be added; null when there is room. */
  @Nullable Row stalestHeard() {
    return heard.size() < heardLimit ? null : heard.iterator().next();
  }

  /** Adds a row that was only heard so far. */
  void add(Row row) {
    byKey.put(row.key, row);
    byId.computeIfAbsent(row.id, id -> new ArrayList<>(1)).add(row);
    byEndpoint.computeIfAbsent(row.endpoint, endpoint -> new ArrayList<>(1)).add(row);
    if (row.legacy) {
      legacy.put(new Source(row.id, row.endpoint.host()), row);
    }
    heard.add(row);
  }

  private void index(Row row) {
    InstanceId instance = row.instance;
    if (instance != null && row.registered) {
      byInstance.putIfAbsent(instance, row);
      row.instanceHash = Topology.hash(instance.value());
    }
  }

  /**
   * {@code row} goes on as that of another start of its node.
   *
   * @param here whether that listens where the one before did, so that both cannot run at once
   */
  void adopt(Row row, InstanceId next, boolean here, long at) {
    InstanceId last = row.instance;
    if (last != null) {
      byInstance.remove(last, row);
      bury(row);
    }
    row.adopt(next, here, at);
    index(row);
  }

  /**
   * Remembers that the start of a node that {@code row} has is over, though its row goes on or
   * away.
   */
  private void bury(Row row) {
    InstanceId last = row.instance;
    if (last != null && row.registered) {
      tombstones.remove(last);
      tombstones.put(last, row.incarnation);
      if (tombstones.size() > TOMBSTONES) {
        tombstones.remove(tombstones.keySet().iterator().next());
      }
    }
  }

  /** Whether it is known that {@code instance} was gone with that incarnation or a later one. */
  boolean buried(InstanceId instance, long incarnation) {
    Long last = tombstones.get(instance);
    return last != null && incarnation <= last;
  }

  /** {@code instance} is there itself. */
  void unbury(InstanceId instance) {
    tombstones.remove(instance);
  }

  /** Notes that a beacon of {@code row} came just now. */
  void touched(Row row) {
    if (heard.remove(row)) {
      heard.add(row);
    }
  }

  void registered(Row row) {
    row.registered = true;
    heard.remove(row);
    InstanceId instance = row.instance;
    if (instance != null) {
      byInstance.put(instance, row);
      row.instanceHash = Topology.hash(instance.value());
    }
  }

  /** Changes where {@code row} is reached. An old node stays at its host. */
  void move(Row row, Endpoint endpoint) {
    dropFrom(byEndpoint, row.endpoint, row);
    row.endpoint = endpoint;
    byEndpoint.computeIfAbsent(endpoint, at -> new ArrayList<>(1)).add(row);
    row.changed();
  }

  void remove(Row row) {
    if (!contains(row)) {
      return;
    }
    byKey.remove(row.key);
    InstanceId instance = row.instance;
    if (instance != null) {
      byInstance.remove(instance, row);
      if (!row.state.online()) {
        bury(row);
      }
    }
    dropFrom(byId, row.id, row);
    dropFrom(byEndpoint, row.endpoint, row);
    if (row.legacy) {
      legacy.remove(new Source(row.id, row.endpoint.host()), row);
    }
    heard.remove(row);
  }

  private static <K> void dropFrom(Map<K, List<Row>> index, K key, Row row) {
    List<Row> same = index.get(key);
    if (same != null) {
      same.remove(row);
      if (same.isEmpty()) {
        index.remove(key);
      }
    }
  }
}
