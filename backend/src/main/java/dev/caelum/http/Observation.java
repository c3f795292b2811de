package dev.caelum.http;

import dev.caelum.feed.NodeStatus;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import io.helidon.metrics.api.Metrics;
import io.helidon.webserver.observe.ObserveFeature;
import io.helidon.webserver.observe.health.HealthObserver;
import io.helidon.webserver.observe.metrics.MetricsObserver;
import java.util.function.Supplier;

/**
 * Health and metrics under {@code /observe}: the feature to add to the server, and the node's
 * meters.
 */
public record Observation(ObserveFeature feature, NodeMetrics metrics) {

  /** Builds both; {@code status} is asked at each look at the health. */
  @SuppressWarnings("removal") // The successor makes a second registry in these versions.
  public static Observation of(Supplier<NodeStatus> status) {
    // The order matters: a registry that is fetched before the feature exists is a second one, and
    // its meters never reach the page.
    ObserveFeature feature =
        ObserveFeature.builder()
            .observersDiscoverServices(false)
            .addObserver(
                HealthObserver.builder()
                    .useSystemServices(false)
                    .details(true)
                    .addCheck(() -> check(status.get()), HealthCheckType.READINESS, "caelum")
                    .build())
            .addObserver(MetricsObserver.create())
            .build();
    return new Observation(feature, new NodeMetrics(Metrics.globalRegistry()));
  }

  private static HealthCheckResponse check(NodeStatus status) {
    var response =
        HealthCheckResponse.builder()
            .status(status.health() != NodeStatus.Health.DOWN)
            .detail("health", Words.of(status.health()));
    status.notes().forEach(note -> response.detail(note.code(), note.text()));
    return response.build();
  }
}
