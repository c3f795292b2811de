package dev.caelum.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.caelum.config.DatabaseUrl;
import dev.caelum.host.DataFolder;
import dev.caelum.host.DataFolderInUse;
import dev.caelum.task.TaskRow;
import dev.caelum.task.TaskState;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All tasks from the journal to a real PostgreSQL, and back. */
class MigrationTest {
  private static final String ALPHA = TaskStoreContract.ALPHA;
  private static final int MANY = 1_200;

  @SuppressWarnings("NullAway.Init") // before all
  private static PostgresProcess server;

  @SuppressWarnings("NullAway.Init") // by the extension
  @TempDir
  private Path folder;

  private final Tasks tasks = new Tasks();
  private final List<Long> told = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // before each
  private DatabaseUrl url;

  @BeforeAll
  static void startServer() throws Exception {
    server = PostgresProcess.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @BeforeEach
  void newDatabase() throws Exception {
    url = server.newDatabase();
  }

  private Migration migration() {
    return new Migration(folder, url, PostgresProcess.PASSWORD, told::add);
  }

  private PostgresStore database() throws StoreUnavailable {
    return PostgresStore.open(url, PostgresProcess.PASSWORD, () -> {});
  }

  /** All that a store knows of its tasks. */
  private record Known(List<TaskRow> rows, List<List<TaskStore.Change>> history) {
    static Known of(TaskStore store) throws StoreUnavailable {
      List<TaskRow> rows = new ArrayList<>();
      List<List<TaskStore.Change>> history = new ArrayList<>();
      for (TaskRow row : store.list(new TaskStore.Filter(Set.of(), null, null, 1_000))) {
        rows.add(store.find(row.id()).orElseThrow());
        history.add(store.history(row.id()));
      }
      return new Known(rows, history);
    }
  }

  /** Tasks in every state, with odd texts and keys. */
  private Known journal() throws StoreUnavailable {
    try (SqliteStore store = SqliteStore.open(folder)) {
      TaskRow queued = tasks.queued(3, "{\"text\":\"\\u0000 \u001a \ud83d\udc4b\"}", "key");
      TaskRow leased = Tasks.leased(tasks.queued(5), "beta@10.0.0.2:8080");
      TaskRow begun = Tasks.leased(tasks.queued(5), "beta@10.0.0.2:8080");
      TaskRow over = Tasks.done(begun, "{\"n\":1}");
      store.write(ALPHA, List.of(queued, leased, begun), List.of(tasks.queued(9)));
      store.write(ALPHA, List.of(over), List.of());
      return Known.of(store);
    }
  }

  @Test
  void everythingGoesThereAndBack() throws Exception {
    Known before = journal();
    Migration.Moved there = migration().toDatabase();
    assertThat(there.tasks()).isEqualTo(4);
    assertThat(there.known()).isZero();
    assertThat(there.aside()).get().satisfies(aside -> assertThat(aside).exists());
    assertThat(folder.resolve(SqliteStore.FILE)).doesNotExist();
    try (PostgresStore store = database()) {
      assertThat(Known.of(store)).isEqualTo(before);
    }

    Migration.Moved back = migration().toJournal();
    assertThat(back.tasks()).isEqualTo(4);
    try (SqliteStore store = SqliteStore.open(folder);
        PostgresStore left = database()) {
      assertThat(Known.of(store)).isEqualTo(before);
      assertThat(left.counts()).isEmpty();
    }
  }

  @Test
  void whatWasHandedOutStaysItsCoordinatorsUntilThatIsGone() throws Exception {
    journal();
    migration().toDatabase();
    try (PostgresStore other = database()) {
      // The node itself never came: another one takes its tasks over, and asks the workers.
      await()
          .atMost(Duration.ofSeconds(PostgresStore.SILENT_SECONDS + 5))
          .untilAsserted(() ->
              assertThat(other.adopt(TaskStoreContract.BETA, false))
                  .extracting(TaskRow::state)
                  .containsExactly(TaskState.LEASED));
      assertThat(other.claim(TaskStoreContract.BETA, 10, 1_000)).hasSize(2);
    }
  }

  @Test
  void theNextTryGoesOnWhereTheLastOneEnded() throws Exception {
    journal();
    Path journal = folder.resolve(SqliteStore.FILE);
    Path copy = Files.copy(journal, folder.resolve("copy"));
    migration().toDatabase();
    // As if it had been killed before the journal was put aside, and the database had gone on.
    Files.move(copy, journal);
    try (PostgresStore store = database()) {
      store.write(ALPHA, List.of(), List.of(tasks.queued(1)));
    }
    Migration.Moved again = migration().toDatabase();
    assertThat(again.tasks()).isZero();
    assertThat(again.known()).isEqualTo(4);
    try (PostgresStore store = database()) {
      assertThat(store.counts().values()).containsExactlyInAnyOrder(3L, 1L, 1L);
    }
  }

  @Test
  void aKeyThatWasUsedThereMeansTheTaskThatIsThere() throws Exception {
    TaskRow other = tasks.queued(1, "\"other\"", "key");
    try (PostgresStore store = database()) {
      store.write(ALPHA, List.of(other), List.of());
    }
    journal();
    assertThat(migration().toDatabase().tasks()).isEqualTo(4);
    try (PostgresStore store = database()) {
      assertThat(store.byKey("local", "key").orElseThrow().id()).isEqualTo(other.id());
      assertThat(store.counts().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(5);
    }
  }

  @Test
  void aDatabaseThatANodeWorksOnIsLeftAlone() throws Exception {
    try (PostgresStore store = database()) {
      store.adopt(TaskStoreContract.BETA, true);
      store.write(TaskStoreContract.BETA, List.of(tasks.queued(1)), List.of());
      assertThatThrownBy(() -> migration().toJournal())
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining("Nodes work on")
          .hasMessageContaining(TaskStoreContract.BETA);
      assertThat(store.counts()).containsEntry(TaskState.QUEUED, 1L);
    }
  }

  @Test
  void aFolderThatANodeRunsOnIsLeftAlone() throws Exception {
    journal();
    try (DataFolder _ = DataFolder.open(folder)) {
      assertThatThrownBy(() -> migration().toDatabase()).isInstanceOf(DataFolderInUse.class);
    }
  }

  @Test
  void noJournalIsSaid() {
    assertThatThrownBy(() -> migration().toDatabase()).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void manyTasksTellHowFarTheyAre() throws Exception {
    try (SqliteStore store = SqliteStore.open(folder)) {
      List<TaskRow> many = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        many.add(tasks.queued(5));
      }
      store.write(ALPHA, many, List.of());
    }
    assertThat(migration().toDatabase().tasks()).isEqualTo(MANY);
    assertThat(told).isSorted().endsWith((long) MANY).hasSizeGreaterThan(2);
  }
}
