package dev.caelum.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Copies the tables of tasks from one database to another; both have the same columns. What the
 * target has already stays as it is there.
 */
final class TableCopy {
  private static final int BATCH = 500;

  private static final Table TASK =
      new Table(
          "task",
          List.of(
              "id",
              "client",
              "idem",
              "grp",
              "state",
              "worker",
              "note",
              "error_code",
              "error_text",
              "claimed"),
          List.of("priority", "epoch", "failures", "losses", "percent", "created", "changed"),
          "id");

  private static final List<Table> OF_TASKS =
      List.of(
          new Table("body", List.of("id", "spec", "payload"), List.of(), "id"),
          new Table("result", List.of("id", "result"), List.of(), "id"),
          new Table(
              "change",
              List.of("task", "state", "worker", "code", "note"),
              List.of("at", "epoch"),
              "n"));

  private final Session source;
  private final Session target;
  private final LongConsumer progress;
  private final Set<String> known = new HashSet<>();
  private long copied;

  /**
   * @param progress is told how many tasks were read so far
   */
  TableCopy(Session source, Session target, LongConsumer progress) {
    this.source = source;
    this.target = target;
    this.progress = progress;
  }

  /** Columns of a table; the first one is the task's id. */
  private record Table(String name, List<String> texts, List<String> numbers, String order) {
    private List<String> columns() {
      List<String> columns = new ArrayList<>(texts);
      columns.addAll(numbers);
      return columns;
    }

    String select() {
      return "select %s from %s order by %s".formatted(String.join(",", columns()), name, order);
    }

    String insert() {
      return "insert into %s (%s) values (%s) on conflict do nothing"
          .formatted(
              name,
              String.join(",", columns()),
              String.join(",", Collections.nCopies(columns().size(), "?")));
    }
  }

  /** Copies everything. */
  void run() throws SQLException {
    copy(TASK);
    for (Table table : OF_TASKS) {
      copy(table);
    }
  }

  /** Tasks that the target had not. */
  long copied() {
    return copied;
  }

  /** Tasks that it had. */
  long known() {
    return known.size();
  }

  private void copy(Table table) throws SQLException {
    PreparedStatement insert = target.prepared(table.insert());
    List<String> ids = new ArrayList<>(BATCH);
    try (PreparedStatement select = source.connection().prepareStatement(table.select())) {
      select.setFetchSize(BATCH);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          String id = row.getString(1);
          if (!known.contains(id)) {
            add(table, row, insert);
            ids.add(id);
          }
          if (ids.size() == BATCH) {
            insert(table, insert, ids);
          }
        }
      }
    }
    insert(table, insert, ids);
  }

  private void add(Table table, ResultSet row, PreparedStatement insert) throws SQLException {
    int column = 0;
    for (String name : table.texts()) {
      column++;
      boolean other = name.equals("idem") && usedAlready(row);
      // Texts are taken as they are stored.
      insert.setString(column, other ? null : row.getString(column));
    }
    for (int i = 0; i < table.numbers().size(); i++) {
      column++;
      insert.setLong(column, row.getLong(column));
    }
    insert.addBatch();
  }

  /** Whether the client used the key for another task there; the one there keeps it. */
  private boolean usedAlready(ResultSet task) throws SQLException {
    if (task.getString(3) == null) {
      return false;
    }
    PreparedStatement same =
        target.prepared("select id from task where client=? and idem=? and id<>?");
    same.setString(1, task.getString(2));
    same.setString(2, task.getString(3));
    same.setString(3, task.getString(1));
    try (ResultSet found = same.executeQuery()) {
      return found.next();
    }
  }

  private void insert(Table table, PreparedStatement insert, List<String> ids) throws SQLException {
    boolean[] done = TaskSql.run(insert, ids.size());
    if (table.equals(TASK)) {
      for (int i = 0; i < done.length; i++) {
        if (done[i]) {
          copied++;
        } else {
          known.add(ids.get(i));
        }
      }
      progress.accept(copied + known.size());
    }
    ids.clear();
  }
}
