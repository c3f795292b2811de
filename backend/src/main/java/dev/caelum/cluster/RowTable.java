package dev.caelum.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All rows, findable by key, id and source; bounded, and only what never registered is evicted. */
final class RowTable {
  private final Map<String, Row> byKey = new LinkedHashMap<>();
  private final Map<NodeId, List<Row>> byId = new LinkedHashMap<>();
  private final int memberLimit;
  private final int heardLimit;
  private int heard;

  RowTable(int memberLimit, int heardLimit) {
    this.memberLimit = memberLimit;
    this.heardLimit = heardLimit;
  }

  Collection<Row> all() {
    return byKey.values();
  }

  @Nullable Row get(String key) {
    return byKey.get(key);
  }

  List<Row> withId(NodeId id) {
    return byId.getOrDefault(id, List.of());
  }

  /** The row of one of our own nodes: the one with its instance, else the only one of its id. */
  @Nullable Row own(NodeId id, InstanceId instance) {
    Row other = null;
    for (Row row : withId(id)) {
      if (row.legacy) {
        continue;
      }
      if (instance.equals(row.instance)) {
        return row;
      }
      other = row;
    }
    return other;
  }

  /** The row of an old node, which only its id and its source together tell apart. */
  @Nullable Row legacy(NodeId id, String host) {
    for (Row row : withId(id)) {
      if (row.legacy && row.endpoint.host().equals(host)) {
        return row;
      }
    }
    return null;
  }

  boolean memberFits() {
    return byKey.size() - heard < memberLimit;
  }

  /** Adds a row; the stalest that was only heard gives way when there are too many of them. */
  @Nullable Row addHeard(Row row) {
    Row evicted = null;
    if (heard >= heardLimit) {
      for (Row old : byKey.values()) {
        if (!old.registered && (evicted == null || old.lastBeaconAt < evicted.lastBeaconAt)) {
          evicted = old;
        }
      }
      if (evicted != null) {
        remove(evicted);
      }
    }
    byKey.put(row.key, row);
    byId.computeIfAbsent(row.id, k -> new ArrayList<>(1)).add(row);
    heard++;
    return evicted;
  }

  void registered(Row row) {
    if (!row.registered) {
      row.registered = true;
      heard--;
    }
  }

  void remove(Row row) {
    if (byKey.remove(row.key) == null) {
      return;
    }
    if (!row.registered) {
      heard--;
    }
    List<Row> same = byId.get(row.id);
    if (same != null) {
      same.remove(row);
      if (same.isEmpty()) {
        byId.remove(row.id);
      }
    }
  }

  /** Marks each row of {@code id} by whether several of them are live at once. */
  void markDuplicates(NodeId id) {
    List<Row> same = withId(id);
    long live = same.stream().filter(RowTable::live).count();
    for (Row row : same) {
      boolean duplicate = live > 1 && live(row);
      if (row.duplicateId != duplicate) {
        row.duplicateId = duplicate;
        row.dirty = true;
      }
    }
  }

  private static boolean live(Row row) {
    return row.state.online() || row.state == MemberState.HEARD;
  }
}
