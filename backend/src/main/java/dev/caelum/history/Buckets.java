package dev.caelum.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Gathers samples into equal steps. */
final class Buckets implements Samples.Sink {
  private final long first;
  private final int slotsPerStep;
  private final double[][] sums;
  private final int[][] counts;
  private final double[][] least;
  private final double[][] most;

  /**
   * @param first the first slot
   * @param slotsPerStep how many slots make a step
   * @param steps how many steps
   */
  Buckets(long first, int slotsPerStep, int steps) {
    this.first = first;
    this.slotsPerStep = slotsPerStep;
    this.sums = new double[Metric.COLUMNS][steps];
    this.counts = new int[Metric.COLUMNS][steps];
    this.least = new double[Metric.COLUMNS][steps];
    this.most = new double[Metric.COLUMNS][steps];
    for (int i = 0; i < Metric.COLUMNS; i++) {
      Arrays.fill(least[i], Double.NaN);
      Arrays.fill(most[i], Double.NaN);
    }
  }

  @Override
  public void accept(long slot, long[] values) {
    int step = (int) ((slot - first) / slotsPerStep);
    for (int i = 0; i < values.length; i++) {
      if (values[i] != Chunk.MISSING) {
        double value = (double) values[i];
        sums[i][step] += value;
        least[i][step] = counts[i][step] == 0 ? value : Math.min(least[i][step], value);
        most[i][step] = counts[i][step] == 0 ? value : Math.max(most[i][step], value);
        counts[i][step]++;
      }
    }
  }

  /** What was gathered, in the units of the metrics. */
  List<Past.Column> columns(List<Metric> metrics) {
    List<Past.Column> columns = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i++) {
      Metric metric = metrics.get(i);
      double[] mean = new double[sums[i].length];
      for (int step = 0; step < mean.length; step++) {
        mean[step] = metric.value(sums[i][step] / counts[i][step]);
        least[i][step] = metric.value(least[i][step]);
        most[i][step] = metric.value(most[i][step]);
      }
      columns.add(new Past.Column(metric, mean, least[i], most[i]));
    }
    return columns;
  }
}
