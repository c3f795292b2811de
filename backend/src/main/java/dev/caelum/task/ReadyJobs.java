package dev.caelum.task;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Queued tasks, by shape, in the order of priority and age; and those that wait for a time. */
final class ReadyJobs {
  private static final Comparator<Job> FIRST =
      Comparator.<Job>comparingInt(job -> -job.row().spec().priority())
          .thenComparingLong(Job::order);

  private final Map<Shape, TreeSet<Job>> byShape = new HashMap<>();
  private final PriorityQueue<Job> later =
      new PriorityQueue<>(Comparator.comparingLong(Job::notBefore));
  private long ofTime;

  void add(Job job, long now) {
    if (job.notBefore() - now > 0 && job.notBefore() != 0) {
      later.add(job);
    } else {
      byShape.computeIfAbsent(job.shape(), _ -> new TreeSet<>(FIRST)).add(job);
    }
  }

  void remove(Job job) {
    TreeSet<Job> same = byShape.get(job.shape());
    if (same != null && same.remove(job)) {
      if (same.isEmpty()) {
        byShape.remove(job.shape());
      }
    } else {
      later.remove(job);
    }
  }

  /** Those whose time has come are ready; true when there were any. */
  boolean wake(long now) {
    ofTime = later.size();
    for (Job job = later.peek(); job != null && now - job.notBefore() >= 0; job = later.peek()) {
      later.remove();
      job.notBefore(0);
      add(job, now);
    }
    return later.size() < ofTime;
  }

  /**
   * Hands ready tasks to {@code place}, best first, until each is taken or its shape is not: when
   * one is not taken, no other of its shape is offered.
   */
  void offer(Predicate<Job> place) {
    var heads = new PriorityQueue<TreeSet<Job>>(Comparator.comparing(TreeSet::first, FIRST));
    heads.addAll(byShape.values());
    for (TreeSet<Job> shape = heads.poll(); shape != null; shape = heads.poll()) {
      Job job = shape.first();
      shape.remove(job);
      if (!place.test(job)) {
        shape.add(job);
      } else if (shape.isEmpty()) {
        byShape.remove(job.shape());
      } else {
        heads.add(shape);
      }
    }
  }
}
