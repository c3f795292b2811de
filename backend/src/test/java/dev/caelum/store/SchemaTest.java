package dev.caelum.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caelum.task.TaskState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
  @TempDir private Path folder;

  @Test
  void aJournalOfTheFirstSchemaIsTakenOver() throws Exception {
    OldFiles.write(folder);
    try (SqliteStore store = SqliteStore.open(folder)) {
      assertThat(store.find(OldFiles.DONE).orElseThrow().state()).isEqualTo(TaskState.DONE);
      assertThat(store.find(OldFiles.WAITING).orElseThrow().state()).isEqualTo(TaskState.QUEUED);
      assertThat(store.notices()).isEmpty();
    }
  }

  @Test
  void aLaterSchemaKeepsWhatIsThereAndAnOlderProgramRefusesItInOneLineAndLeavesItAlone()
      throws Exception {
    OldFiles.write(folder);
    try (SqliteStore _ = SqliteStore.open(folder)) {
      OldFiles.makeNewer(folder);
    }
    Path file = folder.resolve("journal.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet blue = statement.executeQuery("select count(*) from task where color = 'blue'")) {
      assertThat(blue.getInt(1)).isEqualTo(2);
    }
    byte[] before = Files.readAllBytes(file);

    StoreUnavailable refusal =
        catchThrowableOfType(StoreUnavailable.class, () -> SqliteStore.open(folder).close());

    assertThat(refusal.why()).isEqualTo(StoreUnavailable.Why.NEWER);
    assertThat(refusal.getMessage())
        .startsWith(file + " was written by a newer version of this program (its schema is 1000)")
        .doesNotContain("\n");
    assertThat(file).hasBinaryContent(before);
  }
}
