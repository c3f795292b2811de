package dev.caelum.store;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The journal in one file of the data folder. One connection writes, one reads, one moves the log
 * of changes into the journal; {@code synchronous=FULL} makes each commit durable before it
 * returns.
 */
public final class SqliteStore extends SqlStore {
  /** The file in the data folder. */
  public static final String FILE = "journal.db";

  private static final Logger LOG = Logger.getLogger(SqliteStore.class.getName());

  private final JournalFiles files;
  private final Path folder;
  private final @Nullable FileStore disk;
  private final Session writer;
  private final Session reader;
  private final Connection keeper;
  private final @Nullable String lost;
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock reading = new ReentrantLock();
  private final Chores chores = new Chores(this);

  /**
   * A store on three connections.
   *
   * @param keeper moves the log of changes into the journal
   * @param lost what people must know was lost when it was opened; null = nothing
   */
  SqliteStore(
      JournalFiles files,
      Path folder,
      Connection writer,
      Connection reader,
      Connection keeper,
      @Nullable String lost) {
    this.files = files;
    this.folder = folder;
    this.disk = disk(folder);
    this.writer = new Session(writer);
    this.reader = new Session(reader);
    this.keeper = keeper;
    this.lost = lost;
  }

  /**
   * Opens the journal of that folder, made new when there is none. A damaged one is put aside, and
   * the last good backup takes its place; {@link #notices} tells.
   *
   * @throws StoreUnavailable with a sentence for people
   */
  public static SqliteStore open(Path folder) throws StoreUnavailable {
    SqliteStore store = SqliteFile.open(folder);
    store.chores.start();
    return store;
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
      throw failure(e);
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
      throw failure(e);
    } finally {
      reading.unlock();
    }
  }

  /** What is seen damaged is read in full at the next start, and mended. */
  private StoreUnavailable failure(SQLException e) {
    StoreUnavailable failure = SqliteFailure.of(files.journal(), e);
    if (failure.why() != StoreUnavailable.Why.DAMAGED) {
      return failure;
    }
    String found = String.valueOf(failure.getMessage());
    try {
      Files.writeString(files.suspicion(), found + "\n");
    } catch (IOException full) {
      failure.addSuppressed(full);
    }
    return new StoreUnavailable(
        failure.why(),
        found + " Start the node anew: it goes on from the last good backup then.",
        failure);
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
  public long roomLeft() {
    try {
      return disk == null ? Long.MAX_VALUE : disk.getUsableSpace();
    } catch (IOException e) {
      LOG.fine("How much room is left is not known: " + e.getMessage());
      return Long.MAX_VALUE;
    }
  }

  /** Looked up once, for that reads the list of all mounts. */
  private static @Nullable FileStore disk(Path folder) {
    try {
      return Files.getFileStore(folder);
    } catch (IOException e) {
      LOG.fine("How much room is left is not known: " + e.getMessage());
      return null;
    }
  }

  @Override
  public List<String> notices() {
    return lost == null ? List.of() : List.of(lost);
  }

  /** Makes the hourly backup when it is due. */
  void backUp(Clock clock) throws StoreUnavailable, IOException {
    Backups.whenDue(files, folder, clock);
  }

  /**
   * Moves the log of changes into the journal when 4 MB of it are not there yet; whoever writes is
   * not held up.
   */
  void checkpoint() throws StoreUnavailable {
    try (Statement checkpoint = keeper.createStatement()) {
      long waiting;
      try (ResultSet log = checkpoint.executeQuery("pragma wal_checkpoint(noop)")) {
        waiting = log.next() ? log.getLong(2) - log.getLong(3) : 0;
      }
      if (waiting >= SqliteFile.WAL_PAGES) {
        checkpoint.execute("pragma wal_checkpoint(passive)");
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Cuts the log of changes when it has grown beyond what it is kept at. */
  void trim() throws StoreUnavailable, IOException {
    if (!Files.exists(files.wal()) || Files.size(files.wal()) <= SqliteFile.WAL_BYTES) {
      return;
    }
    writing.lock();
    try (Statement checkpoint = writer.connection().createStatement()) {
      checkpoint.execute("pragma wal_checkpoint(truncate)");
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public String describe() {
    return "SQLite in " + files.journal();
  }

  @Override
  public void close() {
    chores.close();
    writing.lock();
    reading.lock();
    try {
      keeper.close();
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
