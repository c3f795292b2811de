package dev.caelum.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Whose past is kept: the series of the file, with their numbers. */
final class Names {
  /** Beyond so many machines no new one is recorded; they leave when their past is over. */
  static final int MOST = 5_000;

  private static final String COLUMNS = "select id, name, hostname, first, last from series";

  private Names() {}

  /**
   * One series.
   *
   * @param first when it was recorded first, in seconds since 1970
   * @param last when it was recorded last
   */
  record Entry(long id, String name, String hostname, long first, long last) {}

  /** The number of a series, given now when it is new; empty when there are too many. */
  static OptionalLong number(Connection connection, String name, String hostname, long seconds)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update series set hostname=?, last=max(last, ?) where name=? returning id")) {
      update.setString(1, hostname);
      update.setLong(2, seconds);
      update.setString(3, name);
      try (ResultSet row = update.executeQuery()) {
        if (row.next()) {
          return OptionalLong.of(row.getLong(1));
        }
      }
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into series (name, hostname, first, last) select ?, ?, ?, ?"
                + " where (select count(*) from series) < "
                + MOST
                + " returning id")) {
      insert.setString(1, name);
      insert.setString(2, hostname);
      insert.setLong(3, seconds);
      insert.setLong(4, seconds);
      try (ResultSet row = insert.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  /** One series; empty when nothing of it was recorded. */
  static Optional<Entry> find(Connection connection, String name) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(COLUMNS + " where name=?")) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(entry(row)) : Optional.empty();
      }
    }
  }

  /** All series. */
  static List<Entry> all(Connection connection) throws SQLException {
    List<Entry> all = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(COLUMNS + " order by hostname, name");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        all.add(entry(rows));
      }
    }
    return all;
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getLong(1), row.getString(2), row.getString(3), row.getLong(4), row.getLong(5));
  }

  static void forget(Connection connection, long id) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement("delete from series where id=?")) {
      delete.setLong(1, id);
      delete.executeUpdate();
    }
  }
}
