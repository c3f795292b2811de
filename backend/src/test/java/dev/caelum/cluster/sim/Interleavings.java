package dev.caelum.cluster.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * Every order in which the steps of a small conversation can happen: run again and again, each time
 * with the next sequence of choices.
 */
final class Interleavings {
  private final List<Integer> choices = new ArrayList<>();
  private final List<Integer> options = new ArrayList<>();
  private int depth;

  /** One run; asks {@link #choose} whenever more than one thing can happen next. */
  interface Run {
    void run();
  }

  /** Runs all orders, at most {@code limit}; returns how many there were. */
  int all(int limit, Run run) {
    int runs = 0;
    do {
      depth = 0;
      run.run();
      runs++;
    } while (next() && runs < limit);
    return runs;
  }

  /** Picks one of {@code count} things. */
  int choose(int count) {
    if (depth == choices.size()) {
      choices.add(0);
      options.add(count);
    }
    return choices.get(depth++);
  }

  /** The choices of this run, for the tale of a failure. */
  @Override
  public String toString() {
    return choices.toString();
  }

  private boolean next() {
    while (!choices.isEmpty()) {
      int last = choices.size() - 1;
      if (choices.get(last) + 1 < options.get(last)) {
        choices.set(last, choices.get(last) + 1);
        return true;
      }
      choices.removeLast();
      options.removeLast();
    }
    return false;
  }
}
