package dev.caelum.history;

import dev.caelum.store.NativeCode;
import dev.caelum.store.Schema;
import dev.caelum.store.SqliteFailure;
import dev.caelum.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The file of the past: one connection that writes, one that reads. A commit survives the end of
 * this process; power loss may cost the last seconds ({@code synchronous=NORMAL}).
 */
final class HistoryFile implements AutoCloseable {
  static final String FILE = "history.db";
  private static final Logger LOG = Logger.getLogger(HistoryFile.class.getName());
  private static final String SCRIPTS = "db/history";
  private static final int BUSY_MILLIS = 5_000;

  /** A few chunks a page, so that little of it stays empty. */
  private static final int PAGE_BYTES = 16_384;

  private static final int WAL_BYTES = 4 << 20;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Path file;
  private final Connection writer;
  private final Connection reader;
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock reading = new ReentrantLock();

  private HistoryFile(Path file, Connection writer, Connection reader) {
    this.file = file;
    this.writer = writer;
    this.reader = reader;
  }

  /**
   * Opens the past in that folder, made new when there is none. A damaged file is put aside.
   *
   * @throws HistoryUnusable when it cannot be used, also when a newer version wrote it
   */
  static HistoryFile open(Path folder) throws HistoryUnusable {
    Path file = folder.resolve(FILE);
    try {
      NativeCode.unpackInto(folder);
      try {
        return connect(file);
      } catch (StoreUnavailable e) {
        if (e.why() != StoreUnavailable.Why.DAMAGED) {
          throw new HistoryUnusable(String.valueOf(e.getMessage()), e);
        }
        LOG.severe(e.getMessage() + " It is kept as " + setAside(file) + "; a new one begins.");
        return connect(file);
      }
    } catch (StoreUnavailable | IOException e) {
      throw new HistoryUnusable(file + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static HistoryFile connect(Path file) throws StoreUnavailable {
    SQLiteDataSource source = source(file);
    try {
      if (!Files.exists(file)) {
        create(file);
      }
      Schema.migrate(source, SCRIPTS, file.toString());
      Connection writer = source.getConnection();
      writer.setAutoCommit(false);
      return new HistoryFile(file, writer, source.getConnection());
    } catch (FlywayException e) {
      throw e.getCause() instanceof SQLException cause
          ? SqliteFailure.of(file, cause)
          : new StoreUnavailable(StoreUnavailable.Why.DAMAGED, file + " is damaged: " + e, e);
    } catch (SQLException e) {
      throw SqliteFailure.of(file, e);
    }
  }

  /** These two can be chosen only before anything is in the file. */
  private static void create(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("pragma page_size=" + PAGE_BYTES);
      statement.execute("pragma auto_vacuum=incremental");
      statement.execute("vacuum");
    }
  }

  private static Path setAside(Path file) throws IOException {
    Path aside = file.resolveSibling(FILE + ".damaged-" + TIME.format(Instant.now()));
    Files.deleteIfExists(file.resolveSibling(FILE + "-wal"));
    Files.deleteIfExists(file.resolveSibling(FILE + "-shm"));
    return Files.move(file, aside);
  }

  private static SQLiteDataSource source(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setJournalSizeLimit(WAL_BYTES);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  /** Something done on a connection. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** Does all of it or nothing, and keeps it. */
  <T> T writing(Work<T> work) throws HistoryUnusable {
    writing.lock();
    try {
      boolean done = false;
      try {
        T result = work.on(writer);
        writer.commit();
        done = true;
        return result;
      } finally {
        if (!done) {
          writer.rollback();
        }
      }
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      writing.unlock();
    }
  }

  <T> T reading(Work<T> work) throws HistoryUnusable {
    reading.lock();
    try {
      return work.on(reader);
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      reading.unlock();
    }
  }

  /** Gives room that nothing uses any more back to the disk. */
  void shrink() throws HistoryUnusable {
    reading.lock();
    try (Statement statement = reader.createStatement()) {
      statement.execute("pragma incremental_vacuum");
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      reading.unlock();
    }
  }

  /** What it takes on the disk. */
  long bytes() {
    long bytes = 0;
    for (String end : new String[] {"", "-wal"}) {
      try {
        bytes += Files.size(file.resolveSibling(FILE + end));
      } catch (IOException e) {
        LOG.fine("Not counted: " + e.getMessage());
      }
    }
    return bytes;
  }

  private HistoryUnusable failure(SQLException e) {
    String what =
        switch (SqliteFailure.why(e)) {
          case FULL -> "The disk of " + file + " is full: make room there; it goes on by itself.";
          case DAMAGED ->
              file + " is damaged: " + cause(e) + ". It is put aside at the next start.";
          case AWAY, NEWER -> file + " cannot be used now: " + cause(e);
        };
    return new HistoryUnusable(what, e);
  }

  private static @Nullable String cause(SQLException e) {
    return e.getMessage();
  }

  @Override
  public void close() {
    writing.lock();
    reading.lock();
    try (writer;
        reader) {
      LOG.fine("The past is closed");
    } catch (SQLException e) {
      LOG.warning(file + " could not be closed: " + e.getMessage());
    } finally {
      reading.unlock();
      writing.unlock();
    }
  }
}
