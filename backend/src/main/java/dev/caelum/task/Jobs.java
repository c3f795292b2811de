package dev.caelum.task;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The tasks in memory: at most a window of those that wait in the store. */
final class Jobs {
  private static final long NANOS_A_MILLI = 1_000_000;

  private final TaskSettings settings;
  private final Map<String, Job> byId = new HashMap<>();
  private final ReadyJobs ready = new ReadyJobs();
  private long orders;
  private long characters;
  private boolean changed;

  Jobs(TaskSettings settings) {
    this.settings = settings;
  }

  @Nullable Job find(String id) {
    return byId.get(id);
  }

  boolean has(String id) {
    return byId.containsKey(id);
  }

  List<Job> all() {
    return List.copyOf(byId.values());
  }

  boolean roomFor(TaskRow row) {
    return byId.size() < settings.window()
        && (byId.isEmpty()
            || characters + row.spec().payload().length() <= settings.windowCharacters());
  }

  /** Adds a task; {@code wall} is read for its deadline, now and never again. */
  Job add(TaskRow row, long now, long wall) {
    long deadline = row.spec().deadlineMillis();
    long left = row.createdAt() + deadline - wall;
    Job job =
        new Job(
            row,
            Shape.of(row.spec()),
            orders++,
            deadline == 0 ? Long.MAX_VALUE : now + left * NANOS_A_MILLI);
    byId.put(row.id(), job);
    characters += row.spec().payload().length();
    return job;
  }

  /** It waits for a machine, from its time on. */
  void queue(Job job, long now) {
    ready.remove(job);
    ready.add(job, now);
    changed = true;
  }

  void remove(Job job) {
    if (byId.remove(job.id()) != null) {
      characters -= job.row().spec().payload().length();
    }
    job.takeBack();
    ready.remove(job);
    changed = true;
  }

  void wake(long now) {
    changed |= ready.wake(now);
  }

  /** Whether there is something to place, or more room, that was not there at the last call. */
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  void offer(Predicate<Job> place) {
    ready.offer(place);
  }

  /** How many more are wanted; 0 while more than half of the window is in use. */
  int wanted() {
    boolean full =
        byId.size() > settings.window() / 2 || characters > settings.windowCharacters() / 2;
    return full ? 0 : settings.window() - byId.size();
  }

  long wantedCharacters() {
    return Math.max(0, settings.windowCharacters() - characters);
  }
}
