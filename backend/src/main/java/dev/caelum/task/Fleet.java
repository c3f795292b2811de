package dev.caelum.task;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The machines that the coordinator knows, and the choice among them: the power of two choices
 * (Mitzenmacher, 2001), of two fitting ones by chance the less loaded.
 */
final class Fleet {
  private final RandomGenerator random;
  private final Map<String, Worker> workers = new TreeMap<>();

  Fleet(RandomGenerator random) {
    this.random = random;
  }

  Collection<Worker> all() {
    return workers.values();
  }

  @Nullable Worker find(String key) {
    return workers.get(key);
  }

  /** The one with that key; one that nobody told of yet is taken for absent. */
  Worker get(String key) {
    return workers.computeIfAbsent(
        key, k -> new Worker(new Machine(k, k, k, Machine.Standing.ABSENT, null)));
  }

  /** These are all; one that is gone is kept while it has tasks. */
  void update(List<Machine> machines) {
    Set<String> there = new HashSet<>();
    for (Machine machine : machines) {
      there.add(machine.key());
      get(machine.key()).machine(machine);
    }
    workers
        .values()
        .removeIf(worker -> !there.contains(worker.machine().key()) && worker.jobs().isEmpty());
  }

  /** Ends the pauses whose time has come; true when there were any. */
  boolean wake(long now) {
    boolean any = false;
    for (Worker worker : workers.values()) {
      any |= worker.wake(now);
    }
    return any;
  }

  /** Where the task begins: if possible where it has not failed yet, and where it had rather be. */
  @Nullable Worker choose(Job job) {
    List<Worker> free =
        workers.values().stream().filter(worker -> Fit.free(job.shape(), worker)).toList();
    if (free.isEmpty()) {
      return null;
    }
    List<Worker> fresh =
        free.stream().filter(w -> !job.failedOn().contains(w.machine().key())).toList();
    List<Worker> good = fresh.isEmpty() ? free : fresh;
    List<String> prefer = job.shape().prefer();
    List<Worker> preferred =
        good.stream().filter(w -> prefer.stream().anyMatch(w.machine()::called)).toList();
    List<Worker> of = preferred.isEmpty() ? good : preferred;
    Worker one = of.get(random.nextInt(of.size()));
    Worker two = of.get(random.nextInt(of.size()));
    return one.pressure() <= two.pressure() ? one : two;
  }

  Why why(Shape shape) {
    return Fit.why(shape, workers.values());
  }
}
