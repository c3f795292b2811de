package dev.caelum.http;

import dev.caelum.cluster.Member;
import dev.caelum.feed.DiscoveryRun;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.bind.annotation.JsonbProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Discover Network, and what was heard by beacon. */
final class DiscoveryRoutes {
  private final NodePort node;

  DiscoveryRoutes(NodePort node) {
    this.node = node;
  }

  /** A finished run, with the old keys. */
  public record CompletedView(
      String status,
      String message,
      int udpDiscovered,
      List<HeardView> udpDiscoveredMachines,
      List<String> discoveredEndpoints,
      List<ConnectionAttemptView> connectionAttempts,
      int connectedMachines,
      int discoveredMachines,
      DiscoveryView discovery) {}

  /** One contact, with the old keys. */
  public record ConnectionAttemptView(
      String endpoint,
      boolean connected,
      String method,
      @Nullable String hostname,
      @Nullable String error,
      @Nullable String code,
      @Nullable String hint) {}

  /** One machine heard over UDP. */
  public record HeardView(
      String machineId,
      String hostname,
      String primaryIp,
      String senderIp,
      String clusterId,
      String clusterName,
      int websocketPort,
      List<NodePort.HeardBeacon.Service> services,
      String lastSeen,
      double lastSeenSeconds,
      String discoveryMethod,
      String type) {

    static HeardView of(NodePort.HeardBeacon heard, Instant now) {
      return new HeardView(
          heard.machineId(),
          heard.hostname(),
          heard.primaryIp(),
          heard.senderIp(),
          heard.clusterId(),
          heard.clusterName(),
          heard.websocketPort(),
          heard.services(),
          now.minus(Duration.ofMillis(Math.round(heard.lastSeenSeconds() * 1_000))).toString(),
          heard.lastSeenSeconds(),
          "UDP_BEACON",
          heard.type());
    }
  }

  /** All machines heard over UDP. */
  public record HeardListView(
      List<HeardView> udpDiscoveredMachines,
      int totalDiscovered,
      @JsonbProperty("discovery_method") String method,
      String note) {}

  void register(Routes routes) {
    String discover = HttpApi.BASE + "/cluster/discover";
    routes.get(discover, request -> Reply.ok(DiscoveryView.of(node.discovery())));
    routes.post(discover, this::run);
    routes.delete(
        discover,
        request -> {
          node.stopDiscovery();
          return Reply.ok(DiscoveryView.of(node.discovery()));
        });
    routes.get(HttpApi.BASE + "/udp/discovered", request -> Reply.ok(heardList()));
  }

  private Reply run(ServerRequest request) throws Exception {
    boolean wait = Bodies.flag(request, "wait", true);
    var running = node.discover();
    return wait
        ? Reply.ok(completed(Waiting.on(running, Waiting.DISCOVERY)))
        : Reply.of(202, DiscoveryView.of(node.discovery()));
  }

  /** Looks for machines and waits for the end. */
  CompletedView found() throws InterruptedException {
    return completed(Waiting.on(node.discover(), Waiting.DISCOVERY));
  }

  private CompletedView completed(DiscoveryRun run) {
    List<HeardView> heard = heard();
    List<Member> members = node.snapshot().members();
    return new CompletedView(
        "discovery_completed",
        run.verdict() == null ? run.phaseLine() : run.verdict(),
        heard.size(),
        heard,
        run.attempts().stream().map(DiscoveryRun.Attempt::endpoint).distinct().toList(),
        run.attempts().stream().map(DiscoveryRoutes::attempt).toList(),
        (int) members.stream().filter(m -> m.link() != null).count(),
        members.size() - 1,
        DiscoveryView.of(run));
  }

  private static ConnectionAttemptView attempt(DiscoveryRun.Attempt attempt) {
    return new ConnectionAttemptView(
        attempt.endpoint(),
        attempt.connected(),
        attempt.method(),
        attempt.hostname(),
        attempt.connected() ? null : attempt.text(),
        attempt.code(),
        attempt.hint());
  }

  private HeardListView heardList() {
    List<HeardView> heard = heard();
    return new HeardListView(
        heard,
        heard.size(),
        "UDP_BEACON",
        "Machines heard by beacon since this node started, newest first.");
  }

  private List<HeardView> heard() {
    Instant now = Instant.now();
    return node.heard().stream().map(heard -> HeardView.of(heard, now)).toList();
  }
}
