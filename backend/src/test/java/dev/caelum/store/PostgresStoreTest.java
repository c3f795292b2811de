package dev.caelum.store;

import dev.caelum.config.DatabaseUrl;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract, kept by a real PostgreSQL. */
class PostgresStoreTest extends TaskStoreEdges {
  @SuppressWarnings("NullAway.Init") // before all
  private static PostgresProcess server;

  private @Nullable DatabaseUrl url;

  @BeforeAll
  static void startServer() throws Exception {
    server = PostgresProcess.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @Override
  TaskStore open() throws StoreUnavailable {
    DatabaseUrl known = url == null ? newDatabase() : url;
    url = known;
    return PostgresStore.open(known, PostgresProcess.PASSWORD, () -> {});
  }

  private static DatabaseUrl newDatabase() {
    try {
      return server.newDatabase();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
