package dev.caelum.store;

import dev.caelum.task.TaskRow;
import dev.caelum.task.TaskState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The journal of tasks. What a method has written survives {@code kill -9} and loss of power when
 * it returns. Any thread may call; all writes are one transaction after the other.
 *
 * <p>Several coordinators may share a store. A task belongs to the one that claimed it, and only
 * that one writes it; a coordinator that is gone loses its claims to whoever calls {@link #adopt}.
 */
public interface TaskStore extends AutoCloseable {
  /**
   * Writes rows in one transaction. A line of the task's history is added for each change of state,
   * epoch or worker. A row that is over is released. A row is refused when a later epoch of it was
   * written.
   *
   * @param mine new rows, which {@code coordinator} then has, and rows that it has
   * @param free new rows that nobody has yet
   * @return the ids that were not written, since they are another coordinator's by now, or since
   *     their client used the key for another task
   * @throws StoreUnavailable nothing was written; when a server went away at that moment, perhaps
   *     all of it was, and the same rows may be written once more
   */
  Set<String> write(String coordinator, List<TaskRow> mine, List<TaskRow> free)
      throws StoreUnavailable;

  /**
   * Claims tasks that nobody has: queued ones by priority, then age.
   *
   * @param most rows, 1 and more
   * @param characters of payload at which it stops; one row always fits
   */
  List<TaskRow> claim(String coordinator, int most, long characters) throws StoreUnavailable;

  /**
   * Takes over what those had who are gone; a shared store hands it out once.
   *
   * @param own whether to take what {@code coordinator} itself had, too: at its start, and after
   *     the store was away
   * @return leased and running rows, now this coordinator's; queued ones are released for {@link
   *     #claim}
   */
  List<TaskRow> adopt(String coordinator, boolean own) throws StoreUnavailable;

  /** Gives back queued rows that were claimed and not handed out. */
  void release(String coordinator, List<String> ids) throws StoreUnavailable;

  /**
   * Puts a task that is over back to the queue with its attempts and its result forgotten;
   * unclaimed. Its epoch stays, so that no late result of before counts.
   *
   * @return the row as it is then; empty when there is none or when it is not over
   */
  Optional<TaskRow> reopen(String id, long now) throws StoreUnavailable;

  /**
   * Ends a queued task that nobody has claimed.
   *
   * @return the row as it is then; empty when there is none, it is claimed, or it is over
   */
  Optional<TaskRow> cancelUnclaimed(String id, long now) throws StoreUnavailable;

  Optional<TaskRow> find(String id) throws StoreUnavailable;

  /** What {@code client} submitted with that key within the last seven days. */
  Optional<TaskRow> byKey(String client, String key) throws StoreUnavailable;

  /** Newest first; payload and result are left out (empty text, null). */
  List<TaskRow> list(Filter filter) throws StoreUnavailable;

  /**
   * Which tasks are wanted.
   *
   * @param states empty = all
   * @param group null = all
   * @param keyed only those of that client whose keys end so; null = all
   * @param before only ids less than this one: where a page goes on; null = from the newest
   * @param limit 1 to 1,000
   */
  record Filter(
      Set<TaskState> states,
      @Nullable String group,
      @Nullable Keyed keyed,
      @Nullable String before,
      int limit) {
    public Filter {
      states = Set.copyOf(states);
    }

    public Filter(
        Set<TaskState> states, @Nullable String group, @Nullable String before, int limit) {
      this(states, group, null, before, limit);
    }

    /** All of a group. */
    public static Filter group(String group, int limit) {
      return new Filter(Set.of(), group, null, null, limit);
    }

    /** Those of a client whose keys end so. */
    public static Filter keyed(String client, String end, int limit) {
      return new Filter(Set.of(), null, new Keyed(client, end), null, limit);
    }
  }

  /**
   * Tasks that were submitted with a key.
   *
   * @param end letters, digits and spaces
   */
  record Keyed(String client, String end) {}

  Map<TaskState, Long> counts() throws StoreUnavailable;

  /** What happened to a task, oldest first, at most 1,000 lines. */
  List<Change> history(String id) throws StoreUnavailable;

  /**
   * One change of a task.
   *
   * @param at milliseconds since 1970
   */
  record Change(
      long at,
      TaskState state,
      long epoch,
      @Nullable String worker,
      @Nullable String errorCode,
      @Nullable String text) {}

  /**
   * Removes tasks that were over before that time.
   *
   * @return how many, at most 10,000 a call
   */
  int purge(long before) throws StoreUnavailable;

  /**
   * Bytes that can still be written where this is; {@code Long.MAX_VALUE} when that is not known.
   */
  default long roomLeft() {
    return Long.MAX_VALUE;
  }

  /** What people must know about this store, for status and page: what was lost, for example. */
  default List<String> notices() {
    return List.of();
  }

  /** One line on where this is, for people; without a password. */
  String describe();

  @Override
  void close();
}
