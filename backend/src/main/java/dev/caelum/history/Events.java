package dev.caelum.history;

import dev.caelum.feed.LogLine;
import dev.caelum.feed.LogLine.Category;
import dev.caelum.feed.LogLine.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The event log on disk. */
final class Events {
  /** More are not kept; about 200 bytes each. */
  static final int MOST = 500_000;

  private Events() {}

  static void write(Connection connection, LogLine line) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into event (at, level, category, text, key, interface, code)"
                + " values (?, ?, ?, ?, ?, ?, ?)")) {
      insert.setLong(1, line.time().toEpochMilli());
      insert.setString(2, line.level().name());
      insert.setString(3, line.category().name());
      insert.setString(4, line.text());
      insert.setString(5, line.key());
      insert.setString(6, line.interfaceName());
      insert.setString(7, line.code());
      insert.executeUpdate();
    }
  }

  /** The newest first. */
  static List<PastEvent> read(Connection connection, EventQuery wanted) throws SQLException {
    String sql =
        "select id, at, level, category, text, key, interface, code from event"
            + " where at>=? and at<? and id<?"
            + (wanted.levels().isEmpty() ? "" : " and level in (" + names(wanted.levels()) + ")")
            + (wanted.categories().isEmpty()
                ? ""
                : " and category in (" + names(wanted.categories()) + ")")
            + (wanted.key() == null ? "" : " and key=?")
            + (wanted.text() == null ? "" : " and instr(lower(text), lower(?))>0")
            + " order by id desc limit ?";
    List<PastEvent> found = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int at = 1;
      select.setLong(at++, wanted.from().toEpochMilli());
      select.setLong(at++, wanted.until().toEpochMilli());
      select.setLong(at++, wanted.before());
      if (wanted.key() != null) {
        select.setString(at++, wanted.key());
      }
      if (wanted.text() != null) {
        select.setString(at++, wanted.text());
      }
      select.setInt(at, wanted.limit());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(event(rows));
        }
      }
    }
    return found;
  }

  /** Names of constants have no quotes in them. */
  private static String names(Set<? extends Enum<?>> words) {
    List<String> names = words.stream().map(word -> "'" + word.name() + "'").toList();
    return String.join(",", names);
  }

  private static PastEvent event(ResultSet row) throws SQLException {
    return new PastEvent(
        row.getLong(1),
        new LogLine(
            Instant.ofEpochMilli(row.getLong(2)),
            Level.valueOf(row.getString(3)),
            Category.valueOf(row.getString(4)),
            row.getString(5),
            row.getString(6),
            row.getString(7),
            row.getString(8)));
  }

  /** Deletes those of before that time, and of the oldest what is too many. */
  static void forget(Connection connection, long millis) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "delete from event where at<? or id<=(select max(id) from event) - " + MOST)) {
      delete.setLong(1, millis);
      delete.executeUpdate();
    }
  }
}
