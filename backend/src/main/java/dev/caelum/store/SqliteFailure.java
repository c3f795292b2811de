package dev.caelum.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's errors mean to the people who run a node. */
public final class SqliteFailure {
  private SqliteFailure() {}

  public static StoreUnavailable of(Path file, SQLException e) {
    return switch (why(e)) {
      case FULL ->
          new StoreUnavailable(
              StoreUnavailable.Why.FULL,
              "The disk of " + file + " is full: make room there; tasks go on by themselves then.",
              e);
      case DAMAGED -> SqliteFile.damaged(file, String.valueOf(e.getMessage()), e);
      case AWAY, NEWER ->
          new StoreUnavailable(
              StoreUnavailable.Why.AWAY, file + " cannot be used now: " + e.getMessage(), e);
    };
  }

  public static StoreUnavailable.Why why(SQLException e) {
    SQLiteErrorCode code =
        e instanceof SQLiteException sqlite
            ? sqlite.getResultCode()
            : SQLiteErrorCode.UNKNOWN_ERROR;
    // The low byte is the error, the others say more about it.
    return switch (code.code & 0xff) {
      case 13 -> StoreUnavailable.Why.FULL; // SQLITE_FULL
      case 10 -> ioError(code); // SQLITE_IOERR
      case 11, 26 -> StoreUnavailable.Why.DAMAGED; // SQLITE_CORRUPT, SQLITE_NOTADB
      default -> StoreUnavailable.Why.AWAY;
    };
  }

  private static StoreUnavailable.Why ioError(SQLiteErrorCode code) {
    return switch (code) {
      case SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_SHMSIZE ->
          StoreUnavailable.Why.FULL;
      case SQLITE_IOERR_SHORT_READ -> StoreUnavailable.Why.DAMAGED;
      default -> StoreUnavailable.Why.AWAY;
    };
  }
}
