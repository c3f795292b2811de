package dev.caelum.store;

import dev.caelum.task.TaskRow;
import dev.caelum.task.TaskSpec;
import dev.caelum.task.TaskState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/** The contract in SQL that every database understands; what they do differently is abstract. */
abstract class SqlStore implements TaskStore {
  private static final long WEEK_MILLIS = 7 * TaskSpec.DAY_MILLIS;

  /** Rows that a select of many fetches at once, where a database would else send all. */
  private static final int FETCH = 64;

  /** Something to do within a transaction. */
  @FunctionalInterface
  interface Work<T> {
    T run(Session session) throws SQLException, StoreUnavailable;
  }

  /** Runs {@code work} in one transaction that is durable when this returns. */
  abstract <T> T writing(Work<T> work) throws StoreUnavailable;

  /** Runs {@code work}, which only reads. */
  abstract <T> T reading(Work<T> work) throws StoreUnavailable;

  /** What a select of rows to be changed ends with, so that two never take the same. */
  abstract String locked(String table);

  /**
   * Says that {@code coordinator} lives, and who does not any more.
   *
   * @param own whether {@code coordinator} itself counts as gone
   */
  abstract Set<String> gone(Session session, String coordinator, boolean own) throws SQLException;

  /** Within a transaction after which there is something to claim. */
  abstract void tellOthers(Session session) throws SQLException;

  // ---- writing ----

  @Override
  public final Set<String> write(String coordinator, List<TaskRow> mine, List<TaskRow> free)
      throws StoreUnavailable {
    return writing(session -> {
      forgetOldKeys(session, mine);
      forgetOldKeys(session, free);
      Set<String> lost = new HashSet<>();
      writeMine(session, coordinator, mine, lost);
      boolean[] inserted = TaskSql.insert(session, free, null);
      TaskSql.chosen(free, inserted, false).forEach(row -> lost.add(row.id()));
      List<TaskRow> waiting = TaskSql.chosen(free, inserted, true);
      TaskSql.follow(session, waiting);
      if (!waiting.isEmpty()) {
        tellOthers(session);
      }
      return lost;
    });
  }

  private static void writeMine(
      Session session, String coordinator, List<TaskRow> mine, Set<String> lost)
      throws SQLException {
    List<TaskRow> likelyNew = mine.stream().filter(SqlStore::likelyNew).toList();
    List<TaskRow> likelyKnown = mine.stream().filter(row -> !likelyNew(row)).toList();
    boolean[] inserted = TaskSql.insert(session, likelyNew, coordinator);
    List<TaskRow> known = new ArrayList<>(TaskSql.chosen(likelyNew, inserted, false));
    known.addAll(likelyKnown);
    boolean[] updated = TaskSql.update(session, known, coordinator);
    // A task may have gone through several states before its first transaction.
    List<TaskRow> left =
        TaskSql.chosen(known, updated, false).stream().filter(row -> !likelyNew(row)).toList();
    boolean[] late = TaskSql.insert(session, left, coordinator);
    TaskSql.chosen(known, updated, false).forEach(row -> lost.add(row.id()));
    TaskSql.chosen(left, late, true).forEach(row -> lost.remove(row.id()));
    TaskSql.follow(session, mine.stream().filter(row -> !lost.contains(row.id())).toList());
  }

  private static boolean likelyNew(TaskRow row) {
    return row.epoch() <= 1 && (row.state() == TaskState.QUEUED || row.state() == TaskState.LEASED);
  }

  /** A key is its client's for a week, however long its task lives. */
  private static void forgetOldKeys(Session session, List<TaskRow> rows) throws SQLException {
    List<TaskRow> keyed =
        rows.stream().filter(row -> row.key() != null && row.epoch() <= 1).toList();
    if (keyed.isEmpty()) {
      return;
    }
    PreparedStatement forget =
        session.prepared("update task set idem=null where client=? and idem=? and created<=?");
    for (TaskRow row : keyed) {
      new Values(forget).text(row.client()).text(row.key()).number(row.createdAt() - WEEK_MILLIS);
      forget.addBatch();
    }
    TaskSql.run(forget, keyed.size());
  }

