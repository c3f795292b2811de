package dev.caelum.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Opens the journal's file. */
final class SqliteFile {
  private SqliteFile() {}

  static SqliteStore open(Path folder) throws StoreUnavailable {
    Path file = folder.resolve(SqliteStore.FILE);
    try {
      SQLiteDataSource source = source(file);
      Flyway.configure()
          .dataSource(source)
          .locations("classpath:db/sqlite")
          .table("schema_version")
          .load()
          .migrate();
      return new SqliteStore(file, source.getConnection(), source.getConnection());
    } catch (SQLException e) {
      throw SqliteFailure.of(file, e);
    } catch (FlywayException e) {
      throw new StoreUnavailable(
          StoreUnavailable.Why.DAMAGED, file + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static SQLiteDataSource source(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(5_000);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }
}
