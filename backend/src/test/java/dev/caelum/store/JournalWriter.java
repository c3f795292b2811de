package dev.caelum.store;

import dev.caelum.task.TaskRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A program that writes tasks until it is killed: {@code FOLDER SEED}. After each commit it prints
 * the number of rows, then {@code ID STATE .} of each.
 */
final class JournalWriter {
  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

  private JournalWriter() {}

  public static void main(String[] args) throws StoreUnavailable {
    FLYWAY.setLevel(Level.WARNING);
    Random random = new Random(Long.parseLong(args[1]));
    Tasks tasks = new Tasks(random.nextLong());
    try (TaskStore store = SqliteStore.open(Path.of(args[0]))) {
      // What earlier rounds left is of no use, and its pages are to be used again.
      store.purge(Long.MAX_VALUE);
      while (true) {
        List<TaskRow> rows = new ArrayList<>();
        for (int i = random.nextInt(30); i >= 0; i--) {
          rows.add(tasks.queued(5, "x".repeat(random.nextInt(200) * random.nextInt(20)), null));
        }
        commit(store, rows);
        rows.replaceAll(row -> Tasks.leased(row, "worker"));
        commit(store, rows);
        rows.replaceAll(row -> Tasks.done(row, "\"done\""));
        commit(store, rows);
      }
    }
  }

  private static void commit(TaskStore store, List<TaskRow> rows) throws StoreUnavailable {
    if (!store.write("writer", rows, List.of()).isEmpty()) {
      throw new AssertionError("not ours");
    }
    StringBuilder told = new StringBuilder();
    told.append(rows.size()).append('\n');
    for (TaskRow row : rows) {
      told.append(row.id()).append(' ').append(row.state().code()).append(" .\n");
    }
    System.out.print(told);
    System.out.flush();
  }
}
