package dev.caelum.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Logger;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Opens the journal's file; a damaged one is kept aside, and the last good backup used instead. */
final class SqliteFile {
  private static final Logger LOG = Logger.getLogger(SqliteFile.class.getName());
  private static final String SCRIPTS = "db/sqlite";
  private static final int BUSY_MILLIS = 5_000;

  /** To this much the log of changes is cut when it has grown. */
  static final int WAL_BYTES = 16 << 20;

  /** After so many pages of changes they are moved into the journal beside the writing: 4 MB. */
  static final int WAL_PAGES = 1_000;

  /** After so many a commit moves them itself, since nobody else does: 64 MB. */
  private static final int MOST_WAL_PAGES = 16_000;

  /** How thoroughly a file is read. */
  enum Depth {
    /** All but the order of the indexes; about as fast as the disk. */
    QUICK("pragma quick_check(1)"),
    /** Everything. */
    FULL("pragma integrity_check(1)");

    private final String sql;

    Depth(String sql) {
      this.sql = sql;
    }
  }

  private SqliteFile() {}

  /**
   * Opens the journal of that folder, made new when there is none. It is checked when it was not
   * closed in order.
   */
  static SqliteStore open(Path folder) throws StoreUnavailable {
    JournalFiles files = new JournalFiles(folder);
    Path journal = files.journal();
    try {
      NativeCode.unpackInto(folder);
      files.create();
      return open(files, folder, null);
    } catch (IOException e) {
      throw new StoreUnavailable(
          StoreUnavailable.Why.AWAY, journal + " cannot be used now: " + e, e);
    }
  }

  private static SqliteStore open(JournalFiles files, Path folder, @Nullable String lost)
      throws StoreUnavailable, IOException {
    try {
      checkAsNeeded(files);
      SQLiteDataSource source = source(files.journal());
      try {
        Schema.migrate(source, SCRIPTS, files.journal().toString());
        return new SqliteStore(
            files,
            folder,
            source.getConnection(),
            source.getConnection(),
            source.getConnection(),
            lost);
      } catch (SQLException e) {
        throw SqliteFailure.of(files.journal(), e);
      } catch (FlywayException e) {
        throw of(files.journal(), e);
      }
    } catch (StoreUnavailable e) {
      if (e.why() != StoreUnavailable.Why.DAMAGED || lost != null) {
        throw e;
      }
      return open(files, folder, recover(files, String.valueOf(e.getMessage())));
    }
  }

  private static void checkAsNeeded(JournalFiles files) throws StoreUnavailable, IOException {
    Path wal = files.wal();
    if (Files.exists(files.suspicion())) {
      check(files.journal(), Depth.FULL);
      Files.delete(files.suspicion());
    } else if (Files.exists(wal) && Files.size(wal) > 0) {
      check(files.journal(), Depth.QUICK);
    } else if (Files.size(files.journal()) == 0 && !files.backups().isEmpty()) {
      throw damaged(files.journal(), "it is empty", null);
    }
  }

  /** What was lost, in a sentence. */
  private static String recover(JournalFiles files, String why) throws IOException {
    Optional<Path> aside = files.setAside("damaged", Instant.now());
    Files.deleteIfExists(files.suspicion());
    String kept = why + " It is kept as " + aside.map(Path::toString).orElse("nothing") + ". ";
    for (Path backup : files.backups()) {
      try {
        checkBackup(backup);
      } catch (StoreUnavailable e) {
        LOG.warning("No use as a backup: " + e.getMessage());
        continue;
      }
      files.install(backup);
      return told(
          kept
              + "Tasks are as they were at "
              + Files.getLastModifiedTime(backup)
              + " ("
              + backup
              + "); what changed since is lost.");
    }
    files.create();
    return told(kept + "There is no backup: all tasks until now are lost.");
  }

  private static String told(String lost) {
    LOG.severe(lost);
    return lost;
  }

  /**
   * Reads a whole backup.
   *
   * @throws NoSuchFileException when there is none
   * @throws StoreUnavailable when it is not a journal of this version, or an earlier one, that
   *     holds together
   */
  static void checkBackup(Path file) throws StoreUnavailable, IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString());
    }
    check(file, Depth.FULL);
    try {
      if (!Schema.known(plain(file), SCRIPTS, file.toString())) {
        throw damaged(file, "it is no journal of tasks", null);
      }
    } catch (FlywayException e) {
      throw of(file, e);
    }
  }

  /**
   * Reads a whole file.
   *
   * @throws StoreUnavailable {@code DAMAGED} when it does not hold together
   */
  static void check(Path file, Depth depth) throws StoreUnavailable {
    try (Connection connection = plain(file).getConnection();
        Statement statement = connection.createStatement()) {
      try (ResultSet answer = statement.executeQuery(depth.sql)) {
        String first = answer.next() ? answer.getString(1) : "";
        if (!first.equals("ok")) {
          throw damaged(file, first, null);
        }
      }
    } catch (SQLException e) {
      throw SqliteFailure.of(file, e);
    }
  }

  /** The message: one sentence, with the first line of {@code what} that is no heading. */
  static StoreUnavailable damaged(Path file, String what, @Nullable Throwable cause) {
    String line =
        what.lines()
            .filter(part -> !part.startsWith("***"))
            .findFirst()
            .orElse("it cannot be read");
    return new StoreUnavailable(
        StoreUnavailable.Why.DAMAGED, file + " is damaged: " + line + ".", cause);
  }

  private static StoreUnavailable of(Path file, FlywayException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return SqliteFailure.of(file, sql);
      }
    }
    return damaged(file, String.valueOf(e.getMessage()), e);
  }

  /** One connection; each commit on it is durable. */
  static Connection connect(Path file) throws SQLException {
    return source(file).getConnection();
  }

  /** Opens a file as it is, and writes nothing. */
  private static SQLiteDataSource plain(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  private static SQLiteDataSource source(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setJournalSizeLimit(WAL_BYTES);
    config.setWalAutocheckpoint(MOST_WAL_PAGES);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }
}
