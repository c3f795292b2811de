package dev.caelum.coordinator;

import dev.caelum.store.StoreUnavailable;
import dev.caelum.store.TaskStore;
import dev.caelum.task.TaskAnswer;
import dev.caelum.task.TaskIds;
import dev.caelum.task.TaskRow;
import dev.caelum.task.TaskSpec;
import dev.caelum.task.TaskState;
import dev.caelum.task.Why;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What may be asked of the coordinator of this node. Methods wait for the disk, not for tasks. */
public final class TaskService {
  private static final long PATIENCE_SECONDS = 10;

  /** A task of another coordinator is looked for that often. */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final TaskLoop loop;
  private final LazyStore stores;
  private final TaskWaits waits;
  private final Admission admission;
  private final RandomGenerator random;

  public TaskService(
      TaskLoop loop,
      LazyStore stores,
      TaskWaits waits,
      Admission admission,
      RandomGenerator random) {
    this.loop = loop;
    this.stores = stores;
    this.waits = waits;
    this.admission = admission;
    this.random = random;
  }

  /** What became of a submission. */
  public sealed interface Submission {
    /** It is kept. */
    record Created(TaskRow task) implements Submission {}

    /** The client had submitted it before, under the same key. */
    record Known(TaskRow task) implements Submission {}

    /** The client used the key for another task. */
    record OtherTask(TaskRow task) implements Submission {}

    /** No machine could run it; nothing was kept. */
    record Unplaceable(Why why) implements Submission {}

    /** Too many wait already; nothing was kept. */
    record Full(long waiting) implements Submission {}
  }

  /** One task to submit. */
  public record Order(TaskSpec spec, String client, @Nullable String key) {}

  /**
   * Submits one task.
   *
   * @throws StoreUnavailable nothing was kept
   */
  public Submission submit(Order order) throws StoreUnavailable, InterruptedException {
    return submit(List.of(order)).getFirst();
  }

  /** Submits several, which share one commit; one answer each, in their order. */
  public List<Submission> submit(List<Order> orders) throws StoreUnavailable, InterruptedException {
    return submit(orders, null);
  }

  /**
   * Submits several tasks of a group, which share one commit; one answer each, in their order.
   *
   * @param group what they have in common; null = nothing
   */
  public List<Submission> submit(List<Order> orders, @Nullable String group)
      throws StoreUnavailable, InterruptedException {
    TaskStore store = admission.store();
    Optional<Long> waiting = admission.tooMany(store, orders.size());
    if (waiting.isPresent()) {
      return orders.stream().<Submission>map(_ -> new Submission.Full(waiting.get())).toList();
    }
    List<CompletableFuture<Submission>> answers = new ArrayList<>(orders.size());
    for (Order order : orders) {
      answers.add(begin(store, order, group));
    }
    List<Submission> done = new ArrayList<>(orders.size());
    for (CompletableFuture<Submission> answer : answers) {
      done.add(await(answer));
    }
    return done;
  }

  /**
   * Submits the task once for each machine that could run it; they share a group.
   *
   * @return one submission a machine; one {@code Unplaceable} when there is none
   */
  public List<Submission> submitToEach(Order order) throws StoreUnavailable, InterruptedException {
    Why why = why(order.spec());
    List<String> machines =
        why.machines().stream().filter(Why.Row::possible).map(Why.Row::key).toList();
    if (machines.isEmpty()) {
      return List.of(new Submission.Unplaceable(why));
    }
    String group = TaskIds.next(System.currentTimeMillis(), random);
    TaskStore store = admission.store();
    Optional<Long> waiting = admission.tooMany(store, machines.size());
    if (waiting.isPresent()) {
      return List.of(new Submission.Full(waiting.get()));
    }
    List<Submission> done = new ArrayList<>();
    for (String machine : machines) {
      String key = order.key() == null ? null : order.key() + " " + machine;
      Order one = new Order(order.spec().only(machine), order.client(), key);
      done.add(await(begin(store, one, group)));
    }
    return done;
  }

  private CompletableFuture<Submission> begin(TaskStore store, Order order, @Nullable String group)
      throws StoreUnavailable {
    String key = order.key();
    if (key != null) {
      Optional<TaskRow> known = store.byKey(order.client(), key);
      if (known.isPresent()) {
        return CompletableFuture.completedFuture(again(known.get(), order));
      }
    }
    long now = System.currentTimeMillis();
    TaskRow row =
        new TaskRow(
            TaskIds.next(now, random),
            group,
            order.spec(),
            order.client(),
            key,
            TaskState.QUEUED,
            0,
            0,
            0,
            null,
            -1,
            null,
            null,
            null,
            now,
            now);
    return loop.submit(row).thenApply(answer -> submission(store, order, answer));
  }

