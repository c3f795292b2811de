package dev.caelum.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.task.WorkMessage.Ending;
import dev.caelum.task.WorkMessage.Offer;
import dev.caelum.task.WorkMessage.Order;
import dev.caelum.task.WorkMessage.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The production core of the coordinator in virtual time, from a seed: workers that crash, stall,
 * refuse and forget, links that break, a coordinator that is killed between any two batches. The
 * store is a map that holds what was written; after every batch the invariants of RELIABILITY (I1
 * to I3) are checked.
 */
final class DispatchSimulation {
  private static final long MILLI = 1_000_000L;

  private record Event(long at, long order, Runnable run) {}

  private final Random random;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private final Map<String, TaskRow> store = new TreeMap<>();
  private final Map<String, Set<Long>> doneBy = new HashMap<>();
  private final Map<String, ModelWorker> workers = new LinkedHashMap<>();
  private final Set<String> acknowledged = new HashSet<>();
  private Dispatch dispatch;
  private int life;
  private long now;
  private long order;
  private int tasks;
  int accepted;
  int crashes;

  DispatchSimulation(long seed, int workerCount) {
    random = new Random(seed);
    dispatch = new Dispatch(TaskSettings.defaults(), new Random(seed + 1));
    for (int i = 0; i < workerCount; i++) {
      workers.put("w" + i, new ModelWorker("w" + i));
    }
  }

  /** Submits, breaks things, then leaves all in peace until every task is over. */
  void run(int taskCount, int faults) {
    machines();
    workers.values().forEach(worker -> connect(worker, 0));
    for (int i = 0; i < taskCount; i++) {
      after(random.nextLong(20_000), this::submit);
    }
    for (int i = 0; i < faults; i++) {
      after(random.nextLong(40_000), this::fault);
    }
    tickLater();
    runUntil(400_000 * MILLI);
    assertThat(acknowledged)
        .allSatisfy(
            id -> assertThat(Objects.requireNonNull(store.get(id)).state().over()).as(id).isTrue());
  }

  private void runUntil(long end) {
    while (!events.isEmpty() && events.peek().at() <= end && !(now > 60_000 * MILLI && allOver())) {
      Event event = events.remove();
      now = event.at();
      event.run().run();
    }
  }

  private boolean allOver() {
    return store.values().stream().allMatch(row -> row.state().over());
  }

  private void after(long millis, Runnable run) {
    events.add(new Event(now + millis * MILLI + random.nextLong(MILLI), order++, run));
  }

  private void tickLater() {
    after(
        100,
        () -> {
          step(new TaskInput.Tick());
          workers.values().forEach(ModelWorker::tick);
          tickLater();
        });
  }

  // ---- the coordinator ----

  private void step(TaskInput input) {
    List<TaskEffect> effects = new ArrayList<>(dispatch.step(now, now / MILLI, input));
    effects.addAll(dispatch.settle());
    carryOut(effects);
  }

  private void carryOut(List<TaskEffect> effects) {
    for (TaskEffect effect : effects) {
      if (effect instanceof TaskEffect.Write(TaskRow row)) {
        write(row);
      } else if (effect instanceof TaskEffect.Spill(TaskRow row)) {
        write(row);
      }
    }
    if (random.nextInt(500) == 0) {
      // Killed between the commit and what should have followed it.
      restart();
      return;
    }
    for (TaskEffect effect : effects) {
      switch (effect) {
        case TaskEffect.Send(String worker, WorkMessage message) -> send(worker, message);
        case TaskEffect.Answer(long _, TaskAnswer.Kept(TaskRow row)) -> acknowledged.add(row.id());
        case TaskEffect.Answer _, TaskEffect.Write _, TaskEffect.Spill _, TaskEffect.Show _ -> {}
      }
    }
  }

