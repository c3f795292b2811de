package dev.caelum.store;

import dev.caelum.task.TaskRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A program that fills a disk with tasks, makes room, and goes on: {@code FOLDER}. */
final class DiskFiller {
  private static final Tasks TASKS = new Tasks();
  private static final List<TaskRow> WRITTEN = new ArrayList<>();

  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

  private DiskFiller() {}

  public static void main(String[] args) throws StoreUnavailable, IOException {
    FLYWAY.setLevel(Level.WARNING);
    Path folder = Path.of(args[0]);
    Path ballast = Files.write(folder.resolve("ballast"), new byte[4 << 20]);
    try (SqliteStore store = SqliteStore.open(folder)) {
      System.out.println("little room: " + (store.roomLeft() < 12_000_000));
      System.out.println("full: " + fill(store));
      TaskRow first = WRITTEN.getFirst();
      System.out.println("readable: " + store.find(first.id()).filter(first::equals).isPresent());
      System.out.println("still full: " + fill(store));
      Files.delete(ballast);
      System.out.println("written again: " + write(store));
      System.out.println("kept: " + kept(store));
    }
    SqliteFile.check(folder.resolve(SqliteStore.FILE), SqliteFile.Depth.FULL);
    System.out.println("whole: " + true);
  }

  private static boolean write(TaskStore store) throws StoreUnavailable {
    TaskRow row = TASKS.queued(5, "x".repeat(100_000), null);
    boolean written = store.write("a", List.of(row), List.of()).isEmpty();
    WRITTEN.add(row);
    return written;
  }

  /** Why it ended. */
  private static StoreUnavailable.Why fill(TaskStore store) {
    try {
      while (write(store)) {
        // Until the disk is full.
      }
      throw new AssertionError("refused");
    } catch (StoreUnavailable e) {
      return e.why();
    }
  }

  private static boolean kept(TaskStore store) throws StoreUnavailable {
    for (TaskRow row : WRITTEN) {
      if (!store.find(row.id()).filter(row::equals).isPresent()) {
        return false;
      }
    }
    return true;
  }
}
