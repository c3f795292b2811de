package dev.caelum.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.task.Lease;
import dev.caelum.task.ResourceNeed;
import dev.caelum.task.TaskError;
import dev.caelum.task.WorkMessage;
import dev.caelum.task.WorkMessage.Ending;
import dev.caelum.task.WorkMessage.Order;
import dev.caelum.task.WorkMessage.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The worker's core in random weather, from a seed, with what must hold checked at every step. */
class WorkBookStormTest {
  private static final int SLOTS = 3;
  private static final long LEASE = Duration.ofSeconds(25).toNanos();
  private static final List<String> BOSSES = List.of("a@1", "b@2", "c@3");

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatMustHoldHolds(long seed) {
    new Storm(seed).run();
  }

  private static final class Storm {
    private final Random random;
    private long now = 1_000_000_000_000L;
    private final Reservations resources =
        new Reservations(() -> new ResourceNeed(4, 4, 0), () -> now);
    private final WorkBook book = new WorkBook(WorkerSettings.of(SLOTS), resources);
    private final Set<String> connected = new HashSet<>();
    private final Map<Long, Order> running = new LinkedHashMap<>();
    private final Set<Long> halted = new HashSet<>();
    private final Map<Lease, Long> renewed = new HashMap<>();
    private final Map<Lease, Outcome> told = new HashMap<>();
    private final Map<Lease, Integer> begun = new HashMap<>();
    private final Map<String, Long> epochs = new HashMap<>();
    private final Map<String, String> owners = new LinkedHashMap<>();
    private final Set<Lease> unwanted = new HashSet<>();
    private final Set<Lease> onDisk = new HashSet<>();
    private boolean full;

    Storm(long seed) {
      random = new Random(seed);
    }

    void run() {
      for (int step = 0; step < 1_500; step++) {
        act();
        settle();
        check();
      }
      calm();
    }

    private void act() {
      String boss = BOSSES.get(random.nextInt(BOSSES.size()));
      switch (random.nextInt(12)) {
        case 0 -> {
          connected.add(boss);
          book.audience().connected(now, boss, List.of("echo"));
        }
        case 1 -> {
          if (random.nextInt(4) == 0) {
            connected.remove(boss);
            book.audience().gone(boss);
          }
        }
        case 2, 3, 4 -> assign(boss);
        case 5, 6, 7 -> end();
        case 8 -> take(boss);
        case 9 -> full = random.nextInt(4) == 0;
        case 10 -> stop(boss);
        default ->
            now += random.nextLong(Duration.ofSeconds(random.nextInt(10) == 0 ? 30 : 2).toNanos());
      }
      now += random.nextLong(50_000_000);
    }

    private void assign(String boss) {
      if (!connected.contains(boss)) {
        return;
      }
      String task = "t-" + random.nextInt(40);
      String owner = owners.computeIfAbsent(task, _ -> boss);
      if (!owner.equals(boss)) {
        return;
      }
      long epoch = Math.max(1, epochs.getOrDefault(task, 0L) + random.nextInt(3) - 1);
      for (long old = 1; old < epoch; old++) {
        unwanted.add(new Lease(task, old));
      }
      if (unwanted.contains(new Lease(task, epoch)) && epoch >= epochs.getOrDefault(task, 0L)) {
        // No coordinator hands out again what it has settled.
        return;
      }
      epochs.merge(task, epoch, Math::max);
      ResourceNeed need = random.nextInt(3) == 0 ? new ResourceNeed(2.5, 0, 0) : ResourceNeed.NONE;
      String type = random.nextInt(20) == 0 ? "other" : "echo";
      int priority = 1 + random.nextInt(10);
      Order order = new Order(task, epoch, 1, type, null, need, priority, "1", 20_000, 30_000);
      if (unwanted.contains(order.lease())) {
        // It may have been forgotten, and begin anew.
        renewed.put(order.lease(), now);
      }
      renewed.putIfAbsent(order.lease(), now);
      book.heard(now, boss, new WorkMessage.Assign(List.of(order)));
    }

    private void end() {
      if (running.isEmpty()) {
        return;
      }
      List<Long> numbers = new ArrayList<>(running.keySet());
      long number = numbers.get(random.nextInt(numbers.size()));
      running.remove(number);
      halted.remove(number);
      if (random.nextBoolean()) {
        book.ended(now, number, Ending.DONE, "" + number, null);
      } else {
        book.ended(now, number, Ending.FAILED, null, new TaskError("handler", "" + number));
      }
    }

