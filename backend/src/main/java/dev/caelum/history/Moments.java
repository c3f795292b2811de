package dev.caelum.history;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterOutputStream;
import org.jspecify.annotations.Nullable;

/** What machines were, and until when: a row for each change. */
final class Moments {
  private Moments() {}

  /** A state that was found again. */
  record Found(long at, String body) {}

  static void write(Connection connection, long series, long at, @Nullable String body)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into moment (series, at, body) values (?, ?, ?)")) {
      insert.setLong(1, series);
      insert.setLong(2, at);
      insert.setBytes(3, body == null ? null : deflate(body));
      insert.executeUpdate();
    }
  }

  /** What a series was at that time; null when it was not there. */
  static @Nullable Found at(Connection connection, long series, long millis) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select at, body from moment where series=? and at<=?"
                + " order by at desc, id desc limit 1")) {
      select.setLong(1, series);
      select.setLong(2, millis);
      try (ResultSet row = select.executeQuery()) {
        byte[] body = row.next() ? row.getBytes(2) : null;
        return body == null ? null : new Found(row.getLong(1), inflate(body));
      }
    }
  }

  /** Deletes what was over before that time. */
  static void forget(Connection connection, long series, long millis) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "delete from moment where series=?1 and at<(select max(at) from moment"
                + " where series=?1 and at<=?2)")) {
      delete.setLong(1, series);
      delete.setLong(2, millis);
      delete.executeUpdate();
    }
  }

  /** Deletes all of a series. */
  static void forgetAll(Connection connection, long series) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from moment where series=?")) {
      delete.setLong(1, series);
      delete.executeUpdate();
    }
  }

  private static byte[] deflate(String text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static String inflate(byte[] packed) throws SQLException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    try (InflaterOutputStream out = new InflaterOutputStream(plain)) {
      out.write(packed);
    } catch (IOException e) {
      throw new SQLException("a moment that cannot be read: " + e.getMessage(), e);
    }
    return plain.toString(StandardCharsets.UTF_8);
  }
}
