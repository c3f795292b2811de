package dev.caelum.ui.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Keeps rows where they are while somebody points at them. */
final class RowOrder<T> {
  private final Function<T, String> key;
  private List<T> shown = List.of();
  private int waiting;

  /**
   * @param key names a row for its life
   */
  RowOrder(Function<T, String> key) {
    this.key = key;
  }

  /**
   * The rows to show: as {@code wanted} is sorted, or, when {@code frozen}, known rows in the order
   * of before and new ones behind them.
   */
  List<T> arrange(List<T> wanted, boolean frozen) {
    if (!frozen) {
      waiting = 0;
      shown = wanted;
      return wanted;
    }
    List<String> keys = wanted.stream().map(key).toList();
    List<String> next = keepOrder(keys);
    waiting = moves(next, keys);
    Map<String, T> rows = new LinkedHashMap<>();
    wanted.forEach(row -> rows.put(key.apply(row), row));
    List<T> arranged = new ArrayList<>(wanted.size());
    next.forEach(name -> arranged.add(rows.get(name)));
    shown = arranged;
    return arranged;
  }

  /** How many rows would move if the order were not frozen. */
  int waiting() {
    return waiting;
  }

  private List<String> keepOrder(List<String> keys) {
    Set<String> left = new HashSet<>(keys);
    List<String> kept = new ArrayList<>(shown.stream().map(key).filter(left::remove).toList());
    keys.stream().filter(left::contains).forEach(kept::add);
    return kept;
  }

  private static int moves(List<String> shown, List<String> wanted) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      places.put(wanted.get(i), i);
    }
    int moves = 0;
    for (int i = 0; i < shown.size(); i++) {
      if (!Integer.valueOf(i).equals(places.get(shown.get(i)))) {
        moves++;
      }
    }
    return moves;
  }
}
