package dev.caelum.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caelum.task.TaskRow;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that cannot be used is kept aside, and the last good backup takes its place. */
class DamagedJournalTest {
  @TempDir private Path folder;
  private final Tasks tasks = new Tasks();
  private TaskRow backedUp;
  private TaskRow late;

  /** A journal with a backup, and one task that came later. */
  @BeforeEach
  void writeJournal() throws Exception {
    try (SqliteStore store = SqliteStore.open(folder)) {
      backedUp = write(store, tasks.queued(5));
      store.backUp(Clock.systemUTC());
      late = write(store, tasks.queued(5, "x".repeat(50_000), null));
    }
  }

  private static TaskRow write(SqliteStore store, TaskRow row) throws StoreUnavailable {
    assertThat(store.write("a", List.of(row), List.of())).isEmpty();
    return row;
  }

  private Path journal() {
    return folder.resolve(SqliteStore.FILE);
  }

  private List<Path> aside(String why) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("journal.db." + why + "-"))
          .toList();
    }
  }

  private void expectBackup() throws Exception {
    try (SqliteStore store = SqliteStore.open(folder)) {
      assertThat(store.find(backedUp.id())).contains(backedUp);
      assertThat(store.find(late.id())).isEmpty();
      assertThat(store.notices())
          .singleElement()
          .asString()
          .contains("is damaged")
          .contains(aside("damaged").getFirst().toString())
          .contains("what changed since is lost");
      write(store, tasks.queued(5));
    }
    try (SqliteStore store = SqliteStore.open(folder)) {
      assertThat(store.notices()).isEmpty();
    }
  }

  @Test
  void garbageGivesWayToTheBackup() throws Exception {
    Files.writeString(journal(), "garbage ".repeat(4_000));
    expectBackup();
    assertThat(aside("damaged").getFirst()).hasContent("garbage ".repeat(4_000));
  }

  @Test
  void anEmptyFileGivesWayToTheBackup() throws Exception {
    Files.write(journal(), new byte[0]);
    expectBackup();
  }

  @Test
  void withoutABackupItBeginsAnewAndSaysSo() throws Exception {
    Files.writeString(journal(), "garbage ".repeat(4_000));
    for (Path backup : new JournalFiles(folder).backups()) {
      Files.delete(backup);
    }
    try (SqliteStore store = SqliteStore.open(folder)) {
      assertThat(store.notices()).singleElement().asString().contains("all tasks until now");
      write(store, tasks.queued(5));
    }
  }

  @Test
  void aBadBackupIsPassedOver() throws Exception {
    JournalFiles files = new JournalFiles(folder);
    Files.writeString(files.backup(Instant.now().plusSeconds(60)), "no backup");
    Files.writeString(journal(), "garbage ".repeat(4_000));
    expectBackup();
  }

  @Test
  void aBadPageIsTakenForDamageAndMendedAtTheNextStart() throws Exception {
    long size = Files.size(journal());
    try (RandomAccessFile file = new RandomAccessFile(journal().toFile(), "rw")) {
      // The payload of the last task.
      for (long page = size - 8 * 4_096L; page < size; page += 4_096) {
        file.seek(page);
        file.write(new byte[64]);
      }
    }
    // It was closed in order, so that nobody looks until something is asked.
    try (SqliteStore store = SqliteStore.open(folder)) {
      assertThatThrownBy(() -> store.find(late.id()))
          .isInstanceOfSatisfying(
              StoreUnavailable.class,
              e -> assertThat(e.why()).isEqualTo(StoreUnavailable.Why.DAMAGED));
    }
    expectBackup();
  }

  @Test
  void aLogThatWasCutKeepsWhatIsWhole() throws Exception {
    JournalFiles files = new JournalFiles(folder);
    byte[] wal;
    byte[] whole;
    try (SqliteStore store = SqliteStore.open(folder)) {
      write(store, tasks.queued(5, "y".repeat(50_000), null));
      whole = Files.readAllBytes(journal());
      wal = Files.readAllBytes(files.wal());
    }
    Files.write(journal(), whole);
    Files.write(files.wal(), java.util.Arrays.copyOf(wal, wal.length / 2 + 7));
    try (SqliteStore store = SqliteStore.open(folder)) {
      assertThat(store.notices()).isEmpty();
      assertThat(store.find(late.id())).contains(late);
    }
    SqliteFile.check(journal(), SqliteFile.Depth.FULL);
  }

  @Test
  void aNewerSchemaIsRefusedAndLeftAlone() throws Exception {
    try (Connection connection = SqliteFile.connect(journal());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into schema_version select 900, '900', 'later', type, 'V900__later.sql', 1,"
              + " installed_by, installed_on, 1, 1 from schema_version limit 1");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    assertThatThrownBy(() -> SqliteStore.open(folder))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("was written by a newer version of this program (its schema is 900)")
        .hasMessageNotContaining("\n");
    assertThat(aside("damaged")).isEmpty();
  }

  @Test
  void backupsAreHourlyAndTheLastThreeAreKept() throws Exception {
    JournalFiles files = new JournalFiles(folder);
    Instant begin = Files.getLastModifiedTime(files.backups().getFirst()).toInstant();
    try (SqliteStore store = SqliteStore.open(folder)) {
      store.backUp(Clock.systemUTC());
      assertThat(files.backups()).hasSize(1);
      for (int hour = 2; hour < 8; hour++) {
        write(store, tasks.queued(5));
        store.backUp(Clock.fixed(begin.plusSeconds(hour * 3_600L), ZoneOffset.UTC));
      }
    }
    assertThat(files.backups()).hasSize(3);
  }

  @Test
  void aBackupIsRestoredAndTheJournalOfBeforeKept() throws Exception {
    Path copy = folder.resolve("copy.db");
    assertThat(Backups.copy(folder, copy)).isEqualTo(Files.size(copy));
    TaskRow later;
    try (SqliteStore store = SqliteStore.open(folder)) {
      later = write(store, tasks.queued(5));
    }
    Path before = Backups.restore(folder, copy).orElseThrow();
    try (SqliteStore store = SqliteStore.open(folder)) {
      assertThat(store.find(late.id())).contains(late);
      assertThat(store.find(later.id())).isEmpty();
    }
    Backups.restore(folder, before);
    try (SqliteStore store = SqliteStore.open(folder)) {
      assertThat(store.find(later.id())).contains(later);
    }
  }

  @Test
  void whatIsNoBackupChangesNothing() throws Exception {
    Path other = Files.writeString(folder.resolve("other.db"), "no backup at all");
    Path empty = Files.createFile(folder.resolve("empty.db"));
    assertThatThrownBy(() -> Backups.restore(folder, other)).isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> Backups.restore(folder, empty))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("no journal of tasks");
    assertThatThrownBy(() -> Backups.restore(folder, folder.resolve("none.db")))
        .isInstanceOf(IOException.class);
    assertThat(aside("replaced")).isEmpty();
    try (SqliteStore store = SqliteStore.open(folder)) {
      assertThat(store.find(late.id())).contains(late);
    }
  }

  @Test
  void nothingOfTheDriverIsLeftInTheFolder() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("journal.db", "backups");
    }
  }
}
