package dev.caelum.history;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Member;
import dev.caelum.feed.Delivery;
import dev.caelum.feed.Feed;
import dev.caelum.feed.FeedEvent;
import dev.caelum.feed.LogLine;
import dev.caelum.feed.Subscription;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what the feed tells, within {@value #GATHER_MILLIS} ms, and every 15 s the numbers. A
 * reader of the feed like any other: it can hold nobody up.
 */
final class Recorder implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Recorder.class.getName());
  private static final long GATHER_MILLIS = 200;
  private static final long RETRY_MILLIS = 15_000;
  private static final long STOP_MILLIS = 2_000;
  private static final long DAY_SECONDS = 86_400;

  private final Path folder;
  private volatile int days;
  private final Feed feed;
  private final Supplier<ClusterSnapshot> table;
  private final Supplier<@Nullable Tasks> tasks;
  private final LinkRates rates;
  private final Clock clock;
  private final Gathered gathered;
  private final Thread thread =
      Thread.ofPlatform().name("history").daemon(true).unstarted(this::run);
  private volatile @Nullable HistoryFile file;
  private volatile @Nullable String problem;
  private volatile boolean closed;
  private volatile boolean fewer;
  private boolean reconciled;
  private long began;
  private long lastSlot;
  private long lastHour;
  private long wroteAt = System.nanoTime();

  /**
   * @param days how long the past is kept, at least 1
   * @param body the API's Machine object of a row
   * @param tasks how many there are; null when that cannot be told now
   * @param links what a link has carried, by its number; null when there is none
   */
  Recorder(
      Path folder,
      int days,
      Feed feed,
      Supplier<ClusterSnapshot> table,
      Function<Member, String> body,
      Supplier<@Nullable Tasks> tasks,
      LongFunction<@Nullable Carried> links,
      Clock clock) {
    this.folder = folder;
    this.days = days;
    this.feed = feed;
    this.table = table;
    this.tasks = tasks;
    this.rates = new LinkRates(links);
    this.clock = clock;
    this.gathered = new Gathered(body);
  }

  void start() {
    thread.start();
  }

  int days() {
    return days;
  }

  /** Keeps so many days from now on, at least 1; what is older goes with the next numbers. */
  void keep(int now) {
    fewer = now < days;
    days = now;
  }

  /** Where the past is; null while it cannot be used. */
  @Nullable HistoryFile file() {
    return file;
  }

  /** Why nothing is recorded now, in a sentence. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  private void run() {
    try (Subscription reader = feed.subscribe(null)) {
      while (!closed && !reader.closed()) {
        Delivery next = reader.next(Duration.ofMillis(gathered.isEmpty() ? patience() : 20));
        if (next != null) {
          take(next);
        }
        write();
      }
    } catch (InterruptedException e) {
      LOG.fine("The recorder ends");
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "The past is not recorded any more", e);
      problem = "The past is not recorded any more: " + e + ". A restart of the node mends that.";
    }
    HistoryFile open = file;
    if (open != null) {
      flush(open, lastSlot);
      open.close();
    }
  }

  private long patience() {
    long step = Chunk.SLOT_SECONDS * 1_000L;
    return Math.clamp(step - clock.millis() % step, 1, step);
  }

  private void take(Delivery delivery) {
    long millis = clock.millis();
    switch (delivery) {
      case Delivery.Snapshot snapshot ->
          gathered.all(snapshot.state().cluster().members(), snapshot.log(), millis);
      case Delivery.Event event -> {
        switch (event.event()) {
          case FeedEvent.MachineChanged(Member member, var _) -> gathered.changed(member, millis);
          case FeedEvent.MachineRemoved(String key) -> gathered.removed(key, millis);
          case FeedEvent.LogAdded(LogLine line) -> gathered.line(line);
          case FeedEvent.DiscoveryChanged _,
              FeedEvent.TasksChanged _,
              FeedEvent.ServicesChanged _,
              FeedEvent.PortsChanged _,
              FeedEvent.NotificationAdded _,
              FeedEvent.NodeChanged _ -> {}
        }
      }
      case Delivery.Gap _ -> {}
    }
  }

  /** Writes when it is time to. */
  private void write() {
    long now = clock.millis();
    long slot = now / 1_000 / Chunk.SLOT_SECONDS;
    boolean step = slot != lastSlot;
    long since = (System.nanoTime() - wroteAt) / 1_000_000;
    if (!step && (gathered.isEmpty() || since < GATHER_MILLIS)) {
      return;
    }
    if (problem != null && since < RETRY_MILLIS) {
      return;
    }
    wroteAt = System.nanoTime();
    HistoryFile open = opened();
    if (open != null && flush(open, slot)) {
      lastSlot = slot;
      if (slot / Chunk.SLOTS != lastHour || fewer) {
        fewer = false;
        lastHour = slot / Chunk.SLOTS;
        tidy(open);
      }
    }
  }

  private @Nullable HistoryFile opened() {
    if (file == null) {
      try {
        file = HistoryFile.open(folder);
        began = clock.millis() / 1_000;
      } catch (HistoryUnusable e) {
        failed(e);
      }
    }
    return file;
  }

  private void failed(HistoryUnusable e) {
    String why = "The past is not recorded now: " + e.getMessage();
    if (!why.equals(problem)) {
      LOG.warning(why);
    }
    problem = why;
  }

  private List<Reading> readings() {
    rates.look(clock.millis());
    return Sight.readings(table.get(), tasks.get(), rates);
  }

  private boolean flush(HistoryFile open, long slot) {
    List<Reading> readings = slot == lastSlot ? List.of() : readings();
    List<Moment> moments = gathered.moments();
    List<LogLine> lines = gathered.lines();
    long seconds = clock.millis() / 1_000;
    try {
      open.writing(connection -> {
        for (Reading reading : readings) {
          write(connection, reading, slot);
        }
        for (Moment moment : moments) {
          write(connection, moment);
        }
        for (LogLine line : lines) {
          Events.write(connection, line);
        }
        if (!reconciled) {
          reconcile(connection, gathered.present(), seconds);
        }
        Runs.write(connection, began, seconds);
        return true;
      });
    } catch (HistoryUnusable e) {
      failed(e);
      return false;
    }
    reconciled = true;
    if (problem != null) {
      LOG.info("The past is recorded again; %,d changes were lost".formatted(gathered.dropped()));
      problem = null;
    }
    gathered.written();
    return true;
  }

  private static void write(Connection connection, Reading reading, long slot) throws SQLException {
    List<Metric> metrics =
        reading.series().equals(Reading.CLUSTER) ? Metric.OF_CLUSTER : Metric.OF_MACHINE;
    long[] values = new long[Metric.COLUMNS];
    Arrays.fill(values, Chunk.MISSING);
    for (int i = 0; i < metrics.size(); i++) {
      Metric metric = metrics.get(i);
      values[i] = metric.stored(reading.value(metric));
    }
    OptionalLong series =
        Names.number(connection, reading.series(), reading.hostname(), slot * Chunk.SLOT_SECONDS);
    if (series.isPresent()) {
      Samples.write(connection, series.getAsLong(), slot, values);
    }
  }

  private static void write(Connection connection, Moment moment) throws SQLException {
    OptionalLong series =
        Names.number(connection, moment.series(), moment.hostname(), moment.at() / 1_000);
    if (series.isPresent()) {
      Moments.write(connection, series.getAsLong(), moment.at(), moment.body());
    }
  }

  /** Whoever was there when this node ended, and is not now, left in between. */
  private static void reconcile(Connection connection, Set<String> present, long seconds)
      throws SQLException {
    for (Names.Entry entry : Names.all(connection)) {
      if (!present.contains(entry.name())
          && Moments.at(connection, entry.id(), seconds * 1_000) != null) {
        Moments.write(connection, entry.id(), seconds * 1_000, null);
      }
    }
  }

  /** Packs what is older than the running hour, and forgets what is too old; a bite at a time. */
  private void tidy(HistoryFile open) {
    long seconds = clock.millis() / 1_000;
    long keep = seconds - days * DAY_SECONDS;
    try {
      boolean more = true;
      while (more && !closed) {
        more = open.writing(connection -> Samples.packNext(connection, lastHour));
      }
      for (Names.Entry entry : open.reading(Names::all)) {
        open.writing(connection -> {
          Samples.forget(connection, entry.id(), keep / 3_600);
          Moments.forget(connection, entry.id(), keep * 1_000);
          if (entry.last() < keep) {
            Moments.forgetAll(connection, entry.id());
            Names.forget(connection, entry.id());
          }
          return true;
        });
      }
      open.writing(connection -> {
        Events.forget(connection, keep * 1_000);
        Runs.forget(connection, keep);
        return true;
      });
      open.shrink();
    } catch (HistoryUnusable e) {
      failed(e);
    }
  }

  /** Writes what there is, and ends. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
