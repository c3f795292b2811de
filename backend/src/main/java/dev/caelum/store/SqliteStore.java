package dev.caelum.store;

import dev.caelum.task.TaskError;
import dev.caelum.task.TaskRow;
import dev.caelum.task.TaskSpec;
import dev.caelum.task.TaskState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The journal in one file of the data folder. One connection writes, one reads; {@code
 * synchronous=FULL} makes each commit durable before it returns.
 */
public final class SqliteStore implements TaskStore {
  /** The file in the data folder. */
  public static final String FILE = "journal.db";

  private static final String COLUMNS =
      "t.id, t.grp, t.client, t.idem, t.state, t.epoch, t.failures, t.losses, t.worker, t.percent,"
          + " t.note, t.error_code, t.error_text, t.created, t.changed, t.priority";
  private static final long WEEK_MILLIS = 7 * TaskSpec.DAY_MILLIS;

  private final Path file;
  private final Connection writer;
  private final Connection reader;
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock reading = new ReentrantLock();
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  private SqliteStore(Path file, Connection writer, Connection reader) {
    this.file = file;
    this.writer = writer;
    this.reader = reader;
  }

  /**
   * Opens the journal of that folder, made new when there is none.
   *
   * @throws StoreUnavailable with a sentence for people
   */
  public static SqliteStore open(Path folder) throws StoreUnavailable {
    Path file = folder.resolve(FILE);
    try {
      SQLiteDataSource source = source(file);
      Flyway.configure()
          .dataSource(source)
          .locations("classpath:db/sqlite")
          .table("schema_version")
          .load()
          .migrate();
      return new SqliteStore(file, source.getConnection(), source.getConnection());
    } catch (SQLException e) {
      throw unavailable(file, e);
    } catch (FlywayException e) {
      throw new StoreUnavailable(
          StoreUnavailable.Why.DAMAGED, file + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static SQLiteDataSource source(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(5_000);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  // ---- writing ----

  @Override
  public Set<String> write(String coordinator, List<TaskRow> mine, List<TaskRow> free)
      throws StoreUnavailable {
    return writing(() -> {
      Set<String> lost = new HashSet<>();
      for (TaskRow row : mine) {
        // A new one may have been handed out already in the batch that brought it.
        if (!update(row, coordinator) && !insert(row, coordinator)) {
          lost.add(row.id());
        }
      }
      for (TaskRow row : free) {
        if (!insert(row, null)) {
          lost.add(row.id());
        }
      }
      return lost;
    });
  }

  /** False when there is such a row. */
  private boolean insert(TaskRow row, @Nullable String coordinator) throws SQLException {
    PreparedStatement task =
        prepared(
            "insert or ignore into task (id, grp, client, idem, state, priority, epoch, failures,"
                + " losses, worker, percent, note, error_code, error_text, created, changed,"
                + " claimed) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    task.setString(1, row.id());
    task.setString(2, row.group());
    task.setString(3, row.client());
    task.setString(4, row.key());
    task.setString(5, row.state().code());
    task.setInt(6, row.spec().priority());
    task.setLong(7, row.epoch());
    task.setInt(8, row.failures());
    task.setInt(9, row.losses());
    task.setString(10, row.worker());
    task.setInt(11, row.percent());
    task.setString(12, row.note());
    TaskError error = row.error();
    task.setString(13, error == null ? null : error.code());
    task.setString(14, error == null ? null : error.text());
    task.setLong(15, row.createdAt());
    task.setLong(16, row.changedAt());
    task.setString(17, coordinator);
    if (task.executeUpdate() == 0) {
      return false;
    }
    PreparedStatement body = prepared("insert into body (id, spec, payload) values (?,?,?)");
    body.setString(1, row.id());
    body.setString(2, SpecJson.text(row.spec()));
    body.setString(3, row.spec().payload());
    body.executeUpdate();
    change(row);
    return true;
  }

  /** False when it is not this coordinator's. */
  private boolean update(TaskRow row, String coordinator) throws SQLException {
    boolean over = row.state().over();
    PreparedStatement task =
        prepared(
            "update task set state=?, epoch=?, failures=?, losses=?, worker=?, percent=?, note=?,"
                + " error_code=?, error_text=?, changed=?, claimed=? where id=? and claimed=?");
    task.setString(1, row.state().code());
    task.setLong(2, row.epoch());
    task.setInt(3, row.failures());
    task.setInt(4, row.losses());
    task.setString(5, row.worker());
    task.setInt(6, row.percent());
    task.setString(7, row.note());
    TaskError error = row.error();
    task.setString(8, error == null ? null : error.code());
    task.setString(9, error == null ? null : error.text());
    task.setLong(10, row.changedAt());
    task.setString(11, over ? null : coordinator);
    task.setString(12, row.id());
    task.setString(13, coordinator);
    if (task.executeUpdate() == 0) {
      return false;
    }
    if (row.result() != null) {
      PreparedStatement result =
          prepared("insert or replace into result (id, result) values (?,?)");
      result.setString(1, row.id());
      result.setString(2, row.result());
      result.executeUpdate();
    }
    change(row);
    return true;
  }

  private void change(TaskRow row) throws SQLException {
    TaskError error = row.error();
    change(
        row.id(),
        row.changedAt(),
        row.state(),
        row.epoch(),
        row.worker(),
        error == null ? null : error.code(),
        error == null ? row.note() : error.text());
  }

  private void change(
      String id,
      long at,
      TaskState state,
      long epoch,
      @Nullable String worker,
      @Nullable String code,
      @Nullable String note)
      throws SQLException {
    PreparedStatement change =
        prepared(
            "insert into change (task, at, state, epoch, worker, code, note)"
                + " values (?,?,?,?,?,?,?)");
    change.setString(1, id);
    change.setLong(2, at);
    change.setString(3, state.code());
    change.setLong(4, epoch);
    change.setString(5, worker);
    change.setString(6, code);
    change.setString(7, note);
    change.executeUpdate();
  }

  @Override
  public List<TaskRow> claim(String coordinator, int most, long characters)
      throws StoreUnavailable {
    return writing(() -> {
      List<TaskRow> rows = new ArrayList<>();
      long sum = 0;
      PreparedStatement waiting =
          prepared(
              "select "
                  + COLUMNS
                  + ", b.spec, b.payload, null from task t join body b on b.id=t.id"
                  + " where t.state='queued' and t.claimed is null order by t.priority desc, t.id"
                  + " limit ?");
      waiting.setInt(1, most);
      try (ResultSet found = waiting.executeQuery()) {
        while (found.next()) {
          TaskRow row = row(found);
          sum += row.spec().payload().length();
          if (!rows.isEmpty() && sum > characters) {
            break;
          }
          rows.add(row);
        }
      }
      PreparedStatement claim = prepared("update task set claimed=? where id=?");
      for (TaskRow row : rows) {
        claim.setString(1, coordinator);
        claim.setString(2, row.id());
        claim.executeUpdate();
      }
      return rows;
    });
  }

  /** The file is one node's: nobody else can have had anything. */
  @Override
  public List<TaskRow> adopt(String coordinator, boolean own) throws StoreUnavailable {
    if (!own) {
      return List.of();
    }
    return writing(() -> {
      prepared("update task set claimed=null where state='queued' and claimed is not null")
          .executeUpdate();
      PreparedStatement held =
          prepared("update task set claimed=? where state in ('leased','running')");
      held.setString(1, coordinator);
      held.executeUpdate();
      PreparedStatement select =
          prepared(
              "select "
                  + COLUMNS
                  + ", b.spec, b.payload, null from task t join body b on b.id=t.id"
                  + " where t.claimed=?");
      select.setString(1, coordinator);
      return rows(select);
    });
  }

  @Override
  public void release(String coordinator, List<String> ids) throws StoreUnavailable {
    writing(() -> {
      PreparedStatement release =
          prepared("update task set claimed=null where id=? and claimed=? and state='queued'");
      for (String id : ids) {
        release.setString(1, id);
        release.setString(2, coordinator);
        release.executeUpdate();
      }
      return ids;
    });
  }

  @Override
  public Optional<TaskRow> reopen(String id, long now) throws StoreUnavailable {
    return writing(() -> {
      PreparedStatement reopen =
          prepared(
              "update task set state='queued', failures=0, losses=0, percent=-1, note=null,"
                  + " error_code=null, error_text=null, changed=?, claimed=null where id=? and"
                  + " state in ('done','failed','dead','cancelled')");
      reopen.setLong(1, now);
      reopen.setString(2, id);
      if (reopen.executeUpdate() == 0) {
        return Optional.empty();
      }
      PreparedStatement result = prepared("delete from result where id=?");
      result.setString(1, id);
      result.executeUpdate();
      Optional<TaskRow> row = one(id);
      if (row.isPresent()) {
        TaskRow now1 = row.get();
        change(id, now, TaskState.QUEUED, now1.epoch(), null, null, "to be run again");
      }
      return row;
    });
  }

  @Override
  public Optional<TaskRow> cancelUnclaimed(String id, long now) throws StoreUnavailable {
    return writing(() -> {
      PreparedStatement cancel =
          prepared(
              "update task set state='cancelled', error_code='cancelled', error_text='Cancelled',"
                  + " changed=? where id=? and state='queued' and claimed is null");
      cancel.setLong(1, now);
      cancel.setString(2, id);
      if (cancel.executeUpdate() == 0) {
        return Optional.empty();
      }
      Optional<TaskRow> row = one(id);
      if (row.isPresent()) {
        change(row.get());
      }
      return row;
    });
  }

  private Optional<TaskRow> one(String id) throws SQLException {
    PreparedStatement select =
        prepared(
            "select "
                + COLUMNS
                + ", b.spec, b.payload, null from task t join body b on b.id=t.id"
                + " where t.id=?");
    select.setString(1, id);
    return rows(select).stream().findFirst();
  }

  @Override
  public int purge(long before) throws StoreUnavailable {
    return writing(() -> {
      PreparedStatement purge =
          prepared(
              "delete from task where n in (select n from task where state in"
                  + " ('done','failed','dead','cancelled') and changed<? limit 10000)");
      purge.setLong(1, before);
      return purge.executeUpdate();
    });
  }

  // ---- reading ----

  @Override
  public Optional<TaskRow> find(String id) throws StoreUnavailable {
    return reading(
        "select "
            + COLUMNS
            + ", b.spec, b.payload, r.result from task t join body b on b.id=t.id"
            + " left join result r on r.id=t.id where t.id=?",
        select -> {
          select.setString(1, id);
          return rows(select).stream().findFirst();
        });
  }

  @Override
  public Optional<TaskRow> byKey(String client, String key) throws StoreUnavailable {
    return reading(
        "select "
            + COLUMNS
            + ", b.spec, b.payload, r.result from task t join body b on b.id=t.id"
            + " left join result r on r.id=t.id where t.client=? and t.idem=? and t.created>?",
        select -> {
          select.setString(1, client);
          select.setString(2, key);
          select.setLong(3, System.currentTimeMillis() - WEEK_MILLIS);
          return rows(select).stream().findFirst();
        });
  }

  @Override
  public List<TaskRow> list(Filter filter) throws StoreUnavailable {
    StringBuilder where = new StringBuilder(" where 1=1");
    List<String> values = new ArrayList<>();
    if (!filter.states().isEmpty()) {
      StringJoiner marks = new StringJoiner(",", " and t.state in (", ")");
      filter
          .states()
          .forEach(state -> {
            marks.add("?");
            values.add(state.code());
          });
      where.append(marks);
    }
    if (filter.group() != null) {
      where.append(" and t.grp=?");
      values.add(filter.group());
    }
    if (filter.before() != null) {
      where.append(" and t.id<?");
      values.add(filter.before());
    }
    return reading(
        "select "
            + COLUMNS
            + ", b.spec, '', null from task t join body b on b.id=t.id"
            + where
            + " order by t.id desc limit ?",
        select -> {
          for (int i = 0; i < values.size(); i++) {
            select.setString(i + 1, values.get(i));
          }
          select.setInt(values.size() + 1, filter.limit());
          return rows(select);
        });
  }

  @Override
  public Map<TaskState, Long> counts() throws StoreUnavailable {
    return reading(
        "select state, count(*) from task group by state",
        select -> {
          Map<TaskState, Long> counts = new EnumMap<>(TaskState.class);
          try (ResultSet found = select.executeQuery()) {
            while (found.next()) {
              counts.put(TaskState.of(found.getString(1)), found.getLong(2));
            }
          }
          return counts;
        });
  }

  @Override
  public List<Change> history(String id) throws StoreUnavailable {
    return reading(
        "select at, state, epoch, worker, code, note from change where task=? order by n limit 1000",
        select -> {
          select.setString(1, id);
          List<Change> changes = new ArrayList<>();
          try (ResultSet found = select.executeQuery()) {
            while (found.next()) {
              changes.add(
                  new Change(
                      found.getLong(1),
                      TaskState.of(found.getString(2)),
                      found.getLong(3),
                      found.getString(4),
                      found.getString(5),
                      found.getString(6)));
            }
          }
          return changes;
        });
  }

  private static List<TaskRow> rows(PreparedStatement select) throws SQLException {
    List<TaskRow> rows = new ArrayList<>();
    try (ResultSet found = select.executeQuery()) {
      while (found.next()) {
        rows.add(row(found));
      }
    }
    return rows;
  }

  private static TaskRow row(ResultSet at) throws SQLException {
    String code = at.getString(12);
    return new TaskRow(
        at.getString(1),
        at.getString(2),
        SpecJson.spec(at.getString(17), at.getString(18)),
        at.getString(3),
        at.getString(4),
        TaskState.of(at.getString(5)),
        at.getLong(6),
        at.getInt(7),
        at.getInt(8),
        at.getString(9),
        at.getInt(10),
        at.getString(11),
        at.getString(19),
        code == null ? null : new TaskError(code, at.getString(13)),
        at.getLong(14),
        at.getLong(15));
  }

  // ---- connections ----

  private interface Work<T> {
    T run() throws SQLException;
  }

  private interface Query<T> {
    T run(PreparedStatement select) throws SQLException;
  }

  private <T> T writing(Work<T> work) throws StoreUnavailable {
    writing.lock();
    try (Statement control = writer.createStatement()) {
      control.execute("begin immediate");
      boolean done = false;
      try {
        T result = work.run();
        control.execute("commit");
        done = true;
        return result;
      } finally {
        if (!done) {
          control.execute("rollback");
        }
      }
    } catch (SQLException e) {
      throw unavailable(file, e);
    } finally {
      writing.unlock();
    }
  }

  private <T> T reading(String sql, Query<T> query) throws StoreUnavailable {
    reading.lock();
    try (PreparedStatement select = reader.prepareStatement(sql)) {
      return query.run(select);
    } catch (SQLException e) {
      throw unavailable(file, e);
    } finally {
      reading.unlock();
    }
  }

  /** Kept for the life of the writer's connection: parsing SQL costs more than running it. */
  private PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement known = prepared.get(sql);
    if (known == null) {
      known = writer.prepareStatement(sql);
      prepared.put(sql, known);
    }
    return known;
  }

  private static StoreUnavailable unavailable(Path file, SQLException e) {
    SQLiteErrorCode code =
        e instanceof SQLiteException sqlite
            ? sqlite.getResultCode()
            : SQLiteErrorCode.UNKNOWN_ERROR;
    return switch (code) {
      case SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC ->
          new StoreUnavailable(
              StoreUnavailable.Why.FULL,
              "The disk of " + file + " is full: make room there; tasks go on by themselves then.",
              e);
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
          new StoreUnavailable(
              StoreUnavailable.Why.DAMAGED,
              file + " is damaged: stop the node and restore a backup.",
              e);
      default ->
          new StoreUnavailable(
              StoreUnavailable.Why.AWAY, file + " cannot be used now: " + e.getMessage(), e);
    };
  }

  @Override
  public String describe() {
    return "SQLite in " + file;
  }

  @Override
  public void close() {
    writing.lock();
    reading.lock();
    try {
      writer.close();
      reader.close();
    } catch (SQLException e) {
      // Whatever was committed is on the disk; the next start finds it.
      java.util.logging.Logger.getLogger(SqliteStore.class.getName())
          .fine("The journal was not closed in order: " + e.getMessage());
    } finally {
      reading.unlock();
      writing.unlock();
    }
  }
}
