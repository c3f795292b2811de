package dev.caelum.history;

import dev.caelum.cluster.InstanceId;
import dev.caelum.feed.Feed;
import dev.caelum.feed.FeedState;
import dev.caelum.feed.Machines;
import dev.caelum.feed.Values;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * What the past of many machines takes, and how fast it is asked. Arguments: a new folder,
 * machines, days. The numbers are random walks, which is what packs worst of all that is likely.
 */
public final class HistoryFigures {
  private static final int ASKED = 200;
  private static final long HOUR = 3_600;
  private static final long DAY = 24 * HOUR;

  private final Path folder;
  private final int machines;
  private final int days;
  private final long end = System.currentTimeMillis() / 1_000 / HOUR;
  private final Random random = new Random(1);

  private HistoryFigures(Path folder, int machines, int days) {
    this.folder = folder;
    this.machines = machines;
    this.days = days;
  }

  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0]));
    HistoryFigures figures =
        new HistoryFigures(folder, Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    figures.fill();
    figures.ask();
  }

  private void fill() throws HistoryUnusable {
    long[][] last = new long[machines][Metric.COLUMNS];
    long began = System.nanoTime();
    try (HistoryFile file = HistoryFile.open(folder)) {
      for (long hour = end - days * 24L; hour < end; hour++) {
        long each = hour;
        file.writing(connection -> {
          try (var insert =
              connection.prepareStatement("insert into chunk (id, data) values (?, ?)")) {
            for (int machine = 0; machine < machines; machine++) {
              long series =
                  Names.number(connection, "m-" + machine, "machine-" + machine, each * HOUR)
                      .orElseThrow();
              insert.setLong(1, (series << 32) | each);
              insert.setBytes(2, Chunk.pack(hour(last[machine])));
              insert.executeUpdate();
            }
          }
          Runs.write(connection, (end - days * 24L) * HOUR, (each + 1) * HOUR);
          return true;
        });
      }
      System.out.printf(
          Locale.ROOT,
          "| %,d machines, %d days, 15 s | %,.0f MB, %.2f bytes a number | written in %,d s |%n",
          machines,
          days,
          file.bytes() / 1e6,
          file.bytes() / (machines * days * 5_760.0 * Metric.COLUMNS),
          (System.nanoTime() - began) / 1_000_000_000);
    }
  }

  /**
   * CPU and memory in tenths of a percent, the disk seldom, round trips with noise, no loss; links
   * that carry little.
   */
  private long[][] hour(long[] last) {
    long[][] hour = Chunk.empty(Metric.COLUMNS);
    for (int slot = 0; slot < Chunk.SLOTS; slot++) {
      last[0] = Math.clamp(last[0] + random.nextInt(-60, 61), 0, 1_000);
      last[1] = Math.clamp(last[1] + random.nextInt(-5, 6), 0, 1_000);
      last[2] = Math.clamp(last[2] + (random.nextInt(20) == 0 ? 1 : 0), 0, 1_000);
      last[3] = random.nextInt(20, 80);
      last[4] = 0;
      last[5] = random.nextInt(8, 24);
      last[6] = random.nextInt(8) == 0 ? 120 : random.nextInt(8, 24);
      for (int i = 0; i < Metric.COLUMNS; i++) {
        hour[i][slot] = last[i];
      }
    }
    return hour;
  }

  private void ask() throws Exception {
    Feed feed =
        new Feed(
            new InstanceId("figures"),
            () -> new FeedState(Values.node(), Machines.table(), Values.idle()));
    try (feed;
        History history =
            new History(
                folder, days + 1, feed, Machines::table, _ -> "{}", () -> null, _ -> null)) {
      history.start();
      while (!open(history)) {
        LockSupport.parkNanos(50_000_000);
      }
      time("24 h of one machine, 300 steps", history, DAY, 300);
      time("24 h of one machine, each sample", history, DAY, 5_760);
      time("all days of one machine, 300 steps", history, days * DAY, 300);
      long[] nanos = new long[20];
      for (int i = 0; i < nanos.length; i++) {
        long start = System.nanoTime();
        history.at((end * HOUR - random.nextInt(86_400)) * 1_000);
        nanos[i] = System.nanoTime() - start;
      }
      tell("the cluster at a moment", nanos);
    }
  }

  private static boolean open(History history) {
    try {
      return history.about().days() > 0;
    } catch (HistoryUnusable e) {
      return false;
    }
  }

  private void time(String what, History history, long seconds, int points) throws Exception {
    long[] nanos = new long[ASKED];
    for (int i = 0; i < ASKED; i++) {
      long start = System.nanoTime();
      String machine = "m-" + random.nextInt(machines);
      if (history.series(machine, end * HOUR - seconds, end * HOUR, points).isEmpty()) {
        throw new AssertionError(machine);
      }
      nanos[i] = System.nanoTime() - start;
    }
    tell(what, nanos);
  }

  private static void tell(String what, long[] nanos) {
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "| %s | p50 %.1f ms | p99 %.1f ms |%n",
        what,
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6);
  }
}
