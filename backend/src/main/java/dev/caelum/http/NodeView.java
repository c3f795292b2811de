package dev.caelum.http;

import dev.caelum.feed.InterfaceStatus;
import dev.caelum.feed.NodeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Node object of the API. */
public record NodeView(
    String machineId,
    String key,
    String instance,
    String hostname,
    String clusterId,
    String clusterName,
    boolean clusterNameExplicit,
    String version,
    String startedAt,
    double uptimeSeconds,
    String health,
    List<NodeStatus.Listener> listeners,
    List<InterfaceView> interfaces,
    List<NodeStatus.Note> notes) {

  /** One interface of the API. */
  public record InterfaceView(
      String name,
      @Nullable String address,
      String state,
      @Nullable String reason,
      long sent,
      long sendFailures,
      long received,
      @Nullable Double echoMs,
      boolean multicastEcho,
      boolean broadcastEcho) {

    static InterfaceView of(InterfaceStatus status) {
      return new InterfaceView(
          status.name(),
          status.address(),
          Words.of(status.state()),
          status.reason(),
          status.sent(),
          status.sendFailures(),
          status.received(),
          status.echoMillis(),
          status.multicastEcho(),
          status.broadcastEcho());
    }
  }

  static NodeView of(NodeStatus status) {
    return new NodeView(
        status.machineId(),
        status.key(),
        status.instance(),
        status.hostname(),
        status.clusterId(),
        status.clusterName(),
        status.clusterNameExplicit(),
        status.version(),
        status.startedAt().toString(),
        uptime(status),
        Words.of(status.health()),
        status.listeners(),
        status.interfaces().stream().map(InterfaceView::of).toList(),
        status.notes());
  }

  /** Seconds since the start by the wall clock, which may have been set since; never negative. */
  static double uptime(NodeStatus status) {
    return Math.max(
        0, Words.seconds(Duration.between(status.startedAt(), Instant.now()).toNanos()));
  }
}
