package dev.caelum.coordinator;

import dev.caelum.store.StoreUnavailable;
import dev.caelum.store.TaskStore;
import dev.caelum.task.TaskState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Whether new tasks are taken on now, by what waits already and what room is left. */
public final class Admission {
  private final TaskLoop loop;
  private final LazyStore stores;
  private final Limits limits;
  private final AtomicLong open = new AtomicLong(-1);

  /**
   * Beyond these, new tasks are refused.
   *
   * @param waiting tasks that may wait until some have ended
   * @param roomBytes that must be free where tasks are kept, so that those that are there can end
   */
  public record Limits(long waiting, long roomBytes) {
    /** 200,000 tasks may wait. */
    public static Limits keeping(long roomBytes) {
      return new Limits(200_000, roomBytes);
    }
  }

  public Admission(TaskLoop loop, LazyStore stores, Limits limits) {
    this.loop = loop;
    this.stores = stores;
    this.limits = limits;
  }

  /**
   * The store, when it can be written and has room for new tasks beside the results of the old.
   *
   * @throws StoreUnavailable with a sentence for people
   */
  TaskStore store() throws StoreUnavailable {
    StoreUnavailable down = loop.down();
    if (down != null) {
      throw down;
    }
    TaskStore store = stores.get();
    String shortage = shortage(store);
    if (shortage != null) {
      throw new StoreUnavailable(StoreUnavailable.Why.FULL, shortage, null);
    }
    return store;
  }

  private @Nullable String shortage(TaskStore store) {
    long left = store.roomLeft();
    return left >= limits.roomBytes()
        ? null
        : "New tasks are refused while less than %d MB are free for %s; %d MB are."
            .formatted(limits.roomBytes() / 1_000_000, store.describe(), left / 1_000_000);
  }

  /** How many would wait with {@code more}, when those are too many; empty otherwise. */
  Optional<Long> tooMany(TaskStore store, int more) throws StoreUnavailable {
    long known = open.get();
    if (known < 0 || known + more > limits.waiting()) {
      // It was counted up only: many have ended since.
      known = store.counts().getOrDefault(TaskState.QUEUED, 0L);
      open.set(known);
    }
    long waiting = open.addAndGet(more);
    return waiting > limits.waiting() ? Optional.of(waiting - more) : Optional.empty();
  }

  /** Why new tasks are refused now, in a sentence; empty while they are taken. Opens nothing. */
  public Optional<String> refusal() {
    StoreUnavailable down = loop.down();
    TaskStore store = stores.opened();
    if (store != null) {
      String shortage = shortage(store);
      if (shortage != null) {
        return Optional.of(shortage);
      }
    }
    return down == null
        ? Optional.empty()
        : Optional.of("Tasks cannot be kept: " + down.getMessage());
  }

  /** What people must know of the store: what was lost when it was opened, for example. */
  public List<String> notices() {
    TaskStore store = stores.opened();
    return store == null ? List.of() : store.notices();
  }
}
