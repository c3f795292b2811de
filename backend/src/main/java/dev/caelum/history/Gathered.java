package dev.caelum.history;

import dev.caelum.cluster.Member;
import dev.caelum.feed.LogLine;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What is to be written next; for one thread. */
final class Gathered {
  /** More changes than these wait for no disk: the oldest are let go. */
  private static final int MOST = 5_000;

  private final Function<Member, String> body;
  private final Map<String, Sight.Shape> known = new HashMap<>();
  private final Deque<Moment> moments = new ArrayDeque<>();
  private final Deque<LogLine> lines = new ArrayDeque<>();
  private Instant lastLine = Instant.EPOCH;
  private long dropped;

  Gathered(Function<Member, String> body) {
    this.body = body;
  }

  /** All machines, and the last lines; what was missed before is made up for. */
  void all(List<Member> members, List<LogLine> log, long millis) {
    Set<String> gone = new HashSet<>(known.keySet());
    for (Member member : members) {
      gone.remove(member.key());
      changed(member, millis);
    }
    gone.forEach(key -> removed(key, millis));
    Instant before = lastLine;
    log.stream().filter(line -> line.time().isAfter(before)).forEach(this::line);
  }

  void changed(Member member, long millis) {
    Sight.Shape shape = Sight.Shape.of(member);
    Sight.Shape before = known.put(member.key(), shape);
    if (shape.equals(before)) {
      return;
    }
    if (before != null && !before.series().equals(shape.series())) {
      add(new Moment(before.series(), before.hostname(), millis, null));
    }
    add(new Moment(shape.series(), shape.hostname(), millis, body.apply(member)));
  }

  void removed(String key, long millis) {
    Sight.Shape before = known.remove(key);
    if (before != null) {
      add(new Moment(before.series(), before.hostname(), millis, null));
    }
  }

  void line(LogLine line) {
    lastLine = line.time();
    lines.addLast(line);
    if (lines.size() > MOST) {
      lines.removeFirst();
      dropped++;
    }
  }

  private void add(Moment moment) {
    moments.addLast(moment);
    if (moments.size() > MOST) {
      moments.removeFirst();
      dropped++;
    }
  }

  boolean isEmpty() {
    return moments.isEmpty() && lines.isEmpty();
  }

  /** Names of the machines that are in the table. */
  Set<String> present() {
    Set<String> names = new HashSet<>();
    known.values().forEach(shape -> names.add(shape.series()));
    return names;
  }

  List<Moment> moments() {
    return new ArrayList<>(moments);
  }

  List<LogLine> lines() {
    return new ArrayList<>(lines);
  }

  /** All of it is on the disk. */
  void written() {
    moments.clear();
    lines.clear();
  }

  /** What was let go, since it could not be written for long. */
  long dropped() {
    return dropped;
  }
}
