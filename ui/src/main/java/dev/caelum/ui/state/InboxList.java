package dev.caelum.ui.state;

import dev.caelum.ui.client.InboxItem;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The last notifications, also of earlier starts of the node; each once. Not thread-safe. */
final class InboxList {
  static final int MOST = 200;

  private final TreeSet<InboxItem> items =
      new TreeSet<>(
          Comparator.comparingLong(InboxItem::at).reversed().thenComparing(InboxItem::id));

  void add(InboxItem item) {
    items.add(item);
    if (items.size() > MOST) {
      items.pollLast();
    }
  }

  /** Newest first. */
  List<InboxItem> items() {
    return List.copyOf(items);
  }
}
