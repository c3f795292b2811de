package dev.caelum.store;

import dev.caelum.config.DatabaseUrl;
import dev.caelum.host.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Moves all tasks, with results and history, from the journal in the data folder to PostgreSQL or
 * back. The target has them, on disk, before the source loses them; when it is interrupted between
 * the two, the next try skips what the target has and goes on.
 */
public final class Migration {
  private final Path folder;
  private final DatabaseUrl url;
  private final String password;
  private final LongConsumer progress;

  /**
   * What was moved.
   *
   * @param tasks how many the target has now that it had not
   * @param known how many it had already
   * @param aside where the journal of before is, when tasks left it
   */
  public record Moved(long tasks, long known, Optional<Path> aside) {}

  /**
   * @param folder the data folder of a node that does not run
   * @param password empty = none
   * @param progress is told how many tasks were read so far
   */
  public Migration(Path folder, DatabaseUrl url, String password, LongConsumer progress) {
    this.folder = folder;
    this.url = url;
    this.password = password;
    this.progress = progress;
  }

  /**
   * Moves the journal's tasks to the database. The journal is kept aside.
   *
   * @throws NoSuchFileException there is no journal
   * @throws dev.caelum.host.DataFolderInUse a node runs on the folder
   * @throws StoreUnavailable nothing was moved
   */
  public Moved toDatabase() throws StoreUnavailable, IOException {
    try (DataFolder held = DataFolder.open(folder)) {
      JournalFiles files = new JournalFiles(held.path());
      if (!Files.exists(files.journal())) {
        throw new NoSuchFileException(files.journal().toString());
      }
      TableCopy copy;
      try (SqliteStore journal = SqliteStore.open(held.path());
          PostgresStore database = PostgresStore.open(url, password, () -> {})) {
        copy =
            database.writing(
                target -> journal.reading(source -> intoDatabase(source, database, target)));
      }
      return moved(copy, files.setAside("moved", Instant.now()));
    }
  }

  private TableCopy intoDatabase(Session source, PostgresStore database, Session target)
      throws SQLException {
    TableCopy copy = copy(source, target);
    database.knowCoordinators(target);
    database.tellOthers(target);
    return copy;
  }

  /**
   * Moves the database's tasks to the journal, made new when there is none.
   *
   * @throws dev.caelum.host.DataFolderInUse a node runs on the folder
   * @throws StoreUnavailable nothing was moved; also when a coordinator works on the database
   */
  public Moved toJournal() throws StoreUnavailable, IOException {
    try (DataFolder held = DataFolder.open(folder);
        SqliteStore journal = SqliteStore.open(held.path());
        PostgresStore database = PostgresStore.open(url, password, () -> {})) {
      TableCopy copy =
          database.writing(source -> {
            database.beAlone(source);
            TableCopy done = journal.writing(target -> copy(source, target));
            // The journal's commit is on the disk: what the database loses now is there.
            database.clear(source);
            return done;
          });
      return moved(copy, Optional.empty());
    }
  }

  private TableCopy copy(Session source, Session target) throws SQLException {
    TableCopy copy = new TableCopy(source, target, progress);
    copy.run();
    return copy;
  }

  private static Moved moved(TableCopy copy, Optional<Path> aside) {
    return new Moved(copy.copied(), copy.known(), aside);
  }
}
