package dev.caelum.cluster.sim;

import dev.caelum.cluster.ClusterEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happened in a world, to be told when a run fails; the last lines of a long one. */
final class Tale {
  private static final int KEPT = 20_000;
  private static final int TOLD = 200;

  /** One line; {@code teller} is the node whose table it speaks of, null for what befell all. */
  private record Line(long millis, @Nullable Node teller, String text) {}

  private final Deque<Line> lines = new ArrayDeque<>();

  void add(long millis, @Nullable Node teller, ClusterEvent event) {
    add(millis, teller, Story.of(event));
  }

  void add(long millis, @Nullable Node teller, String text) {
    if (lines.size() == KEPT) {
      lines.removeFirst();
    }
    lines.addLast(new Line(millis, teller, text));
  }

  /**
   * The faults, and what those of {@code processes} that {@code what} names tell of each other; if
   * it names one only, all that this one tells.
   */
  List<String> about(String what, List<Program> processes) {
    Set<Program> named = new HashSet<>();
    Set<String> keys = new HashSet<>();
    Set<String> addresses = new HashSet<>();
    for (Program process : processes) {
      String key = process instanceof Node node ? node.id + "@" : process.name;
      if (what.contains(process.name) || what.contains(key)) {
        named.add(process);
        keys.add(key);
        addresses.add(process.host.address + ":");
      }
    }
    List<String> out = new ArrayList<>();
    for (Line line : lines) {
      Set<String> marks = line.text.contains("@") ? keys : addresses;
      boolean wanted =
          line.teller == null
              || named.isEmpty()
              || (named.contains(line.teller)
                  && (named.size() == 1 || marks.stream().anyMatch(line.text::contains)));
      if (wanted) {
        String teller = line.teller == null ? "" : line.teller + ": ";
        out.add("%7d ms  %s%s".formatted(line.millis, teller, line.text));
      }
    }
    return out.subList(Math.max(0, out.size() - TOLD), out.size());
  }
}
