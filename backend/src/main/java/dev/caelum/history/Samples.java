package dev.caelum.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;

/**
 * The numbers on disk. Those of the running hour are rows, one a series and 15 s; those of earlier
 * hours are chunks. A slot is the number of 15-second steps since 1970.
 */
final class Samples {
  private static final Logger LOG = Logger.getLogger(Samples.class.getName());

  private Samples() {}

  /** Takes the numbers of some slots of one series. */
  interface Sink {
    /**
     * Takes one.
     *
     * @param values of each column, {@link Chunk#MISSING} where there is none; not to be kept
     */
    void accept(long slot, long[] values);
  }

  static void write(Connection connection, long series, long slot, long[] values)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert or replace into hot (series, slot, c0, c1, c2, c3, c4, c5, c6)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setLong(1, series);
      insert.setLong(2, slot);
      for (int i = 0; i < Metric.COLUMNS; i++) {
        if (values[i] == Chunk.MISSING) {
          insert.setNull(3 + i, java.sql.Types.INTEGER);
        } else {
          insert.setLong(3 + i, values[i]);
        }
      }
      insert.executeUpdate();
    }
  }

  /** What is known of a series from one slot to before another; the hours in their order. */
  static void read(Connection connection, long series, long from, long until, Sink sink)
      throws SQLException {
    List<Hour> hours = chunks(connection, series, from / Chunk.SLOTS, (until - 1) / Chunk.SLOTS);
    hours.addAll(hot(connection, series, from, until));
    hours.sort((a, b) -> Long.compare(a.hour, b.hour));
    long[] values = new long[Metric.COLUMNS];
    for (Hour hour : hours) {
      for (int i = 0; i < Chunk.SLOTS; i++) {
        long slot = hour.hour * Chunk.SLOTS + i;
        if (slot >= from && slot < until && hour.at(i, values)) {
          sink.accept(slot, values);
        }
      }
    }
  }

  private static final class Hour {
    private final long hour;
    private final long[][] columns;

    Hour(long hour, long[][] columns) {
      this.hour = hour;
      this.columns = columns;
    }

    /** Whether any number is there. */
    boolean at(int slot, long[] values) {
      boolean any = false;
      for (int i = 0; i < values.length; i++) {
        values[i] = i < columns.length ? columns[i][slot] : Chunk.MISSING;
        any |= values[i] != Chunk.MISSING;
      }
      return any;
    }
  }

  private static List<Hour> chunks(Connection connection, long series, long first, long last)
      throws SQLException {
    List<Hour> hours = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement("select id, data from chunk where id between ? and ?")) {
      select.setLong(1, id(series, first));
      select.setLong(2, id(series, last));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          try {
            hours.add(new Hour(rows.getLong(1) & 0xffff_ffffL, Chunk.unpack(rows.getBytes(2))));
          } catch (IllegalArgumentException e) {
            LOG.warning("An hour of the past cannot be read, and stays a gap: " + e.getMessage());
          }
        }
      }
    }
    return hours;
  }

  private static List<Hour> hot(Connection connection, long series, long from, long until)
      throws SQLException {
    List<Hour> hours = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select slot, c0, c1, c2, c3, c4, c5, c6 from hot where series=? and slot>=? and slot<?"
                + " order by slot")) {
      select.setLong(1, series);
      select.setLong(2, from);
      select.setLong(3, until);
      try (ResultSet rows = select.executeQuery()) {
        collect(rows, hours);
      }
    }
    return hours;
  }

  private static void collect(ResultSet rows, List<Hour> hours) throws SQLException {
    while (rows.next()) {
      long slot = rows.getLong(1);
      long hour = slot / Chunk.SLOTS;
      if (hours.isEmpty() || hours.getLast().hour != hour) {
        hours.add(new Hour(hour, Chunk.empty(Metric.COLUMNS)));
      }
      long[][] columns = hours.getLast().columns;
      for (int i = 0; i < Metric.COLUMNS; i++) {
        long value = rows.getLong(2 + i);
        columns[i][(int) (slot % Chunk.SLOTS)] = rows.wasNull() ? Chunk.MISSING : value;
      }
    }
  }

  /**
   * Packs the rows of one series that are older than an hour.
   *
   * @return whether there was a series to pack
   */
  static boolean packNext(Connection connection, long hour) throws SQLException {
    long series;
    try (PreparedStatement first =
        connection.prepareStatement("select series from hot where slot<? limit 1")) {
      first.setLong(1, hour * Chunk.SLOTS);
      try (ResultSet row = first.executeQuery()) {
        if (!row.next()) {
          return false;
        }
        series = row.getLong(1);
      }
    }
    for (Hour each : hot(connection, series, 0, hour * Chunk.SLOTS)) {
      chunk(connection, series, each);
    }
    try (PreparedStatement packed =
        connection.prepareStatement("delete from hot where series=? and slot<?")) {
      packed.setLong(1, series);
      packed.setLong(2, hour * Chunk.SLOTS);
      packed.executeUpdate();
    }
    return true;
  }

  /** A clock that was set back brings an hour twice: what came last counts. */
  private static void chunk(Connection connection, long series, Hour hour) throws SQLException {
    for (Hour before : chunks(connection, series, hour.hour, hour.hour)) {
      for (int i = 0; i < Math.min(before.columns.length, hour.columns.length); i++) {
        for (int slot = 0; slot < Chunk.SLOTS; slot++) {
          if (hour.columns[i][slot] == Chunk.MISSING) {
            hour.columns[i][slot] = before.columns[i][slot];
          }
        }
      }
    }
    try (PreparedStatement insert =
        connection.prepareStatement("insert or replace into chunk (id, data) values (?, ?)")) {
      insert.setLong(1, id(series, hour.hour));
      insert.setBytes(2, Chunk.pack(hour.columns));
      insert.executeUpdate();
    }
  }

  /** Deletes the chunks of a series before an hour. */
  static void forget(Connection connection, long series, long hour) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from chunk where id>=? and id<?")) {
      delete.setLong(1, id(series, 0));
      delete.setLong(2, id(series, hour));
      delete.executeUpdate();
    }
  }

  private static long id(long series, long hour) {
    return (series << 32) | hour;
  }
}
