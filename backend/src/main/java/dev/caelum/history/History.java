package dev.caelum.history;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Member;
import dev.caelum.feed.Feed;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The past of the cluster as this node saw it: records it, and answers what was. */
public final class History implements AutoCloseable {
  /** The longest time that one question spans. */
  public static final Duration MOST = Duration.ofDays(400);

  /** The most steps in one answer. */
  public static final int MOST_STEPS = 6_000;

  /** So long after its last sample a run may have gone on. */
  private static final long GRACE_SECONDS = 2 * Chunk.SLOT_SECONDS;

  private final Recorder recorder;

  /**
   * A history in a folder.
   *
   * @param days how long it is kept, at least 1
   * @param body the API's Machine object of a row
   * @param tasks how many tasks there are; null when that cannot be told now
   * @param links what a link has carried, by its number; null when there is none
   */
  public History(
      Path folder,
      int days,
      Feed feed,
      Supplier<ClusterSnapshot> table,
      Function<Member, String> body,
      Supplier<@Nullable Tasks> tasks,
      LongFunction<@Nullable Carried> links) {
    this(folder, days, feed, table, body, tasks, links, Clock.systemUTC());
  }

  History(
      Path folder,
      int days,
      Feed feed,
      Supplier<ClusterSnapshot> table,
      Function<Member, String> body,
      Supplier<@Nullable Tasks> tasks,
      LongFunction<@Nullable Carried> links,
      Clock clock) {
    this.recorder = new Recorder(folder, days, feed, table, body, tasks, links, clock);
  }

  /** Begins to record, on a thread of its own; whatever fails is told by {@link #problem}. */
  public void start() {
    recorder.start();
  }

  /** Keeps so many days from now on, at least 1; what is older goes soon. */
  public void keep(int days) {
    recorder.keep(days);
  }

  /** Why nothing is recorded now, in a sentence. */
  public Optional<String> problem() {
    return recorder.problem();
  }

  private HistoryFile file() throws HistoryUnusable {
    HistoryFile file = recorder.file();
    if (file == null) {
      throw new HistoryUnusable(
          recorder.problem().orElse("The past is not open yet: ask again in a second."), null);
    }
    return file;
  }

  /** What is kept. */
  public Past.About about() throws HistoryUnusable {
    HistoryFile file = file();
    return file.reading(connection ->
        new Past.About(
            recorder.days(),
            file.bytes(),
            recorder.problem().orElse(null),
            Names.all(connection).stream()
                .filter(entry -> !entry.name().equals(Reading.CLUSTER))
                .map(entry ->
                    new Past.Machine(entry.name(), entry.hostname(), entry.first(), entry.last()))
                .toList(),
            spans(connection, 0, Long.MAX_VALUE)));
  }

  /**
   * Numbers of a machine, or without a name of the cluster.
   *
   * @param from seconds since 1970
   * @param until before that; at most {@link #MOST} later
   * @param points how many steps are wished for, at most {@link #MOST_STEPS}; there are as many or
   *     fewer
   * @return empty when nothing was ever recorded of that machine
   */
  public Optional<Past.Series> series(@Nullable String machine, long from, long until, int points)
      throws HistoryUnusable {
    String name = machine == null ? Reading.CLUSTER : machine;
    long first = Math.floorDiv(from, Chunk.SLOT_SECONDS);
    long slots = Math.max(1, Math.ceilDiv(until, Chunk.SLOT_SECONDS) - first);
    int slotsPerStep = (int) Math.max(1, Math.ceilDiv(slots, points));
    // Whole steps since 1970, so that the same time is the same step in every answer.
    long begin = Math.floorDiv(first, slotsPerStep) * slotsPerStep;
    int steps = (int) Math.ceilDiv(first + slots - begin, slotsPerStep);
    return file()
        .reading(connection -> {
          Optional<Names.Entry> found = Names.find(connection, name);
          if (found.isEmpty()) {
            return Optional.<Past.Series>empty();
          }
          Names.Entry series = found.get();
          long end = begin + (long) steps * slotsPerStep;
          Buckets buckets = new Buckets(begin, slotsPerStep, steps);
          Samples.read(connection, series.id(), begin, end, buckets);
          boolean cluster = name.equals(Reading.CLUSTER);
          return Optional.of(
              new Past.Series(
                  name,
                  series.hostname(),
                  begin * Chunk.SLOT_SECONDS,
                  slotsPerStep * Chunk.SLOT_SECONDS,
                  buckets.columns(cluster ? Metric.OF_CLUSTER : Metric.OF_MACHINE),
                  spans(connection, begin * Chunk.SLOT_SECONDS, end * Chunk.SLOT_SECONDS)));
        });
  }

  private static List<Past.Span> spans(Connection connection, long from, long until)
      throws SQLException {
    return Runs.read(connection, from, until).stream()
        .map(run -> new Past.Span(run.began(), run.ended()))
        .toList();
  }

  /** The cluster at a moment, in milliseconds since 1970. */
  public Past.Cluster at(long millis) throws HistoryUnusable {
    return file()
        .reading(connection -> {
          long seconds = millis / 1_000;
          if (spans(connection, seconds - GRACE_SECONDS, seconds + 1).isEmpty()) {
            return new Past.Cluster(millis, false, List.of());
          }
          List<Past.Then> machines = new ArrayList<>();
          for (Names.Entry entry : Names.all(connection)) {
            Moments.Found found =
                entry.name().equals(Reading.CLUSTER)
                    ? null
                    : Moments.at(connection, entry.id(), millis);
            if (found != null) {
              machines.add(
                  new Past.Then(
                      entry.name(),
                      found.at(),
                      found.body(),
                      values(connection, entry.id(), seconds)));
            }
          }
          return new Past.Cluster(millis, true, machines);
        });
  }

  private static Map<Metric, Double> values(Connection connection, long series, long seconds)
      throws SQLException {
    Map<Metric, Double> found = new EnumMap<>(Metric.class);
    long slot = seconds / Chunk.SLOT_SECONDS;
    Samples.read(
        connection,
        series,
        slot,
        slot + 1,
        (_, values) -> {
          for (int i = 0; i < values.length; i++) {
            Metric metric = Metric.OF_MACHINE.get(i);
            if (values[i] != Chunk.MISSING) {
              found.put(metric, metric.value((double) values[i]));
            }
          }
        });
    return found;
  }

  /** Events of the past, the newest first. */
  public List<PastEvent> events(EventQuery query) throws HistoryUnusable {
    return file().reading(connection -> Events.read(connection, query));
  }

  /** Writes what there is, and ends. */
  @Override
  public void close() {
    recorder.close();
  }
}
