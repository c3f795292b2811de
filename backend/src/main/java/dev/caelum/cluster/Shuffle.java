package dev.caelum.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** Random orders and choices. */
record Shuffle(RandomGenerator random) {
  /** All of {@code from} in a random order (Fisher-Yates). */
  <T> List<T> all(Collection<T> from) {
    return some(from, from.size());
  }

  /** At most {@code count} of {@code from}, each as likely as any other. */
  <T> List<T> some(Collection<T> from, int count) {
    List<T> out = new ArrayList<>(from);
    int size = Math.min(count, out.size());
    for (int i = 0; i < size; i++) {
      Collections.swap(out, i, random.nextInt(i, out.size()));
    }
    return size == out.size() ? out : new ArrayList<>(out.subList(0, size));
  }
}
