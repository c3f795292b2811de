package dev.caelum.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.task.TaskRow;
import dev.caelum.task.TaskState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Calls a store at random, two coordinators at once, and compares every answer with that of a plain
 * table; the seed gives the order.
 */
final class RandomCalls {
  private static final List<String> COORDINATORS =
      List.of(TaskStoreContract.ALPHA, TaskStoreContract.BETA);

  /** A row and who has it. */
  private record Held(TaskRow row, @Nullable String by) {}

  private final TaskStore store;
  private final Tasks tasks;
  private final Random random;
  private final Map<String, Held> table = new TreeMap<>();
  private String last = "nothing";

  RandomCalls(TaskStore store, Tasks tasks, long seed) {
    this.store = store;
    this.tasks = tasks;
    this.random = new Random(seed);
  }

  void run(int calls) throws StoreUnavailable {
    for (int i = 0; i < calls; i++) {
      String coordinator = COORDINATORS.get(random.nextInt(2));
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> write(coordinator);
        case 3 -> claim(coordinator);
        case 4 -> release(coordinator);
        case 5 -> reopen();
        case 6 -> cancel();
        default -> compare(i);
      }
    }
    compare(calls);
  }

  private void write(String coordinator) throws StoreUnavailable {
    List<TaskRow> mine = new ArrayList<>();
    List<TaskRow> free = new ArrayList<>();
    for (Held held : some(random.nextInt(6))) {
      mine.add(next(held.row()));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      mine.add(tasks.queued(1 + random.nextInt(10), "1", key()));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      free.add(tasks.queued(1 + random.nextInt(10), "1", key()));
    }
    Set<String> lost = new HashSet<>();
    // The order in which a store tries them: new ones, known ones, those that nobody shall have.
    mine.stream()
        .sorted(Comparator.comparing(row -> table.containsKey(row.id())))
        .forEach(row -> {
          if (!update(row, coordinator) && !insert(row, coordinator)) {
            lost.add(row.id());
          }
        });
    for (TaskRow row : free) {
      if (!insert(row, null)) {
        lost.add(row.id());
      }
    }
    last = "write by " + coordinator + " of " + mine + " and " + free;
    assertThat(store.write(coordinator, mine, free)).as(last).isEqualTo(lost);
  }

  private @Nullable String key() {
    return random.nextInt(3) > 0 ? null : "key " + random.nextInt(40);
  }

  private TaskRow next(TaskRow row) {
    return switch (random.nextInt(5)) {
      case 0 -> Tasks.leased(row, "worker " + random.nextInt(3));
      case 1 -> Tasks.running(row);
      case 2 -> Tasks.done(row, "" + random.nextInt());
      case 3 -> Tasks.dead(row, "no more");
      default -> Tasks.requeued(row);
    };
  }

  private boolean update(TaskRow row, String coordinator) {
    Held held = table.get(row.id());
    if (held == null || !coordinator.equals(held.by()) || held.row().epoch() > row.epoch()) {
      return false;
    }
    put(row.result() == null ? withResult(row, held.row().result()) : row, coordinator);
    return true;
  }

  /** What is not told again stays. */
  private static TaskRow withResult(TaskRow row, @Nullable String result) {
    return new TaskRow(
        row.id(),
        row.group(),
        row.spec(),
        row.client(),
        row.key(),
        row.state(),
        row.epoch(),
        row.failures(),
        row.losses(),
        row.worker(),
        row.percent(),
        row.note(),
        result,
        row.error(),
        row.createdAt(),
        row.changedAt());
  }

  private boolean insert(TaskRow row, @Nullable String coordinator) {
    boolean taken =
        table.containsKey(row.id())
            || (row.key() != null
                && table.values().stream().anyMatch(held -> row.key().equals(held.row().key())));
    if (!taken) {
      put(row, coordinator);
    }
    return !taken;
  }

  private void put(TaskRow row, @Nullable String by) {
    table.put(row.id(), new Held(row, row.state().over() ? null : by));
  }

  private List<Held> some(int most) {
    List<Held> all = new ArrayList<>(table.values());
    Map<String, Held> chosen = new HashMap<>();
    for (int i = 0; i < most && !all.isEmpty(); i++) {
      Held held = all.get(random.nextInt(all.size()));
      chosen.put(held.row().id(), held);
    }
    return List.copyOf(chosen.values());
  }

  private void claim(String coordinator) throws StoreUnavailable {
    int most = 1 + random.nextInt(5);
    List<TaskRow> waiting =
        table.values().stream()
            .filter(held -> held.row().state() == TaskState.QUEUED && held.by() == null)
            .map(Held::row)
            .sorted(
                Comparator.comparingInt((TaskRow row) -> -row.spec().priority())
                    .thenComparing(TaskRow::id))
            .limit(most)
            .toList();
    waiting.forEach(row -> put(row, coordinator));
    last = "claim by " + coordinator;
    assertThat(store.claim(coordinator, most, 1 << 20)).as(last).isEqualTo(waiting);
  }

  private void release(String coordinator) throws StoreUnavailable {
    List<String> ids = new ArrayList<>();
    for (Held held : some(3)) {
      ids.add(held.row().id());
      if (held.row().state() == TaskState.QUEUED && coordinator.equals(held.by())) {
        put(held.row(), null);
      }
    }
    last = "release by " + coordinator + " of " + ids;
    store.release(coordinator, ids);
  }

  private void reopen() throws StoreUnavailable {
    for (Held held : some(1)) {
      last = "reopen " + held.row().id();
      var answer = store.reopen(held.row().id(), held.row().changedAt() + 1);
      assertThat(answer.isPresent()).as(last).isEqualTo(held.row().state().over());
      answer.ifPresent(row -> {
        assertThat(row.state()).isEqualTo(TaskState.QUEUED);
        assertThat(row.epoch()).isEqualTo(held.row().epoch());
        put(row, null);
      });
    }
  }

  private void cancel() throws StoreUnavailable {
    for (Held held : some(1)) {
      last = "cancel " + held.row().id();
      var answer = store.cancelUnclaimed(held.row().id(), held.row().changedAt() + 1);
      boolean may = held.row().state() == TaskState.QUEUED && held.by() == null;
      assertThat(answer.isPresent()).as(last).isEqualTo(may);
      answer.ifPresent(row -> put(row, null));
    }
  }

  private void compare(int call) throws StoreUnavailable {
    String where = "call " + call + ", after " + last;
    Map<TaskState, Long> counts = new HashMap<>();
    for (Held held : table.values()) {
      assertThat(store.find(held.row().id())).as(where).contains(held.row());
      counts.merge(held.row().state(), 1L, Long::sum);
    }
    assertThat(store.counts()).as(where).isEqualTo(counts);
  }
}
