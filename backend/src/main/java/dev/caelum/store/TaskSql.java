package dev.caelum.store;

import dev.caelum.task.TaskError;
import dev.caelum.task.TaskRow;
import dev.caelum.task.TaskState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How a task becomes rows of tables and is read from them; the same SQL on every database. */
final class TaskSql {
  /** {@code select} for {@link #row}: with payload, without result. */
  static final String TASK =
      "select t.id, t.grp, t.client, t.idem, t.state, t.epoch, t.failures, t.losses, t.worker,"
          + " t.percent, t.note, t.error_code, t.error_text, t.created, t.changed, b.spec,"
          + " b.payload, null as result from task t join body b on b.id=t.id";

  /** The same with the result. */
  static final String TASK_AND_RESULT =
      TASK.replace("null as result", "r.result") + " left join result r on r.id=t.id";

  /** The same with neither. */
  static final String TASK_ALONE = TASK.replace("b.payload", "'' as payload");

  static final String OVER = "('done','failed','dead','cancelled')";
  static final String HANDED_OUT = "('leased','running')";

  private static final String INSERT =
      "insert into task (id, grp, client, idem, state, priority, epoch, failures, losses, worker,"
          + " percent, note, error_code, error_text, created, changed, claimed)"
          + " values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) on conflict do nothing";

  /** The epoch is the fence: a row as it was before the last hand-out is refused. */
  private static final String UPDATE =
      "update task set state=?, epoch=?, failures=?, losses=?, worker=?, percent=?, note=?,"
          + " error_code=?, error_text=?, changed=?, claimed=? where id=? and claimed=?"
          + " and epoch<=?";

  private static final String BODY = "insert into body (id, spec, payload) values (?,?,?)";
  private static final String RESULT =
      "insert into result (id, result) values (?,?)"
          + " on conflict (id) do update set result=excluded.result";

  /** A line only when the last one says something else. */
  private static final String CHANGE =
      "insert into change (task, at, state, epoch, worker, code, note)"
          + " select ?,?,?,?,?,?,? where not exists (select 1 from change where n="
          + "(select max(n) from change where task=?) and state=? and epoch=?"
          + " and worker is not distinct from ?)";

  private TaskSql() {}

  /**
   * Inserts those of which there is none yet.
   *
   * @param coordinator has them then; null = nobody
   * @return for each whether it was inserted
   */
  static boolean[] insert(Session session, List<TaskRow> rows, @Nullable String coordinator)
      throws SQLException {
    PreparedStatement insert = session.prepared(INSERT);
    for (TaskRow row : rows) {
      TaskError error = row.error();
      Values values = new Values(insert);
      values.text(row.id()).text(row.group()).text(row.client()).text(row.key());
      values.text(row.state().code()).number(row.spec().priority()).number(row.epoch());
      values.number(row.failures()).number(row.losses()).text(row.worker());
      values.number(row.percent()).text(row.note());
      values.text(error == null ? null : error.code()).text(error == null ? null : error.text());
      values.number(row.createdAt()).number(row.changedAt());
      values.text(row.state().over() ? null : coordinator);
      insert.addBatch();
    }
    boolean[] done = run(insert, rows.size());
    PreparedStatement body = session.prepared(BODY);
    List<TaskRow> inserted = chosen(rows, done, true);
    for (TaskRow row : inserted) {
      new Values(body).text(row.id()).text(SpecJson.text(row.spec())).text(row.spec().payload());
      body.addBatch();
    }
    run(body, inserted.size());
    return done;
  }

  /**
   * Updates those that {@code coordinator} has.
   *
   * @return for each whether it was updated
   */
  static boolean[] update(Session session, List<TaskRow> rows, String coordinator)
      throws SQLException {
    PreparedStatement update = session.prepared(UPDATE);
    for (TaskRow row : rows) {
      TaskError error = row.error();
      Values values = new Values(update);
      values.text(row.state().code()).number(row.epoch());
      values.number(row.failures()).number(row.losses()).text(row.worker());
      values.number(row.percent()).text(row.note());
      values.text(error == null ? null : error.code()).text(error == null ? null : error.text());
      values.number(row.changedAt()).text(row.state().over() ? null : coordinator);
      values.text(row.id()).text(coordinator).number(row.epoch());
      update.addBatch();
    }
    return run(update, rows.size());
  }

  /** Keeps the results of rows that were written, and a line of history for each. */
  static void follow(Session session, List<TaskRow> rows) throws SQLException {
    PreparedStatement result = session.prepared(RESULT);
    List<TaskRow> results = rows.stream().filter(row -> row.result() != null).toList();
    for (TaskRow row : results) {
      new Values(result).text(row.id()).text(row.result());
      result.addBatch();
    }
    run(result, results.size());
    PreparedStatement change = session.prepared(CHANGE);
    for (TaskRow row : rows) {
      TaskError error = row.error();
      Values values = new Values(change);
      values.text(row.id()).number(row.changedAt()).text(row.state().code()).number(row.epoch());
      values.text(row.worker()).text(error == null ? null : error.code());
      values.text(error == null ? row.note() : error.text()).text(row.id());
      values.text(row.state().code()).number(row.epoch()).text(row.worker());
      change.addBatch();
    }
    run(change, rows.size());
  }

  /** Runs what was added to a batch; for each whether it changed a row. */
  static boolean[] run(PreparedStatement batch, int size) throws SQLException {
    boolean[] changed = new boolean[size];
    if (size > 0) {
      int[] counts = batch.executeBatch();
      for (int i = 0; i < size; i++) {
        changed[i] = counts[i] != 0;
      }
    }
    return changed;
  }

  static List<TaskRow> chosen(List<TaskRow> rows, boolean[] marks, boolean mark) {
    return IntStream.range(0, rows.size())
        .filter(i -> marks[i] == mark)
        .mapToObj(rows::get)
        .toList();
  }

  static List<TaskRow> rows(PreparedStatement select) throws SQLException {
    List<TaskRow> rows = new ArrayList<>();
    try (ResultSet found = select.executeQuery()) {
      while (found.next()) {
        rows.add(row(found));
      }
    }
    return rows;
  }

  static TaskRow row(ResultSet at) throws SQLException {
    String code = at.getString(12);
    return new TaskRow(
        sure(at, 1),
        text(at, 2),
        SpecJson.spec(sure(at, 16), sure(at, 17)),
        sure(at, 3),
        text(at, 4),
        TaskState.of(at.getString(5)),
        at.getLong(6),
        at.getInt(7),
        at.getInt(8),
        text(at, 9),
        at.getInt(10),
        text(at, 11),
        text(at, 18),
        code == null ? null : new TaskError(sure(at, 12), sure(at, 13)),
        at.getLong(14),
        at.getLong(15));
  }

  static @Nullable String text(ResultSet at, int column) throws SQLException {
    return StoredText.read(at.getString(column));
  }

  private static String sure(ResultSet at, int column) throws SQLException {
    return String.valueOf(text(at, column));
  }
}
