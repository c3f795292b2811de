package dev.caelum.history;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is told of the past, as values. Times are seconds since 1970 unless they say otherwise. */
public final class Past {
  /** How often numbers are recorded. */
  public static final int STEP_SECONDS = Chunk.SLOT_SECONDS;

  private Past() {}

  /**
   * What is kept.
   *
   * @param days how long
   * @param bytes on the disk
   * @param problem why nothing is recorded now; null = it is
   */
  public record About(
      int days, long bytes, @Nullable String problem, List<Machine> machines, List<Span> recorded) {
    public About {
      machines = List.copyOf(machines);
      recorded = List.copyOf(recorded);
    }
  }

  /** A machine with a past. */
  public record Machine(String name, String hostname, long first, long last) {}

  /** A time from then until then. */
  public record Span(long from, long until) {}

  /**
   * Numbers of one series, gathered into equal steps.
   *
   * @param hostname empty for the cluster
   * @param from when the first step begins
   * @param step in seconds, a multiple of 15
   * @param recorded when this node recorded at all
   */
  public record Series(
      String name,
      String hostname,
      long from,
      int step,
      List<Column> columns,
      List<Span> recorded) {
    public Series {
      columns = List.copyOf(columns);
      recorded = List.copyOf(recorded);
    }
  }

  /** One metric: of each step the mean, the least and the most; NaN where nothing was measured. */
  public static final class Column {
    private final Metric metric;
    private final double[] mean;
    private final double[] least;
    private final double[] most;

    Column(Metric metric, double[] mean, double[] least, double[] most) {
      this.metric = metric;
      this.mean = mean;
      this.least = least;
      this.most = most;
    }

    public Metric metric() {
      return metric;
    }

    /** How many steps. */
    public int size() {
      return mean.length;
    }

    public double mean(int step) {
      return mean[step];
    }

    public double least(int step) {
      return least[step];
    }

    public double most(int step) {
      return most[step];
    }
  }

  /**
   * The cluster at one moment, as this node saw it.
   *
   * @param recorded whether this node recorded then; else nothing is known
   */
  public record Cluster(long millis, boolean recorded, List<Then> machines) {
    public Cluster {
      machines = List.copyOf(machines);
    }
  }

  /**
   * A machine as it was.
   *
   * @param since when it became so, in milliseconds
   * @param body the API's Machine object of that time
   * @param values the numbers of the 15 s in which the moment lies
   */
  public record Then(String name, long since, String body, Map<Metric, Double> values) {
    public Then {
      values = Map.copyOf(values);
    }
  }
}
