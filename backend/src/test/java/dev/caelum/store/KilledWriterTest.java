package dev.caelum.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.ForkedJvm;
import dev.caelum.task.TaskRow;
import dev.caelum.task.TaskState;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program killed while it writes loses nothing that it has acknowledged. */
class KilledWriterTest {
  private static final int ROUNDS_A_FOLDER = 50;
  private static final int MOST_MILLIS = 250;
  private static final List<TaskState> WAY =
      List.of(TaskState.QUEUED, TaskState.LEASED, TaskState.DONE);

  @TempDir private Path folders;
  private long acknowledged;
  private long unclean;

  @Test
  void nothingAcknowledgedIsLost() throws Exception {
    kill(15);
    assertThat(acknowledged).isPositive();
    assertThat(unclean).isPositive();
  }

  @Test
  @Tag("soak")
  void nothingAcknowledgedIsLostInAThousandKills() throws Exception {
    kill(1_000);
    System.out.printf(
        "1,000 kills: %,d changes acknowledged, 0 lost; %d journals left open, all whole%n",
        acknowledged, unclean);
  }

  private void kill(int rounds) throws Exception {
    long seed = Long.getLong("caelum.store.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < rounds; round++) {
      Path folder = folders.resolve("" + round / ROUNDS_A_FOLDER);
      Files.createDirectories(folder);
      Map<String, TaskState> told = killedAfter(folder, random.nextInt(MOST_MILLIS), random);
      check(folder, told, "round " + round + " of seed " + seed);
    }
  }

  /** What the writer acknowledged until it was killed. */
  private Map<String, TaskState> killedAfter(Path folder, int millis, Random random)
      throws Exception {
    Process writer =
        ForkedJvm.start(JournalWriter.class, folder.toString(), "" + random.nextLong());
    Map<String, TaskState> told = new HashMap<>();
    try (BufferedReader lines = writer.inputReader()) {
      String first = lines.readLine();
      assertThat(first).as("the writer has begun").isNotNull();
      Thread killer =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  TimeUnit.MILLISECONDS.sleep(millis);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                writer.destroyForcibly();
              });
      read(lines, told);
      killer.join();
    } finally {
      writer.destroyForcibly();
    }
    writer.waitFor();
    return told;
  }

  /** The last line may be cut. */
  private void read(BufferedReader lines, Map<String, TaskState> told) {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", -1);
        if (words.length == 3) {
          told.put(words[0], TaskState.of(words[1]));
          acknowledged++;
        }
      }
    } catch (IOException e) {
      // The pipe broke with its writer.
    }
  }

  private void check(Path folder, Map<String, TaskState> told, String when) throws Exception {
    JournalFiles files = new JournalFiles(folder);
    if (Files.exists(files.wal()) && Files.size(files.wal()) > 0) {
      unclean++;
    }
    try (SqliteStore store = SqliteStore.open(folder)) {
      assertThat(store.notices()).as(when).isEmpty();
      for (Map.Entry<String, TaskState> task : told.entrySet()) {
        TaskRow row = store.find(task.getKey()).orElseThrow(() -> new AssertionError(when));
        assertThat(WAY.indexOf(row.state()))
            .as(when)
            .isGreaterThanOrEqualTo(WAY.indexOf(task.getValue()));
      }
    }
    SqliteFile.check(files.journal(), SqliteFile.Depth.FULL);
  }
}
