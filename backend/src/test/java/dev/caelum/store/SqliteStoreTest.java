package dev.caelum.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept by SQLite. */
class SqliteStoreTest extends TaskStoreEdges {
  @TempDir private Path folder;

  @Override
  TaskStore open() throws StoreUnavailable {
    return SqliteStore.open(folder);
  }
}
