package dev.caelum.inbox;

import dev.caelum.feed.LogLine.Level;
import dev.caelum.feed.Notification.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what people are told of, so that a storm is few notifications: what happens within 3 s
 * and is of one topic is told together; what comes and goes three times within a minute is called
 * unstable once, and told again when it has been steady for a minute; a problem that repeats is
 * told once until it was quiet for ten minutes. Pure: time comes with each call, in nanoseconds.
 */
final class Inbox {
  static final long TOGETHER = 3_000_000_000L;
  static final long MINUTE = 60_000_000_000L;
  static final long QUIET = 10 * MINUTE;
  static final int CHANGES = 3;

  /** Notifications a minute; what is beyond is counted and told in one. */
  static final int MOST = 30;

  private static final int REMEMBERED = 1_000;
  private static final int NAMED = 8;

  /** What waits for its 3 s to be over. */
  private static final class Group {
    final Topic topic;
    final long since;
    final Map<String, String> names = new LinkedHashMap<>();
    final Set<String> machines = new LinkedHashSet<>();

    Group(Topic topic, long since) {
      this.topic = topic;
      this.since = since;
    }
  }

  /** How often something came and went lately. */
  private static final class Flap {
    final Deque<Long> changes = new ArrayDeque<>();
    Happening.Turned last;
    boolean unstable;

    Flap(Happening.Turned last) {
      this.last = last;
    }
  }

  private final Map<String, Group> groups = new LinkedHashMap<>();
  private final Map<String, Flap> flaps = new LinkedHashMap<>();
  private final Map<String, Long> troubles = bounded();
  private final Map<String, Long> tasks = bounded();
  private long minuteBegan;
  private int toldThen;
  private int leftOut;

  /**
   * An empty one.
   *
   * @param now nanoseconds
   */
  Inbox(long now) {
    this.minuteBegan = now;
  }

  private static Map<String, Long> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
        return size() > REMEMBERED;
      }
    };
  }

  /** Takes what happened; what is to be told of it comes from {@link #due}. */
  void take(Happening happening, long now) {
    switch (happening) {
      case Happening.Turned turned -> turned(turned, now);
      case Happening.Trouble trouble -> {
        String what = trouble.code().isEmpty() ? trouble.text() : trouble.code();
        String same = what + ' ' + trouble.machine();
        Long before = troubles.remove(same);
        troubles.put(same, now);
        if (before == null || now - before >= QUIET) {
          add("problem " + what, Topic.PROBLEM, same, trouble.text(), trouble.machine(), now);
        }
      }
      case Happening.TaskLost lost -> {
        if (tasks.put(lost.id(), now) == null) {
          String name = lost.type() + " failed for good: " + lost.why();
          add("task", Topic.TASK_FAILED, lost.id(), name, lost.machine(), now);
        }
      }
    }
  }

  private void turned(Happening.Turned turned, long now) {
    String subject = turned.kind() + " " + turned.subject();
    Flap flap = flaps.computeIfAbsent(subject, _ -> new Flap(turned));
    flap.last = turned;
    forget(flap, now);
    flap.changes.addLast(now);
    if (flap.unstable) {
      return;
    }
    if (flap.changes.size() < CHANGES) {
      add(Topic.of(turned.kind(), turned.way()), turned, now);
      return;
    }
    flap.unstable = true;
    groups
        .values()
        .forEach(group -> {
          if (group.topic.kind == turned.kind()) {
            group.names.remove(turned.subject());
          }
        });
    add(Topic.unstable(turned.kind()), turned, now);
  }

  private static void forget(Flap flap, long now) {
    while (!flap.changes.isEmpty() && now - flap.changes.getFirst() >= MINUTE) {
      flap.changes.removeFirst();
    }
  }

  private void add(Topic topic, Happening.Turned turned, long now) {
    add(topic.name(), topic, turned.subject(), turned.name(), turned.machine(), now);
  }

  private void add(
      String key, Topic topic, String subject, String name, @Nullable String machine, long now) {
    Group group = groups.computeIfAbsent(key, _ -> new Group(topic, now));
    group.names.put(subject, name);
    if (machine != null && group.machines.size() < NAMED) {
      group.machines.add(machine);
    }
  }

  /** What is to be told now, in the order in which it began. */
  List<Draft> due(long now) {
    for (Iterator<Flap> each = flaps.values().iterator(); each.hasNext(); ) {
      Flap flap = each.next();
      forget(flap, now);
      if (flap.changes.isEmpty()) {
        each.remove();
        if (flap.unstable) {
          add(Topic.steady(flap.last.kind(), flap.last.way()), flap.last, now);
        }
      }
    }
    List<Draft> due = new ArrayList<>();
    groups
        .values()
        .removeIf(group -> {
          boolean over = now - group.since >= TOGETHER;
          if (over && !group.names.isEmpty()) {
            tell(draft(group), due, now);
          }
          return over;
        });
    if (now - minuteBegan >= MINUTE && leftOut > 0) {
      due.add(many());
      leftOut = 0;
    }
    return due;
  }

  private static Draft draft(Group group) {
    return group.topic.draft(
        List.copyOf(group.names.values()), List.copyOf(group.machines), group.names.size());
  }

  /** However many kinds of problems there are at once, nobody gets more than {@link #MOST}. */
  private void tell(Draft draft, List<Draft> due, long now) {
    if (now - minuteBegan >= MINUTE && leftOut == 0) {
      minuteBegan = now;
      toldThen = 0;
    }
    if (toldThen < MOST) {
      toldThen++;
      due.add(draft);
    } else {
      leftOut++;
    }
  }

  private Draft many() {
    return new Draft(
        Kind.PROBLEM,
        Level.WARNING,
        "left_out",
        leftOut + " more notifications within 1 min; see the events",
        List.of(),
        leftOut);
  }

  /** Whether nothing waits for time to pass. */
  boolean idle() {
    return groups.isEmpty() && flaps.isEmpty() && leftOut == 0;
  }
}
