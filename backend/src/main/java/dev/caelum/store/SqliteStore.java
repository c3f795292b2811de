package dev.caelum.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;

/**
 * The journal in one file of the data folder. One connection writes, one reads; {@code
 * synchronous=FULL} makes each commit durable before it returns.
 */
public final class SqliteStore extends SqlStore {
  /** The file in the data folder. */
  public static final String FILE = "journal.db";

  private static final Logger LOG = Logger.getLogger(SqliteStore.class.getName());

  private final Path file;
  private final Session writer;
  private final Session reader;
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock reading = new ReentrantLock();

  SqliteStore(Path file, Connection writer, Connection reader) {
    this.file = file;
    this.writer = new Session(writer);
    this.reader = new Session(reader);
  }

  /**
   * Opens the journal of that folder, made new when there is none.
   *
   * @throws StoreUnavailable with a sentence for people
   */
  public static SqliteStore open(Path folder) throws StoreUnavailable {
    return SqliteFile.open(folder);
  }

  @Override
  <T> T writing(Work<T> work) throws StoreUnavailable {
    writing.lock();
    try (Statement control = writer.connection().createStatement()) {
      control.execute("begin immediate");
      boolean done = false;
      try {
        T result = work.run(writer);
        control.execute("commit");
        done = true;
        return result;
      } finally {
        if (!done) {
          rollBack(control);
        }
      }
    } catch (SQLException e) {
      throw SqliteFailure.of(file, e);
    } finally {
      writing.unlock();
    }
  }

  /** After some errors, a full disk among them, SQLite has rolled back by itself. */
  private static void rollBack(Statement control) {
    try {
      control.execute("rollback");
    } catch (SQLException e) {
      LOG.fine("Already rolled back: " + e.getMessage());
    }
  }

  @Override
  <T> T reading(Work<T> work) throws StoreUnavailable {
    reading.lock();
    try {
      return work.run(reader);
    } catch (SQLException e) {
      throw SqliteFailure.of(file, e);
    } finally {
      reading.unlock();
    }
  }

  /** A transaction that writes is alone from its begin on. */
  @Override
  String locked(String table) {
    return "";
  }

  /** The file is one node's, under whichever id: nobody else lives. */
  @Override
  Set<String> gone(Session session, String coordinator, boolean own) throws SQLException {
    Set<String> gone = new HashSet<>();
    if (own) {
      try (ResultSet names =
          session
              .prepared("select distinct claimed from task where claimed is not null")
              .executeQuery()) {
        while (names.next()) {
          gone.add(String.valueOf(TaskSql.text(names, 1)));
        }
      }
    }
    return gone;
  }

  /** There are no others. */
  @Override
  void tellOthers(Session session) {}

  @Override
  public String describe() {
    return "SQLite in " + file;
  }

  @Override
  public void close() {
    writing.lock();
    reading.lock();
    try {
      reader.close();
      writer.close();
    } catch (SQLException e) {
      // Whatever was committed is on the disk; the next start finds it.
      LOG.fine("The journal was not closed in order: " + e.getMessage());
    } finally {
      reading.unlock();
      writing.unlock();
    }
  }
}