    private void take(String boss) {
      List<Lease> leases =
          told.keySet().stream()
              .filter(lease -> boss.equals(owners.get(lease.task())))
              .filter(_ -> random.nextInt(3) == 0)
              .toList();
      book.heard(now, boss, new WorkMessage.Taken(leases));
      unwanted.addAll(leases);
    }

    private void stop(String boss) {
      String task = "t-" + random.nextInt(40);
      Lease lease = new Lease(task, epochs.getOrDefault(task, 1L));
      if (boss.equals(owners.get(task))) {
        unwanted.add(lease);
      }
      book.heard(now, boss, new WorkMessage.Stop(List.of(lease), "storm"));
    }

    private void settle() {
      book.tick(now);
      for (List<WorkEffect> effects = book.effects();
          !effects.isEmpty();
          effects = book.effects()) {
        effects.forEach(this::carryOut);
      }
    }

    private void carryOut(WorkEffect effect) {
      switch (effect) {
        case WorkEffect.Begin(long number, Order order) -> {
          running.put(number, order);
          int times = begun.merge(order.lease(), 1, Integer::sum);
          if (!unwanted.contains(order.lease())) {
            assertThat(times).as("attempts of %s", order.lease()).isEqualTo(1);
          }
        }
        case WorkEffect.Halt(long number) -> halted.add(number);
        case WorkEffect.Send(String machine, WorkMessage message) -> {
          boolean taken = connected.contains(machine) && !(full && random.nextBoolean());
          if (taken) {
            sent(message);
          }
          book.audience().sent(now, machine, message, taken);
        }
        case WorkEffect.Keep(var _, Outcome outcome) -> onDisk.add(outcome.lease());
        case WorkEffect.Forget(Lease lease) ->
            assertThat(onDisk.remove(lease)).as("%s was on the disk", lease).isTrue();
      }
    }

    private void sent(WorkMessage message) {
      switch (message) {
        case WorkMessage.Results(List<Outcome> outcomes) -> {
          for (Outcome outcome : outcomes) {
            Outcome before = told.putIfAbsent(outcome.lease(), outcome);
            TaskError error = outcome.error();
            boolean stale = error != null && error.code().equals("stale");
            if (before != null && !unwanted.contains(outcome.lease()) && !stale) {
              assertThat(outcome).as("the only outcome").isEqualTo(before);
            }
          }
        }
        case WorkMessage.Renew(List<Lease> leases, boolean _) ->
            leases.forEach(lease -> renewed.put(lease, now));
        case WorkMessage.Progress(List<WorkMessage.Step> steps) ->
            steps.forEach(step -> assertThat(begun).containsKey(step.lease()));
        case WorkMessage.Offer offer -> assertThat(offer.running()).isLessThanOrEqualTo(SLOTS);
        case WorkMessage.Assign _, WorkMessage.Taken _, WorkMessage.Stop _, WorkMessage.Query _ ->
            throw new AssertionError("a worker said " + message);
      }
    }

    private void check() {
      assertThat(running.size()).as("slots").isLessThanOrEqualTo(SLOTS);
      double cores = running.values().stream().mapToDouble(order -> order.need().cores()).sum();
      assertThat(cores).as("cores").isLessThanOrEqualTo(4);
      running.forEach((number, order) -> {
        if (!halted.contains(number)) {
          assertThat(now - renewed.getOrDefault(order.lease(), now))
              .as("%s outlives its lease", order.lease())
              .isLessThan(LEASE);
        }
      });
    }

    /** Everybody is there again and every handler ends: nothing may be owed then. */
    private void calm() {
      full = false;
      for (String boss : BOSSES) {
        connected.add(boss);
        book.audience().connected(now, boss, List.of("echo"));
      }
      settle();
      for (int round = 0; round < 200 && (!running.isEmpty() || book.waiting() > 0); round++) {
        while (!running.isEmpty()) {
          end();
        }
        now += 20_000_000;
        settle();
        check();
      }
      now += Duration.ofSeconds(6).toNanos();
      settle();
      assertThat(book.running() + book.waiting()).as("nothing is left").isZero();
      epochs.forEach((task, epoch) -> {
        Lease lease = new Lease(task, epoch);
        if (!unwanted.contains(lease)) {
          assertThat(told).as("every order ends in an outcome").containsKey(lease);
        }
      });
      for (String boss : BOSSES) {
        List<Lease> all = told.keySet().stream().toList();
        book.heard(now, boss, new WorkMessage.Taken(all));
      }
      settle();
      assertThat(book.kept()).as("results that nobody took").isZero();
      assertThat(onDisk).as("files").isEmpty();
      assertThat(resources.running()).as("resources").isZero();
    }
  }
}
