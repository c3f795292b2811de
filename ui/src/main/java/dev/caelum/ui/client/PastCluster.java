package dev.caelum.ui.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cluster at a moment of the past.
 *
 * @param time when
 * @param machines as the node saw them then
 * @param problem why that is not known; null when it is
 */
public record PastCluster(
    @Nullable Instant time, List<Machine> machines, @Nullable String problem) {
  public PastCluster {
    machines = List.copyOf(machines);
  }
}