  private void write(TaskRow row) {
    TaskRow before = store.put(row.id(), row);
    if (before != null) {
      assertThat(before.state().over())
          .as("%s was over: %s then %s", row.id(), before, row)
          .isFalse();
      assertThat(row.epoch()).as("epoch of %s", row.id()).isGreaterThanOrEqualTo(before.epoch());
    }
    if (row.state() == TaskState.LEASED && before != null) {
      assertThat(row.epoch()).as("fence of %s", row.id()).isGreaterThan(before.epoch());
    }
    if (row.state() == TaskState.DONE) {
      accepted++;
      assertThat(row.result()).isEqualTo("\"" + row.id() + "#" + row.epoch() + "\"");
      assertThat(doneBy.getOrDefault(row.id(), Set.of())).contains(row.epoch());
    }
  }

  private void restart() {
    crashes++;
    life++;
    workers.values().forEach(worker -> worker.link++);
    dispatch = new Dispatch(TaskSettings.defaults(), new Random(random.nextLong()));
    after(
        1 + random.nextLong(2_000),
        () -> {
          machines();
          step(new TaskInput.Adopted(rows(TaskState.LEASED, TaskState.RUNNING)));
          step(new TaskInput.Claimed(rows(TaskState.QUEUED)));
          workers.values().forEach(worker -> connect(worker, random.nextLong(3_000)));
        });
  }

  private List<TaskRow> rows(TaskState... states) {
    return store.values().stream().filter(row -> List.of(states).contains(row.state())).toList();
  }

  private void machines() {
    step(
        new TaskInput.Machines(
            workers.keySet().stream()
                .map(key -> new Machine(key, key, key, Machine.Standing.LINKED, null))
                .toList()));
  }

  private void submit() {
    String id = "t-%04d".formatted(tasks++);
    TaskSpec plain = TaskSpec.of("work", "{}");
    TaskSpec spec =
        random.nextInt(10) == 0 ? plain.only("w" + random.nextInt(workers.size())) : plain;
    TaskRow row =
        new TaskRow(
            id,
            null,
            patient(spec),
            "local",
            null,
            TaskState.QUEUED,
            0,
            0,
            0,
            null,
            -1,
            null,
            null,
            null,
            now / MILLI,
            now / MILLI);
    step(new TaskInput.Submitted(tasks, row));
  }

  private static TaskSpec patient(TaskSpec spec) {
    return new TaskSpec(
        spec.type(),
        spec.service(),
        spec.machines(),
        spec.not(),
        spec.prefer(),
        spec.labels(),
        spec.need(),
        spec.priority(),
        spec.payload(),
        spec.timeoutMillis(),
        0,
        3,
        true);
  }

  private void fault() {
    ModelWorker worker = List.copyOf(workers.values()).get(random.nextInt(workers.size()));
    switch (random.nextInt(4)) {
      case 0 -> worker.crash();
      case 1 -> worker.cut();
      case 2 -> worker.stalledUntil = now + random.nextLong(45_000) * MILLI;
      default -> step(new TaskInput.Cancel(0, "t-%04d".formatted(random.nextInt(tasks + 1)), "us"));
    }
  }

  // ---- links: in order, lost as a whole with the link ----

  private void connect(ModelWorker worker, long inMillis) {
    int of = life;
    after(
        inMillis,
        () -> {
          if (of == life) {
            worker.link++;
            worker.up = true;
            worker.say(worker.offer());
          }
        });
  }

  private void send(String key, WorkMessage message) {
    ModelWorker worker = workers.get(key);
    if (worker == null || !worker.up) {
      return;
    }
    int link = worker.link;
    worker.inbound = Math.max(worker.inbound + 1, now + random.nextLong(5) * MILLI);
    events.add(
        new Event(
            worker.inbound,
            order++,
            () -> {
              if (link == worker.link && worker.up) {
                worker.heard(message);
              }
            }));
  }

  /** A worker as simple as can be; the real one has tests of its own. */
  private final class ModelWorker {
    private final String key;
    private final Map<String, Order> orders = new LinkedHashMap<>();
    private final Map<String, Long> ends = new HashMap<>();
    private final Map<String, Outcome> results = new LinkedHashMap<>();
    private boolean up;
    private int link;
    private long inbound;
    private long outbound;
    private long stalledUntil;
    private long renewAt;

