package dev.caelum.history;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one series at one moment.
 *
 * @param series a machine, or {@link #CLUSTER}
 * @param hostname what people call it
 * @param values what was measured; a metric that is not there was not
 */
record Reading(String series, String hostname, Map<Metric, Double> values) {
  /** The series of the cluster itself. */
  static final String CLUSTER = "";

  Reading {
    values = Map.copyOf(values);
  }

  @Nullable Double value(Metric metric) {
    return values.get(metric);
  }
}
