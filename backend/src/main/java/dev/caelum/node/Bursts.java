package dev.caelum.node;

import dev.caelum.feed.EventText;
import dev.caelum.feed.MemberNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Has several machines that fall silent, die, leave or come back at one moment told in one line:
 * {@link #ALONE} a second have lines of their own, the rest waits for one line about all of them.
 */
final class Bursts {
  static final int ALONE = 3;
  private static final int NAMED = 8;
  private static final long MOMENT_NANOS = 1_000_000_000L;
  private static final Set<String> GROUPED = Set.of("suspect", "dead", "left", "alive");

  private static final class Burst {
    final long startedAt;
    final List<String> names = new ArrayList<>();
    EventText last;
    int count;

    Burst(long startedAt, EventText first) {
      this.startedAt = startedAt;
      this.last = first;
    }
  }

  private final Map<String, Burst> bursts = new HashMap<>();
  private final Consumer<EventText> lines;

  Bursts(Consumer<EventText> lines) {
    this.lines = lines;
  }

  /** Tells {@code text} now, or later together with others. */
  synchronized void tell(EventText text, long now) {
    String code = text.code();
    if (code == null || text.about() == null || !GROUPED.contains(code)) {
      lines.accept(text);
      return;
    }
    tick(now);
    Burst burst = bursts.computeIfAbsent(code, _ -> new Burst(now, text));
    burst.last = text;
    burst.count++;
    if (burst.names.size() < NAMED) {
      burst.names.add(MemberNames.name(text.about()));
    }
    if (burst.count <= ALONE) {
      lines.accept(text);
    }
  }

  /** Tells what has waited for its moment to end; to be called now and then. */
  synchronized void tick(long now) {
    bursts
        .values()
        .removeIf(burst -> {
          boolean over = now - burst.startedAt > MOMENT_NANOS;
          if (over && burst.count > ALONE) {
            lines.accept(EventText.several(burst.last, burst.count, burst.names));
          }
          return over;
        });
  }
}
