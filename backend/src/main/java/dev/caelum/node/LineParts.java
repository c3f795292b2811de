package dev.caelum.node;

import dev.caelum.cluster.Rumor;
import dev.caelum.wire.Frame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a table as frames and back. The frames of one telling follow each other; one that is
 * missing makes the others useless, since only all lines of a bucket say what is not there. Not
 * thread-safe.
 */
final class LineParts {
  private final List<Rumor> lines = new ArrayList<>();
  private int taken;
  private int parts;

  /** All lines in one: what the last of the frames completes. */
  record Whole(List<Rumor> lines, List<Integer> buckets, boolean reply) {}

  /**
   * Cuts a telling into frames; lines beyond the most that frames can carry are left out, and with
   * them the claim that any bucket is complete.
   */
  static List<Frame.Lines> split(List<Rumor> lines, List<Integer> buckets, boolean reply) {
    int most = Frame.Rumors.LIMIT * Frame.Lines.PARTS;
    if (lines.size() > most) {
      return split(lines.subList(0, most), List.of(), false);
    }
    int parts = Math.max(1, Math.ceilDiv(lines.size(), Frame.Rumors.LIMIT));
    List<Frame.Lines> out = new ArrayList<>(parts);
    for (int part = 1; part <= parts; part++) {
      int from = (part - 1) * Frame.Rumors.LIMIT;
      int to = Math.min(lines.size(), from + Frame.Rumors.LIMIT);
      boolean last = part == parts;
      out.add(
          new Frame.Lines(
              lines.subList(from, to), last ? buckets : List.of(), last && reply, part, parts));
    }
    return out;
  }

  /** Takes the next frame; the whole when it was the last, null when more are to come. */
  @Nullable Whole take(Frame.Lines frame) {
    boolean next = frame.part() == taken + 1 && frame.parts() == parts;
    if (frame.part() > 1 && !next) {
      forget();
      return null;
    }
    if (frame.part() == 1) {
      forget();
      parts = frame.parts();
    }
    taken = frame.part();
    lines.addAll(frame.lines());
    if (taken < parts) {
      return null;
    }
    Whole whole = new Whole(List.copyOf(lines), frame.buckets(), frame.reply());
    forget();
    return whole;
  }

  private void forget() {
    lines.clear();
    taken = 0;
    parts = 0;
  }
}
