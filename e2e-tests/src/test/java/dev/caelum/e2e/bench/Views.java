package dev.caelum.e2e.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What one peer has seen so far, view after view; times are by {@link System#nanoTime}. */
final class Views {
  /** The addresses of those whom a peer counts as present, itself included, from a time on. */
  record View(long nanos, Set<String> members) {}

  /** Somebody who was present in one view and not in the next. */
  record Removal(long nanos, String address) {}

  private final List<View> views = new ArrayList<>();

  synchronized void add(long nanos, Set<String> members) {
    if (views.isEmpty() || !views.getLast().members().equals(members)) {
      views.add(new View(nanos, Set.copyOf(members)));
      notifyAll();
    }
  }

  /** Adds the last view with {@code address} in it, or not. */
  synchronized void change(long nanos, String address, boolean present) {
    Set<String> members = new TreeSet<>(views.isEmpty() ? Set.of() : views.getLast().members());
    if (present) {
      members.add(address);
    } else {
      members.remove(address);
    }
    add(nanos, members);
  }

  /**
   * Waits until the newest view meets {@code condition}: since when it does, empty when it does not
   * until {@code deadline}, which is by {@link System#nanoTime}.
   */
  synchronized OptionalLong await(Predicate<Set<String>> condition, long deadline)
      throws InterruptedException {
    while (views.isEmpty() || !condition.test(views.getLast().members())) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return OptionalLong.empty();
      }
      wait(left);
    }
    long since = views.getLast().nanos();
    for (View view : views.reversed()) {
      if (!condition.test(view.members())) {
        break;
      }
      since = view.nanos();
    }
    return OptionalLong.of(since);
  }

  /** All removals after {@code nanos}. */
  synchronized List<Removal> removals(long nanos) {
    List<Removal> removals = new ArrayList<>();
    for (int i = 1; i < views.size(); i++) {
      View view = views.get(i);
      if (view.nanos() > nanos) {
        for (String gone : views.get(i - 1).members()) {
          if (!view.members().contains(gone)) {
            removals.add(new Removal(view.nanos(), gone));
          }
        }
      }
    }
    return removals;
  }

  /** The deadline {@code limit} from now, for {@link #await}. */
  static long in(Duration limit) {
    return System.nanoTime() + limit.toNanos();
  }
}
