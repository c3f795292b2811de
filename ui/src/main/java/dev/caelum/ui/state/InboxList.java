package dev.caelum.ui.state;

import dev.caelum.ui.client.InboxItem;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The last notifications, also of earlier starts of the node; each once. Not thread-safe. */
final class InboxList {
  static final int MOST = 200;

  private final Map<String, InboxItem> items = new HashMap<>();

  void add(InboxItem item) {
    items.put(item.id(), item);
    if (items.size() > MOST) {
      items.remove(items().getLast().id());
    }
  }

  /** Newest first. */
  List<InboxItem> items() {
    return items.values().stream()
        .sorted(Comparator.comparingLong(InboxItem::at).reversed().thenComparing(InboxItem::id))
        .toList();
  }
}
