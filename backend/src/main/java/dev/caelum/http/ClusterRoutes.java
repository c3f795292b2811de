package dev.caelum.http;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.feed.MemberNames;
import dev.caelum.feed.NodeStatus;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cluster as old scripts see it, and what they may send into it. */
final class ClusterRoutes {
  /** All message types of the old wire are parsed, and answered or refused by rule. */
  private static final int MESSAGE_TYPES = 20;

  private final NodePort node;

  ClusterRoutes(NodePort node) {
    this.node = node;
  }

  /** The links of this node. */
  public record StatusView(
      boolean clusterServerRunning,
      String localMachineId,
      List<String> connectedMachines,
      List<ConnectionView> connectionDetails,
      List<String> discoveredMachines,
      int pendingTasks,
      int resourceReservations,
      @Nullable Integer communicationPort,
      int messageHandlers,
      @Nullable String error) {}

  /** One link. */
  public record ConnectionView(
      String machineId, boolean connected, String remoteAddress, String key) {}

  /** The clusters in this network. */
  public record InfoView(
      LocalClusterView localCluster,
      Map<String, DiscoveredClusterView> discoveredClusters,
      NetworkView networkSummary) {}

  /** This node's own cluster. */
  public record LocalClusterView(
      String clusterId,
      String clusterName,
      int totalMachines,
      int onlineMachines,
      @Nullable String coordinatorMachine) {}

  /** One cluster with its machines. */
  public record DiscoveredClusterView(
      String clusterId,
      String clusterName,
      List<MachineView> machines,
      TotalsView totalResources) {}

  /** Counts over all clusters. */
  public record NetworkView(
      int totalMachines, int totalClusters, int clusterConnections, boolean clusterServerRunning) {}

  /** How a connect ended. */
  public record ConnectView(
      boolean success,
      String message,
      @Nullable String error,
      @Nullable String code,
      @Nullable String hint,
      @Nullable String key,
      long ms) {}

  /** A broadcast that went out. */
  public record BroadcastView(String status, String messageId, int recipients) {}

  void register(Routes routes) {
    String cluster = HttpApi.BASE + "/cluster";
    routes.get(cluster + "/status", request -> Reply.ok(status()));
    routes.get(cluster + "/info", request -> Reply.ok(info()));
    routes.post(cluster + "/connect", this::connect);
    routes.post(cluster + "/broadcast", this::broadcast);
  }

  private StatusView status() {
    List<Member> members = node.snapshot().members();
    NodeStatus status = node.status();
    List<Member> linked = members.stream().filter(m -> m.link() != null).toList();
    NodeStatus.Listener listener = listener(status);
    return new StatusView(
        listener != null && listener.up(),
        status.machineId(),
        linked.stream().map(m -> m.id().value()).toList(),
        linked.stream()
            .map(m -> new ConnectionView(m.id().value(), true, m.endpoint().toString(), m.key()))
            .toList(),
        members.stream().filter(m -> !m.self()).map(m -> m.id().value()).toList(),
        0,
        0,
        port(listener),
        MESSAGE_TYPES,
        listener == null ? null : listener.problem());
  }

  private InfoView info() {
    ClusterSnapshot table = node.snapshot();
    List<Member> all = table.members();
    NodeStatus status = node.status();
    MemberNames names = new MemberNames(table);
    var clusters = new LinkedHashMap<String, DiscoveredClusterView>();
    List<Member> ours = all.stream().filter(m -> !m.foreign()).toList();
    clusters.put(
        status.clusterId(), cluster(status.clusterId(), status.clusterName(), ours, names, node));
    for (Member member : all) {
      if (member.foreign()) {
        clusters.computeIfAbsent(
            member.clusterId(),
            id ->
                cluster(
                    id,
                    member.clusterName(),
                    all.stream().filter(m -> m.foreign() && m.clusterId().equals(id)).toList(),
                    names,
                    node));
      }
    }
    NodeStatus.Listener listener = listener(status);
    return new InfoView(
        new LocalClusterView(
            status.clusterId(),
            status.clusterName(),
            ours.size(),
            (int) ours.stream().filter(m -> m.state().online()).count(),
            coordinator(ours)),
        clusters,
        new NetworkView(
            all.size(),
            clusters.size(),
            (int) all.stream().filter(m -> m.link() != null).count(),
            listener != null && listener.up()));
  }

  private static DiscoveredClusterView cluster(
      String id, String name, List<Member> members, MemberNames names, NodePort node) {
    List<Member> online = members.stream().filter(m -> m.state().online()).toList();
    return new DiscoveredClusterView(
        id, name, MachineView.of(members, names, node), TotalsView.of(online));
  }

  private static @Nullable String coordinator(List<Member> members) {
    for (Member member : members) {
      MachineInfo info = member.info();
      if (info != null
          && member.state() == MemberState.ALIVE
          && info.role() == MachineInfo.Role.COORDINATOR) {
        return member.id().value();
      }
    }
    return null;
  }

  private Reply connect(ServerRequest request) throws Exception {
    JsonObject body = Bodies.json(request);
    String host = Bodies.text(body, "host", 253);
    int port = Bodies.port(body, "port", MachineBody.DEFAULT_PORT);
    if (host.codePoints().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
      throw Json.bad("host must be a name or an address.").refused();
    }
    NodePort.ConnectResult result = Waiting.on(node.connect(host, port), Waiting.CONNECT);
    FailureCode code = result.code();
    if (code == FailureCode.POLICY) {
      throw Problem.of(403, code.code(), result.text()).hint(result.hint()).refused();
    }
    return Reply.ok(
        new ConnectView(
            result.connected(),
            result.text(),
            result.connected() ? null : result.text(),
            code == null ? null : code.code(),
            result.hint(),
            result.key(),
            result.millis()));
  }

  private Reply broadcast(ServerRequest request) throws Exception {
    JsonObject body = Bodies.json(request);
    String type = Bodies.text(body, "message_type", 64);
    if (!type.equals("status_broadcast")) {
      throw Json.bad("Only status_broadcast can be sent by hand; the node sends the rest itself.")
          .refused();
    }
    if (!(body.get("payload") instanceof JsonObject payload)) {
      throw Json.bad("payload must be an object.").refused();
    }
    NodePort.Broadcast sent = node.broadcast(payload.toString());
    return Reply.ok(new BroadcastView("broadcast_sent", sent.messageId(), sent.recipients()));
  }

  private static NodeStatus.@Nullable Listener listener(NodeStatus status) {
    return status.listeners().stream()
        .filter(listener -> listener.name().equals("cluster"))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Integer port(NodeStatus.@Nullable Listener listener) {
    if (listener == null) {
      return null;
    }
    String port = listener.address().substring(listener.address().lastIndexOf(':') + 1);
    return port.matches("[0-9]{1,5}") ? Integer.valueOf(port) : null;
  }
}
