package dev.caelum.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caelum.config.DatabaseUrl;
import dev.caelum.config.TaskConfig;
import dev.caelum.task.TaskRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several coordinators on one real PostgreSQL, one of which ends; and a server that ends. */
class SharedStoreTest {
  private static final String ALPHA = TaskStoreContract.ALPHA;
  private static final String BETA = TaskStoreContract.BETA;

  @SuppressWarnings("NullAway.Init") // before all
  private static PostgresProcess server;

  private final Tasks tasks = new Tasks();
  private final Semaphore told = new Semaphore(0);

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
  void newDatabase() throws SQLException {
    url = server.newDatabase();
  }

  private PostgresStore open(Runnable work) throws StoreUnavailable {
    return PostgresStore.open(url, PostgresProcess.PASSWORD, work);
  }

  private PostgresStore openWithout() throws StoreUnavailable {
    return PostgresStore.open(
        new PostgresServer(url, PostgresProcess.PASSWORD),
        PostgresServer.Features.NONE,
        told::release);
  }

  private List<TaskRow> openWithoutAndAdopt(String coordinator) throws StoreUnavailable {
    try (PostgresStore store = openWithout()) {
      return store.adopt(coordinator, true);
    }
  }

  /** As if so much time had passed since a coordinator told that it lives, and the server began. */
  private void silent(String coordinator, int seconds) throws SQLException {
    execute(
        "update coordinator set seen = clock_timestamp() - interval '%d seconds' where name = '%s'"
            .formatted(seconds, coordinator));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = new PostgresServer(url, PostgresProcess.PASSWORD).connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private boolean lockIsHeld(String coordinator) throws SQLException {
    try (Connection connection = new PostgresServer(url, PostgresProcess.PASSWORD).connect();
        Statement statement = connection.createStatement();
        var answer =
            statement.executeQuery(
                "select pg_try_advisory_xact_lock(%d, %d)"
                    .formatted(PostgresWatch.LOCKS, PostgresWatch.lock(coordinator)))) {
      return answer.next() && !answer.getBoolean(1);
    }
  }

  @Test
  void theServerOfTheTestsHasAllThatCoordinatorsUse() throws Exception {
    assertThat(new PostgresServer(url, PostgresProcess.PASSWORD).features())
        .isEqualTo(new PostgresServer.Features(true, true));
    try (PostgresStore store = open(() -> {})) {
      assertThat(store.describe()).isEqualTo("PostgreSQL, " + url);
    }
  }

  @Test
  void whatACoordinatorThatEndedHadIsAdoptedOnce() throws Exception {
    TaskRow leased = Tasks.leased(tasks.queued(5), "w");
    TaskRow queued = tasks.queued(5);
    try (PostgresStore beta = open(() -> {})) {
      try (PostgresStore alpha = open(() -> {})) {
        alpha.adopt(ALPHA, true);
        alpha.write(ALPHA, List.of(leased, queued), List.of());
        await().until(() -> lockIsHeld(ALPHA));
        silent(ALPHA, PostgresStore.SILENT_SECONDS + 1);
        assertThat(beta.adopt(BETA, true)).as("its lock says that it lives").isEmpty();
      }
      await().until(() -> !lockIsHeld(ALPHA));
      await()
          .atMost(Duration.ofSeconds(PostgresStore.SILENT_SECONDS + 5))
          .untilAsserted(() -> assertThat(beta.adopt(BETA, false)).containsExactly(leased));
      assertThat(beta.adopt(BETA, false)).isEmpty();
      assertThat(beta.adopt("caelum-gamma", true)).isEmpty();
      assertThat(beta.claim(BETA, 9, 1 << 20)).containsExactly(queued);

      TaskRow late = Tasks.done(leased, "\"late\"");
      assertThat(beta.write(ALPHA, List.of(late, Tasks.leased(queued, "w")), List.of()))
          .containsExactlyInAnyOrder(leased.id(), queued.id());
      assertThat(beta.write(BETA, List.of(Tasks.done(leased, "1")), List.of())).isEmpty();
    }
  }

  @Test
  void whoIsSilentForALeaseIsGoneWhateverItsLockSays() throws Exception {
    TaskRow leased = Tasks.leased(tasks.queued(5), "w");
    try (PostgresStore alpha = open(() -> {});
        PostgresStore beta = openWithout()) {
      alpha.adopt(ALPHA, true);
      alpha.write(ALPHA, List.of(leased), List.of());
      silent(ALPHA, PostgresStore.SILENT_SECONDS + 1);
      assertThat(beta.adopt(BETA, true)).as("by the lease row alone").isEmpty();
      silent(ALPHA, PostgresStore.LEASE_SECONDS + 1);
      assertThat(beta.adopt(BETA, false)).containsExactly(leased);
      assertThat(alpha.adopt(ALPHA, false)).isEmpty();

      silent(BETA, PostgresStore.LEASE_SECONDS + 1);
      execute("update coordinator set seen = clock_timestamp() where name = '" + ALPHA + "'");
      assertThat(openWithoutAndAdopt(ALPHA)).containsExactly(leased);
    }
  }

  @Test
  void aTaskThatOneLeavesWakesTheOthers() throws Exception {
    try (PostgresStore alpha = open(() -> {});
        PostgresStore beta = open(told::release)) {
      assertThat(told.tryAcquire(10, TimeUnit.SECONDS)).as("the look at the start").isTrue();
      long before = System.nanoTime();
      alpha.write(ALPHA, List.of(), List.of(tasks.queued(5)));

      assertThat(told.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
      assertThat(beta.claim(BETA, 9, 1 << 20)).hasSize(1);
    }
  }

  @Test
  void whereNothingIsHeardItIsLookedEverySecondAndSaid() throws Exception {
    try (PostgresStore store = openWithout()) {
      assertThat(told.tryAcquire(3, 10, TimeUnit.SECONDS)).isTrue();
      assertThat(store.describe()).contains("unverified", "poll", "lease");
    }
  }

  @Test
  void aServerThatEndsIsAwayAndItsTasksAreThereAgain() throws Exception {
    TaskRow kept = tasks.queued(5);
    try (PostgresStore store = open(told::release)) {
      store.adopt(ALPHA, true);
      store.write(ALPHA, List.of(kept), List.of());
      server.down();
      try {
        assertThatThrownBy(() -> store.write(ALPHA, List.of(tasks.queued(5)), List.of()))
            .isInstanceOfSatisfying(
                StoreUnavailable.class,
                e -> {
                  assertThat(e.why()).isEqualTo(StoreUnavailable.Why.AWAY);
                  assertThat(e).hasMessageStartingWith(url + " cannot be used now: ");
                });
        assertThatThrownBy(() -> open(() -> {})).isInstanceOf(StoreUnavailable.class);
      } finally {
        server.up();
      }

      await().ignoreExceptions().until(() -> store.find(kept.id()).isPresent());
      told.drainPermits();
      assertThat(store.write(ALPHA, List.of(Tasks.leased(kept, "w")), List.of())).isEmpty();
      assertThat(told.tryAcquire(20, TimeUnit.SECONDS)).as("it listens again").isTrue();
      await().until(() -> lockIsHeld(ALPHA));
    }
  }

  @Test
  void aServerThatBeganJustNowBlamesNobodyForSilence() throws Exception {
    TaskRow leased = Tasks.leased(tasks.queued(5), "w");
    try (PostgresStore alpha = open(() -> {})) {
      alpha.adopt(ALPHA, true);
      alpha.write(ALPHA, List.of(leased), List.of());
    }
    server.down();
    server.up();
    silent(ALPHA, 10 * PostgresStore.LEASE_SECONDS);
    try (PostgresStore beta = open(() -> {})) {
      List<TaskRow> adopted = beta.adopt(BETA, true);
      assumeTrue(uptimeSeconds() < PostgresStore.SILENT_SECONDS, "this machine is too slow");
      assertThat(adopted).isEmpty();
    }
  }

  private double uptimeSeconds() throws SQLException {
    try (Connection connection = new PostgresServer(url, PostgresProcess.PASSWORD).connect();
        Statement statement = connection.createStatement();
        var answer =
            statement.executeQuery(
                "select extract(epoch from clock_timestamp() - pg_postmaster_start_time())")) {
      return answer.next() ? answer.getDouble(1) : Double.NaN;
    }
  }

  @Test
  void aStatementThatTakesTooLongIsEnded() throws Exception {
    try (PostgresStore store = open(() -> {});
        Connection other = new PostgresServer(url, PostgresProcess.PASSWORD).connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table task in access exclusive mode");

      assertThatThrownBy(() -> store.write(ALPHA, List.of(tasks.queued(5)), List.of()))
          .isInstanceOf(StoreUnavailable.class);
      other.rollback();
      assertThat(store.write(ALPHA, List.of(tasks.queued(5)), List.of())).isEmpty();
    }
  }

  @Test
  void tablesOfANewerVersionAreLeftAlone() throws Exception {
    open(() -> {}).close();
    execute(
        "insert into schema_version select 99, '99', 'later', 'SQL', 'V99__later.sql', 1,"
            + " installed_by, now(), 1, true from schema_version where installed_rank = 1");

    assertThatThrownBy(() -> open(() -> {}))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("newer version")
        .message()
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"not " + PostgresProcess.PASSWORD, ""})
  void aWrongPasswordIsToldButNotRepeated(String password) {
    assertThatThrownBy(() -> PostgresStore.open(url, password, () -> {}))
        .isInstanceOfSatisfying(
            StoreUnavailable.class,
            e -> {
              assertThat(e.why()).isEqualTo(StoreUnavailable.Why.AWAY);
              assertThat(e).hasMessageContaining("password").message().hasLineCount(1);
              assertThat(e.getMessage()).doesNotContain(PostgresProcess.PASSWORD);
            });
  }

  @Test
  void thePasswordIsTheFirstLineOfItsFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), PostgresProcess.PASSWORD + "\nmore");
    TaskConfig config = TaskConfig.DEFAULT.keptIn(Optional.of(url), Optional.of(file));

    try (TaskStore store = Stores.open(config, folder, () -> {})) {
      assertThat(store.counts()).isEmpty();
      assertThat(store.describe()).doesNotContain(PostgresProcess.PASSWORD);
    }
    assertThat(Stores.mayHaveTasks(config, folder)).isTrue();
    assertThat(Stores.mayHaveTasks(TaskConfig.DEFAULT, folder)).isFalse();
  }
}
