package dev.caelum.store;

import dev.caelum.host.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Copies of the journal: hourly ones in the data folder, and those that somebody asks for. */
public final class Backups {
  static final int KEPT = 3;
  static final Duration EVERY = Duration.ofHours(1);

  private Backups() {}

  /**
   * Copies the journal as it is now; a node may be running on it. The copy is compact, checked, on
   * the disk when this returns, and takes the place of {@code target}.
   *
   * @param folder the data folder
   * @return bytes
   * @throws NoSuchFileException there is no journal yet
   * @throws StoreUnavailable the journal cannot be read, or there is no room; nothing is left
   *     behind
   */
  public static long copy(Path folder, Path target) throws StoreUnavailable, IOException {
    Path journal = new JournalFiles(folder).journal();
    if (!Files.exists(journal)) {
      throw new NoSuchFileException(journal.toString());
    }
    NativeCode.unpackInto(folder);
    Path part = JournalFiles.newPart(target);
    try {
      try (Connection connection = SqliteFile.connect(journal);
          PreparedStatement copy = connection.prepareStatement("vacuum into ?")) {
        copy.setString(1, part.toString());
        copy.execute();
      } catch (SQLException e) {
        throw SqliteFailure.of(journal, e);
      }
      SqliteFile.check(part, SqliteFile.Depth.QUICK);
      JournalFiles.complete(part, target);
      return Files.size(target);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /**
   * Makes the hourly backup when its time has come and the journal has changed since the last one.
   *
   * @return the new backup; empty when none was due
   */
  static Optional<Path> whenDue(JournalFiles files, Path folder, Clock clock)
      throws StoreUnavailable, IOException {
    Instant now = clock.instant();
    Optional<Instant> written = files.written();
    List<Path> backups = files.backups();
    if (!backups.isEmpty()) {
      Instant last = Files.getLastModifiedTime(backups.getFirst()).toInstant();
      boolean fresh = now.isBefore(last.plus(EVERY)) && now.isAfter(last.minus(EVERY));
      if (fresh || written.isEmpty() || written.get().isBefore(last)) {
        return Optional.empty();
      }
    }
    files.keepNewest(KEPT);
    Path target = files.backup(now);
    copy(folder, target);
    files.keepNewest(KEPT);
    return Optional.of(target);
  }

  /**
   * Puts a backup in the place of the journal. The journal of before is kept aside.
   *
   * @param folder the data folder
   * @return where the journal of before is; empty when there was none
   * @throws dev.caelum.host.DataFolderInUse a node runs on the folder
   * @throws NoSuchFileException there is no {@code backup}
   * @throws StoreUnavailable {@code backup} is not a whole journal, or a newer version's
   */
  public static Optional<Path> restore(Path folder, Path backup)
      throws StoreUnavailable, IOException {
    try (DataFolder held = DataFolder.open(folder)) {
      NativeCode.unpackInto(held.path());
      SqliteFile.checkBackup(backup);
      JournalFiles files = new JournalFiles(held.path());
      Optional<Path> aside = files.setAside("replaced", Instant.now());
      files.install(backup);
      Files.deleteIfExists(files.suspicion());
      return aside;
    }
  }
}
