package dev.caelum.coordinator;

import dev.caelum.store.StoreUnavailable;
import dev.caelum.store.TaskStore;
import dev.caelum.task.Dispatch;
import dev.caelum.task.Machine;
import dev.caelum.task.TaskAnswer;
import dev.caelum.task.TaskCounts;
import dev.caelum.task.TaskEffect;
import dev.caelum.task.TaskInput;
import dev.caelum.task.TaskRow;
import dev.caelum.task.WorkMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The loop that owns the coordinator's core: one thread steps all inputs that wait, writes what
 * they changed in one transaction, and only then sends and answers. So what anybody was told is on
 * disk, and many tasks share one commit.
 */
public final class TaskLoop implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(TaskLoop.class.getName());
  private static final int MAILBOX = 8_192;
  private static final int BATCH = 512;
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long ADOPT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PURGE_NANOS = TimeUnit.HOURS.toNanos(1);

  /** So long a task that is over can be looked at, and its key is known. */
  private static final long KEPT_MILLIS = TimeUnit.DAYS.toMillis(7);

  private static final long STOP_MILLIS = 1_000;

  /** Carries messages to workers. */
  @FunctionalInterface
  public interface Sender {
    /** False when the worker cannot be told now; nothing was sent then. */
    boolean send(String worker, WorkMessage message);
  }

  private final String coordinator;
  private final Dispatch dispatch;
  private final LazyStore stores;
  private final Supplier<List<Machine>> machines;
  private final Sender sender;
  private final TaskNews news;
  private final BlockingQueue<TaskPost> mailbox = new ArrayBlockingQueue<>(MAILBOX);
  private final Map<Long, CompletableFuture<TaskAnswer>> asked = new HashMap<>();
  private final Unwritten unwritten = new Unwritten();
  private final LongAdder dropped = new LongAdder();
  private final Thread thread;
  private long tokens;
  private boolean opening;
  private boolean adopted;
  private List<Machine> known = List.of();
  private boolean mayHaveMore;
  private long adoptAt;
  private long purgeAt = System.nanoTime() + ADOPT_NANOS;
  private long retryAt;
  private volatile TaskCounts counts = new TaskCounts(0, 0, 0, 0, 0);
  private volatile @Nullable StoreUnavailable down;
  private volatile boolean closed;

  /**
   * @param coordinator this node's id: what the store knows its tasks by
   * @param machines the machine list; asked several times a second
   * @param news is told of every task that changed
   */
  public TaskLoop(
      String coordinator,
      Dispatch dispatch,
      LazyStore stores,
      Supplier<List<Machine>> machines,
      Sender sender,
      TaskNews news) {
    this.coordinator = coordinator;
    this.dispatch = dispatch;
    this.stores = stores;
    this.machines = machines;
    this.sender = sender;
    this.news = news;
    this.thread = Thread.ofPlatform().name("tasks").daemon(true).unstarted(this::run);
  }

  /**
   * Begins to step; to be called once.
   *
   * @param open whether there may be tasks of an earlier start, so that the store is opened now
   */
  public void start(boolean open) {
    opening = open;
    thread.start();
  }

  /**
   * A worker said something; dropped and counted when the mailbox is full, for it says it again.
   */
  public void heard(String worker, WorkMessage message) {
    if (!mailbox.offer(new TaskPost.Input(new TaskInput.Said(worker, message)))) {
      dropped.increment();
    }
  }

  /** The link with a worker is gone. */
  public void lost(String worker) {
    put(new TaskPost.Input(new TaskInput.Lost(worker)));
  }

  /** The store has something that nobody claimed. */
  public void work() {
    put(new TaskPost.Work());
  }

  /** Why the store cannot be written now; null when it can. */
  public @Nullable StoreUnavailable down() {
    return down;
  }

  /** What the core has counted, as it was within the last moment. */
  public TaskCounts counts() {
    return counts;
  }

  /** Words of workers that found no room. */
  public long dropped() {
    return dropped.sum();
  }

  CompletableFuture<TaskAnswer> submit(TaskRow row) {
    return request(token -> new TaskInput.Submitted(token, row));
  }

  CompletableFuture<TaskAnswer> cancel(String id, String by) {
    return request(token -> new TaskInput.Cancel(token, id, by));
  }

  private CompletableFuture<TaskAnswer> request(Function<Long, TaskInput> input) {
    var answer = new CompletableFuture<TaskAnswer>();
    put(new TaskPost.Request(input, answer));
    return answer;
  }

  /** Asks the core; the question runs on the loop's thread. */
  <T> CompletableFuture<T> ask(Function<Dispatch, T> question) {
    var answer = new CompletableFuture<T>();
    put(new TaskPost.Question(core -> answer.complete(question.apply(core))));
    return answer;
  }

  private void put(TaskPost post) {
    try {
      while (!closed && !mailbox.offer(post, 100, TimeUnit.MILLISECONDS)) {
        LOG.fine("The mailbox of tasks is full");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // ---- the loop ----

  private void run() {
    long nextTick = System.nanoTime();
    List<TaskPost> batch = new ArrayList<>(BATCH);
    while (!closed) {
      try {
        TaskPost first = mailbox.poll(nextTick - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (first != null) {
          batch.add(first);
          mailbox.drainTo(batch, BATCH - 1);
        }
        List<TaskEffect> effects = new ArrayList<>();
        for (TaskPost post : batch) {
          take(post, effects);
        }
        batch.clear();
        if (System.nanoTime() - nextTick >= 0) {
          nextTick = System.nanoTime() + TICK_NANOS;
          effects.addAll(look());
          effects.addAll(step(new TaskInput.Tick()));
          counts = dispatch.counts();
        }
        effects.addAll(fetch());
        effects.addAll(dispatch.settle());
        keep(effects);
        flush();
        news.flush(System.nanoTime());
      } catch (InterruptedException e) {
        break;
      } catch (RuntimeException e) {
        // One bad input must not end the coordinator; the core is consistent between steps.
        LOG.log(Level.SEVERE, "A step of the task coordinator failed", e);
        batch.clear();
      }
    }
  }

  private List<TaskEffect> look() {
    List<Machine> now = machines.get();
    if (now.equals(known)) {
      return List.of();
    }
    known = now;
    return step(new TaskInput.Machines(now));
  }

  private List<TaskEffect> step(TaskInput input) {
    return dispatch.step(System.nanoTime(), System.currentTimeMillis(), input);
  }

  private void take(TaskPost post, List<TaskEffect> effects) {
    switch (post) {
      case TaskPost.Input(TaskInput input) -> effects.addAll(step(input));
      case TaskPost.Request(
              Function<Long, TaskInput> input,
              CompletableFuture<TaskAnswer> answer) -> {
        long token = ++tokens;
        asked.put(token, answer);
        effects.addAll(step(input.apply(token)));
      }
      case TaskPost.Question(Consumer<Dispatch> question) -> question.accept(dispatch);
      case TaskPost.Work() -> mayHaveMore = true;
    }
  }

  /** What is in the store and not in memory: at the start what was left, later what waits. */
  private List<TaskEffect> fetch() {
    long now = System.nanoTime();
    List<TaskEffect> effects = new ArrayList<>();
    if (down != null && (!opening || now - retryAt < 0)) {
      return effects;
    }
    try {
      TaskStore store = opening ? stores.get() : stores.opened();
      if (store == null) {
        return effects;
      }
      opening = false;
      if (!adopted || now - adoptAt >= 0) {
        effects.addAll(step(new TaskInput.Adopted(store.adopt(coordinator, !adopted))));
        adopted = true;
        adoptAt = now + ADOPT_NANOS;
        mayHaveMore = true;
      }
      if (now - purgeAt >= 0) {
        // A full bite means that more is left for the next round.
        int purged = store.purge(System.currentTimeMillis() - KEPT_MILLIS);
        purgeAt = now + (purged < 10_000 ? PURGE_NANOS : ADOPT_NANOS);
      }
      int wanted = mayHaveMore ? dispatch.wanted() : 0;
      if (wanted > 0) {
        List<TaskRow> rows = store.claim(coordinator, wanted, dispatch.wantedCharacters());
        mayHaveMore = !rows.isEmpty();
        effects.addAll(step(new TaskInput.Claimed(rows)));
      }
    } catch (StoreUnavailable e) {
      isDown(e);
    }
    return effects;
  }

  private void keep(List<TaskEffect> effects) {
    mayHaveMore |= unwritten.add(effects);
  }

  private void flush() {
    if (down != null && System.nanoTime() - retryAt < 0) {
      return;
    }
    Set<String> lost = Set.of();
    if (!unwritten.isWritten()) {
      try {
        lost = unwritten.write(stores.get(), coordinator);
      } catch (StoreUnavailable e) {
        isDown(e);
        refuse(e);
        return;
      }
    } else if (down != null && !answers()) {
      return;
    }
    List<TaskRow> written = unwritten.takeRows();
    List<TaskEffect> following = unwritten.takeFollowing();
    isUp();
    for (TaskEffect effect : following) {
      carryOut(effect, lost);
    }
    for (TaskRow row : written) {
      if (!lost.contains(row.id())) {
        news.changed(row);
      }
    }
    if (!lost.isEmpty()) {
      keep(step(new TaskInput.NotOurs(List.copyOf(lost))));
    }
  }

  private void carryOut(TaskEffect effect, Set<String> lost) {
    switch (effect) {
      case TaskEffect.Send(String worker, WorkMessage.Assign(List<WorkMessage.Order> orders)) -> {
        List<WorkMessage.Order> ours =
            lost.isEmpty()
                ? orders
                : orders.stream().filter(order -> !lost.contains(order.task())).toList();
        if (!ours.isEmpty() && !sender.send(worker, new WorkMessage.Assign(ours))) {
          keep(
              step(
                  new TaskInput.Unsent(
                      worker, ours.stream().map(WorkMessage.Order::lease).toList())));
        }
      }
      // A worker repeats what was not answered, and is asked again when it returns.
      case TaskEffect.Send(String worker, WorkMessage message) -> sender.send(worker, message);
      case TaskEffect.Answer(long token, TaskAnswer answer) -> {
        CompletableFuture<TaskAnswer> who = asked.remove(token);
        if (who != null) {
          boolean notKept =
              answer instanceof TaskAnswer.Kept(TaskRow row) && lost.contains(row.id());
          who.complete(notKept ? new TaskAnswer.KeyUsed() : answer);
        }
      }
      case TaskEffect.Show(TaskRow row) -> news.changed(row);
      case TaskEffect.Write _, TaskEffect.Spill _ -> throw new AssertionError(effect);
    }
  }

  // ---- a store that cannot be written ----

  private void isDown(StoreUnavailable why) {
    retryAt = System.nanoTime() + RETRY_NANOS;
    if (down == null) {
      LOG.warning("Tasks cannot be kept: " + why.getMessage());
      keep(step(new TaskInput.StoreUp(false)));
    }
    down = why;
  }

  /** Whether the store, which could not be used, can be now; nothing waits to be written. */
  private boolean answers() {
    try {
      stores.get().release(coordinator, List.of());
      return true;
    } catch (StoreUnavailable e) {
      isDown(e);
      return false;
    }
  }

  private void isUp() {
    if (down != null) {
      down = null;
      adopted = false;
      LOG.info("Tasks can be kept again.");
      keep(step(new TaskInput.StoreUp(true)));
    }
  }

  /** Submitters get an answer at once; what was not kept is forgotten. */
  private void refuse(StoreUnavailable why) {
    Map<Long, String> forgotten = unwritten.forgetSubmissions();
    forgotten.keySet().stream()
        .map(asked::remove)
        .filter(Objects::nonNull)
        .forEach(who -> who.completeExceptionally(why));
    if (!forgotten.isEmpty()) {
      keep(step(new TaskInput.NotOurs(List.copyOf(forgotten.values()))));
    }
  }

  /** Stops the loop; whoever waits is told. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    asked.values().forEach(who -> who.cancel(false));
    stores.close();
  }
}