  private static Submission submission(TaskStore store, Order order, TaskAnswer answer) {
    return switch (answer) {
      case TaskAnswer.Kept(TaskRow kept) -> new Submission.Created(kept);
      case TaskAnswer.Unplaceable(Why why) -> new Submission.Unplaceable(why);
      case TaskAnswer.KeyUsed() -> raced(store, order);
      case TaskAnswer.Cancelled _, TaskAnswer.NotHere _ -> throw new AssertionError(answer);
    };
  }

  /** Two submissions with one key at the same time: the other one was written first. */
  private static Submission raced(TaskStore store, Order order) {
    try {
      String key = String.valueOf(order.key());
      return again(store.byKey(order.client(), key).orElseThrow(), order);
    } catch (StoreUnavailable e) {
      throw new CompletionException(e);
    }
  }

  private static Submission again(TaskRow known, Order order) {
    return known.spec().equals(order.spec())
        ? new Submission.Known(known)
        : new Submission.OtherTask(known);
  }

  /** A task with all that is known of it; empty when there is none. */
  public Optional<TaskRow> find(String id) throws StoreUnavailable, InterruptedException {
    Optional<TaskRow> live = await(loop.ask(core -> core.find(id)));
    return live.isPresent() ? live : stores.get().find(id);
  }

  /**
   * Waits until a task is over, at most so long.
   *
   * @return the task as it is then, over or not; empty when there is none
   */
  public Optional<TaskRow> await(String id, Duration most)
      throws StoreUnavailable, InterruptedException {
    long until = System.nanoTime() + most.toNanos();
    try (TaskWaits.Wait wait = waits.begin(id)) {
      for (long left = most.toNanos(); left > 0; left = until - System.nanoTime()) {
        Optional<TaskRow> row = stores.get().find(id);
        if (row.isEmpty() || row.get().state().over()) {
          return row;
        }
        TaskRow end = wait.await(Math.min(left, LOOK_NANOS));
        if (end != null) {
          return Optional.of(end);
        }
      }
    }
    return find(id);
  }

  /** What that client submitted with that key; empty when there is nothing. */
  public Optional<TaskRow> byKey(String client, String key) throws StoreUnavailable {
    return stores.get().byKey(client, key);
  }

  public List<TaskRow> list(TaskStore.Filter filter) throws StoreUnavailable {
    return stores.get().list(filter);
  }

  public Map<TaskState, Long> counts() throws StoreUnavailable {
    return stores.get().counts();
  }

  public List<TaskStore.Change> history(String id) throws StoreUnavailable {
    return stores.get().history(id);
  }

  /** Which machine could run that, and what the others lack. */
  public Why why(TaskSpec spec) throws InterruptedException, StoreUnavailable {
    return await(loop.ask(core -> core.why(spec)));
  }

  /**
   * Calls a task off; what it has done until then is not undone.
   *
   * @param by who asked, for people
   * @return the task as it is then: when it was over before, as it ended; empty when there is none
   */
  public Optional<TaskRow> cancel(String id, String by)
      throws StoreUnavailable, InterruptedException {
    TaskStore store = stores.get();
    for (int tries = 0; tries < 3; tries++) {
      if (await(loop.cancel(id, by)) instanceof TaskAnswer.Cancelled(TaskRow row)) {
        return Optional.of(row);
      }
      Optional<TaskRow> unclaimed = store.cancelUnclaimed(id, System.currentTimeMillis());
      if (unclaimed.isPresent()) {
        return unclaimed;
      }
      Optional<TaskRow> known = store.find(id);
      if (known.isEmpty() || known.get().state().over()) {
        return known;
      }
      // It was claimed between the two questions.
    }
    return store.find(id);
  }

  /**
   * Puts a task that is over back to the queue, its attempts forgotten.
   *
   * @return the task as it is then; empty when there is none, or it is not over
   */
  public Optional<TaskRow> retry(String id) throws StoreUnavailable {
    Optional<TaskRow> row = stores.get().reopen(id, System.currentTimeMillis());
    row.ifPresent(_ -> loop.work());
    return row;
  }

  private static <T> T await(CompletableFuture<T> answer)
      throws StoreUnavailable, InterruptedException {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreUnavailable unavailable) {
        throw unavailable;
      }
      throw new IllegalStateException("the coordinator failed", e.getCause());
    } catch (TimeoutException e) {
      throw new StoreUnavailable(
          StoreUnavailable.Why.AWAY,
          "The task coordinator did not answer within " + PATIENCE_SECONDS + " s.",
          e);
    }
  }
}
