package dev.caelum.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** When this node recorded; what lies between is not known. */
final class Runs {
  private Runs() {}

  /**
   * One run.
   *
   * @param began in seconds since 1970
   * @param ended when it recorded last
   */
  record Run(long began, long ended) {}

  static void write(Connection connection, long began, long ended) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into run (began, ended) values (?, ?)"
                + " on conflict (began) do update set ended=max(ended, excluded.ended)")) {
      insert.setLong(1, began);
      insert.setLong(2, ended);
      insert.executeUpdate();
    }
  }

  /** Those that reach into a time, in their order. */
  static List<Run> read(Connection connection, long from, long until) throws SQLException {
    List<Run> runs = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select began, ended from run where ended>=? and began<? order by began")) {
      select.setLong(1, from);
      select.setLong(2, until);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          runs.add(new Run(rows.getLong(1), rows.getLong(2)));
        }
      }
    }
    return runs;
  }

  static void forget(Connection connection, long seconds) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement("delete from run where ended<?")) {
      delete.setLong(1, seconds);
      delete.executeUpdate();
    }
  }
}