    ModelWorker(String key) {
      this.key = key;
    }

    Offer offer() {
      return new Offer(
          List.of("work"),
          4,
          0,
          orders.size(),
          orders.size(),
          Map.of(),
          List.of(),
          new ResourceNeed(4, 8, 0));
    }

    void say(WorkMessage message) {
      int of = link;
      outbound = Math.max(outbound + 1, now + random.nextLong(5) * MILLI);
      events.add(
          new Event(
              outbound,
              order++,
              () -> {
                if (of == link && up) {
                  step(new TaskInput.Said(key, message));
                }
              }));
    }

    void heard(WorkMessage message) {
      switch (message) {
        case WorkMessage.Assign(List<Order> given) -> given.forEach(this::take);
        case WorkMessage.Taken(List<Lease> leases) ->
            leases.forEach(lease -> settle(lease, results));
        case WorkMessage.Stop(List<Lease> leases, String _) ->
            leases.forEach(lease -> {
              settle(lease, results);
              Order held = orders.get(lease.task());
              if (held != null && held.epoch() == lease.epoch()) {
                orders.remove(lease.task());
              }
            });
        case WorkMessage.Query(List<Lease> _, boolean last) -> {
          if (last) {
            renew(true);
          }
        }
        case WorkMessage.Offer _,
            WorkMessage.Renew _,
            WorkMessage.Progress _,
            WorkMessage.Results _ ->
            throw new AssertionError(message);
      }
    }

    private void settle(Lease lease, Map<String, Outcome> kept) {
      Outcome result = kept.get(lease.task());
      if (result != null && result.lease().equals(lease)) {
        kept.remove(lease.task());
      }
    }

    private void take(Order given) {
      Order held = orders.get(given.task());
      if (held != null && held.epoch() >= given.epoch()) {
        return;
      }
      if (random.nextInt(20) == 0) {
        result(given, Ending.REFUSED);
        return;
      }
      orders.put(given.task(), given);
      ends.put(given.task(), now + (50 + random.nextLong(3_000)) * MILLI);
    }

    private void result(Order given, Ending ending) {
      boolean done = ending == Ending.DONE;
      if (done) {
        doneBy.computeIfAbsent(given.task(), _ -> new HashSet<>()).add(given.epoch());
      }
      Outcome outcome =
          new Outcome(
              given.lease(),
              ending,
              done ? "\"" + given.task() + "#" + given.epoch() + "\"" : null,
              done ? null : new TaskError("x", "x"),
              1);
      results.put(given.task(), outcome);
      say(new WorkMessage.Results(List.of(outcome)));
    }

    void tick() {
      if (now < stalledUntil) {
        return;
      }
      for (Order given : List.copyOf(orders.values())) {
        if (ends.getOrDefault(given.task(), 0L) <= now) {
          orders.remove(given.task());
          int chance = random.nextInt(20);
          result(given, chance == 0 ? Ending.FAILED : chance == 1 ? Ending.BROKEN : Ending.DONE);
        } else if (random.nextInt(10) == 0) {
          say(new WorkMessage.Progress(List.of(new WorkMessage.Step(given.lease(), 5, null))));
        }
      }
      if (now >= renewAt) {
        renewAt = now + 5_000 * MILLI;
        renew(false);
        say(offer());
        if (!results.isEmpty()) {
          say(new WorkMessage.Results(List.copyOf(results.values())));
        }
      }
    }

    private void renew(boolean complete) {
      List<Lease> leases = new ArrayList<>();
      orders.values().forEach(given -> leases.add(given.lease()));
      results.values().forEach(outcome -> leases.add(outcome.lease()));
      say(new WorkMessage.Renew(leases, complete));
    }

    void crash() {
      orders.clear();
      results.clear();
      cut();
    }

    void cut() {
      up = false;
      link++;
      step(new TaskInput.Lost(key));
      connect(this, 500 + random.nextLong(20_000));
    }
  }

  static List<Long> seeds(int count) {
    return IntStream.range(0, count).mapToObj(i -> 1_000L + i).toList();
  }
}
