package dev.caelum.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.sqlite.SQLiteDataSource;

/** A data folder's files as earlier versions of the program wrote them, and as later ones might. */
public final class OldFiles {
  /** A task of the journal that is done, and its result. */
  public static final String DONE = "t-01m845eq75qgwd41g8c6463gxw";

  /** A task of the journal that waits. */
  public static final String WAITING = "t-01m845eqv69f8fx4a3e8fp69xr";

  private OldFiles() {}

  /** Writes {@code journal.db} and {@code history.db} of the first schema. */
  public static void write(Path folder) throws IOException, SQLException {
    for (String file : List.of("journal", "history")) {
      run(folder.resolve(file + ".db"), script("/upgrade/" + file + "-1.sql"));
    }
  }

  /** Migrates both to a schema that only a later version knows. */
  public static void makeNewer(Path folder) throws Exception {
    Schema.migrate(source(folder, "journal"), scripts("db/sqlite", "journal"), "journal.db");
    Schema.migrate(source(folder, "history"), scripts("db/history", "history"), "history.db");
  }

  private static List<String> scripts(String ours, String kind) {
    return List.of(ours, "db/tomorrow/" + kind);
  }

  private static SQLiteDataSource source(Path folder, String kind) {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + folder.resolve(kind + ".db"));
    return source;
  }

  private static String script(String name) throws IOException {
    long now = System.currentTimeMillis();
    try (InputStream in = Objects.requireNonNull(OldFiles.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), UTF_8)
          .replace("@MILLIS@", String.valueOf(now))
          .replace("@SECONDS@", String.valueOf(now / 1_000))
          .replace("@SLOT@", String.valueOf(now / 15_000));
    }
  }

  private static void run(Path file, String script) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("pragma journal_mode=wal");
      statement.executeUpdate(script);
    }
  }
}