  @Override
  public final List<TaskRow> claim(String coordinator, int most, long characters)
      throws StoreUnavailable {
    return writing(session -> {
      PreparedStatement waiting =
          session.prepared(
              TaskSql.TASK
                  + " where t.state='queued' and t.claimed is null order by t.priority desc, t.id"
                  + " limit ?"
                  + locked("t"));
      waiting.setFetchSize(FETCH);
      new Values(waiting).number(most);
      List<TaskRow> rows = new ArrayList<>();
      long sum = 0;
      try (ResultSet found = waiting.executeQuery()) {
        while (found.next()) {
          TaskRow row = TaskSql.row(found);
          sum += row.spec().payload().length();
          if (!rows.isEmpty() && sum > characters) {
            break;
          }
          rows.add(row);
        }
      }
      give(session, rows, coordinator);
      return rows;
    });
  }

  private static void give(Session session, List<TaskRow> rows, String coordinator)
      throws SQLException {
    PreparedStatement give = session.prepared("update task set claimed=? where id=?");
    for (TaskRow row : rows) {
      new Values(give).text(coordinator).text(row.id());
      give.addBatch();
    }
    TaskSql.run(give, rows.size());
  }

  @Override
  public final List<TaskRow> adopt(String coordinator, boolean own) throws StoreUnavailable {
    return writing(session -> {
      List<TaskRow> adopted = new ArrayList<>();
      boolean released = false;
      for (String name : gone(session, coordinator, own)) {
        PreparedStatement held =
            session.prepared(
                TaskSql.TASK
                    + " where t.claimed=? and t.state in "
                    + TaskSql.HANDED_OUT
                    + " order by t.id"
                    + locked("t"));
        new Values(held).text(name);
        List<TaskRow> rows = TaskSql.rows(held);
        give(session, rows, coordinator);
        adopted.addAll(rows);
        PreparedStatement queued =
            session.prepared("update task set claimed=null where claimed=? and state='queued'");
        new Values(queued).text(name);
        released |= queued.executeUpdate() > 0;
      }
      if (released) {
        tellOthers(session);
      }
      return adopted;
    });
  }

  @Override
  public final void release(String coordinator, List<String> ids) throws StoreUnavailable {
    writing(session -> {
      PreparedStatement release =
          session.prepared(
              "update task set claimed=null where id=? and claimed=? and state='queued'");
      for (String id : ids) {
        new Values(release).text(id).text(coordinator);
        release.addBatch();
      }
      TaskSql.run(release, ids.size());
      tellOthers(session);
      return ids;
    });
  }

  @Override
  public final Optional<TaskRow> reopen(String id, long now) throws StoreUnavailable {
    return writing(session -> {
      PreparedStatement reopen =
          session.prepared(
              "update task set state='queued', failures=0, losses=0, worker=null, percent=-1,"
                  + " note='to be run again', error_code=null, error_text=null, changed=?,"
                  + " claimed=null where id=? and state in "
                  + TaskSql.OVER);
      new Values(reopen).number(now).text(id);
      if (reopen.executeUpdate() == 0) {
        return Optional.empty();
      }
      PreparedStatement result = session.prepared("delete from result where id=?");
      new Values(result).text(id);
      result.executeUpdate();
      tellOthers(session);
      return changed(session, id);
    });
  }

  @Override
  public final Optional<TaskRow> cancelUnclaimed(String id, long now) throws StoreUnavailable {
    return writing(session -> {
      PreparedStatement cancel =
          session.prepared(
              "update task set state='cancelled', error_code='cancelled', error_text='Cancelled',"
                  + " changed=? where id=? and state='queued' and claimed is null");
      new Values(cancel).number(now).text(id);
      return cancel.executeUpdate() == 0 ? Optional.empty() : changed(session, id);
    });
  }

