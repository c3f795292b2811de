package dev.caelum.ui.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's numbers of the last minutes, as the node recorded them: one for each step, the
 * oldest first, NaN where nothing was recorded.
 *
 * @param kept whether the node keeps a history at all
 * @param online how many machines were online
 * @param running how many tasks ran
 * @param age how long ago recording began; null when that was before what is here
 */
public record Lately(
    boolean kept, List<Double> online, List<Double> running, @Nullable Duration age) {
  /** How far back it goes. */
  public static final Duration SPAN = Duration.ofMinutes(15);

  /** Of a node that keeps no history. */
  static final Lately NOT_KEPT = new Lately(false, List.of(), List.of(), null);

  /** Of a node that has recorded nothing yet. */
  static final Lately BEGINNING = new Lately(true, List.of(), List.of(), Duration.ZERO);

  private static final int STEP = 15;

  /** Steps that are shown. */
  private static final int STEPS = (int) SPAN.toSeconds() / STEP;

  /** The newest number counts as that of now for so many steps. */
  private static final int FRESH = 3;

  public Lately {
    online = List.copyOf(online);
    running = List.copyOf(running);
  }

  /** What a series of the API tells of its last {@link #SPAN}. */
  static Lately read(Fields fields) {
    Fields metrics = fields.at("metrics");
    List<Double> online = metrics.at("machines_online").numbers("mean");
    List<Instant> begun = fields.list("recorded", Lately::since);
    Instant from = fields.instant("from");
    long step = Math.max(1, fields.count("step_s"));
    Instant until = from == null ? null : from.plusSeconds(step * online.size());
    Instant began = begun.isEmpty() ? until : begun.getFirst();
    Duration age =
        until == null || began == null || began.isAfter(until)
            ? Duration.ZERO
            : Duration.between(began, until);
    return new Lately(
        true,
        last(online),
        last(metrics.at("tasks_running").numbers("mean")),
        age.plusMinutes(1).compareTo(SPAN) < 0 ? age : null);
  }

  private static Instant since(Fields run) {
    Instant since = run.instant("since");
    return since == null ? Instant.EPOCH : since;
  }

  private static List<Double> last(List<Double> values) {
    return values.subList(Math.max(0, values.size() - STEPS), values.size());
  }

  /** The number of now in {@code values}; NaN when it is not known. */
  public static double now(List<Double> values) {
    for (int i = values.size() - 1; i >= Math.max(0, values.size() - FRESH); i--) {
      if (!values.get(i).isNaN()) {
        return values.get(i);
      }
    }
    return Double.NaN;
  }
}
