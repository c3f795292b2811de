package dev.caelum.store;

import dev.caelum.config.DatabaseUrl;
import dev.caelum.config.TaskConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the store that is configured. */
public final class Stores {
  private static final String PASSWORD = "CAELUM_STORE_PASSWORD";

  private Stores() {}

  /**
   * Opens the database that {@code config} names, else the file in the data folder.
   *
   * @param work called, on another thread, when others may have left something to claim
   * @throws StoreUnavailable with a sentence for people
   */
  public static TaskStore open(TaskConfig config, Path folder, Runnable work)
      throws StoreUnavailable {
    Optional<DatabaseUrl> url = config.store();
    return url.isPresent()
        ? PostgresStore.open(url.get(), password(config), work)
        : SqliteStore.open(folder);
  }

  /** Whether there may be tasks of before; opens nothing. */
  public static boolean mayHaveTasks(TaskConfig config, Path folder) {
    return config.store().isPresent() || Files.exists(folder.resolve(SqliteStore.FILE));
  }

  /** The first line of the file, else the environment variable, else none. */
  public static String password(TaskConfig config) throws StoreUnavailable {
    Optional<Path> file = config.passwordFile();
    if (file.isEmpty()) {
      return Optional.ofNullable(System.getenv(PASSWORD)).orElse("");
    }
    try (BufferedReader reader = Files.newBufferedReader(file.get())) {
      return Optional.ofNullable(reader.readLine()).orElse("");
    } catch (IOException e) {
      throw new StoreUnavailable(
          StoreUnavailable.Why.AWAY, "The password file " + file.get() + " cannot be read.", e);
    }
  }
}