  private static Optional<TaskRow> changed(Session session, String id) throws SQLException {
    PreparedStatement select = session.prepared(TaskSql.TASK + " where t.id=?");
    new Values(select).text(id);
    List<TaskRow> rows = TaskSql.rows(select);
    TaskSql.follow(session, rows);
    return rows.stream().findFirst();
  }

  @Override
  public final int purge(long before) throws StoreUnavailable {
    return writing(session -> {
      PreparedStatement purge =
          session.prepared(
              "delete from task where id in (select id from task where state in "
                  + TaskSql.OVER
                  + " and changed<? limit 10000)");
      new Values(purge).number(before);
      return purge.executeUpdate();
    });
  }

  // ---- reading ----

  @Override
  public final Optional<TaskRow> find(String id) throws StoreUnavailable {
    return reading(session -> {
      PreparedStatement select = session.prepared(TaskSql.TASK_AND_RESULT + " where t.id=?");
      new Values(select).text(id);
      return TaskSql.rows(select).stream().findFirst();
    });
  }

  @Override
  public final Optional<TaskRow> byKey(String client, String key) throws StoreUnavailable {
    return reading(session -> {
      PreparedStatement select =
          session.prepared(
              TaskSql.TASK_AND_RESULT + " where t.client=? and t.idem=? and t.created>?");
      new Values(select).text(client).text(key).number(System.currentTimeMillis() - WEEK_MILLIS);
      return TaskSql.rows(select).stream().findFirst();
    });
  }

  @Override
  public final List<TaskRow> list(Filter filter) throws StoreUnavailable {
    StringBuilder where = new StringBuilder(" where 1=1");
    List<String> texts = new ArrayList<>();
    if (!filter.states().isEmpty()) {
      StringJoiner marks = new StringJoiner(",", " and t.state in (", ")");
      for (TaskState state : new LinkedHashSet<>(filter.states())) {
        marks.add("?");
        texts.add(state.code());
      }
      where.append(marks);
    }
    if (filter.group() != null) {
      where.append(" and t.grp=?");
      texts.add(filter.group());
    }
    Keyed keyed = filter.keyed();
    if (keyed != null) {
      where.append(" and t.client=? and t.idem is not null and t.idem like ?");
      texts.add(keyed.client());
      texts.add("%" + keyed.end());
    }
    if (filter.before() != null) {
      where.append(" and t.id<?");
      texts.add(filter.before());
    }
    return reading(session -> {
      PreparedStatement select =
          session.prepared(TaskSql.TASK_ALONE + where + " order by t.id desc limit ?");
      Values values = new Values(select);
      for (String text : texts) {
        values.text(text);
      }
      values.number(filter.limit());
      return TaskSql.rows(select);
    });
  }

  @Override
  public final Map<TaskState, Long> counts() throws StoreUnavailable {
    return reading(session -> {
      Map<TaskState, Long> counts = new EnumMap<>(TaskState.class);
      try (ResultSet found =
          session.prepared("select state, count(*) from task group by state").executeQuery()) {
        while (found.next()) {
          counts.put(TaskState.of(found.getString(1)), found.getLong(2));
        }
      }
      return counts;
    });
  }

  @Override
  public final List<Change> history(String id) throws StoreUnavailable {
    return reading(session -> {
      PreparedStatement select =
          session.prepared(
              "select at, state, epoch, worker, code, note from change where task=? order by n"
                  + " limit 1000");
      new Values(select).text(id);
      List<Change> changes = new ArrayList<>();
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          changes.add(
              new Change(
                  found.getLong(1),
                  TaskState.of(found.getString(2)),
                  found.getLong(3),
                  TaskSql.text(found, 4),
                  TaskSql.text(found, 5),
                  TaskSql.text(found, 6)));
        }
      }
      return changes;
    });
  }
}
