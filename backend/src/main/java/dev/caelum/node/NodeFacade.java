package dev.caelum.node;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.Member;
import dev.caelum.discovery.DiscoveryRunner;
import dev.caelum.feed.DiscoveryRun;
import dev.caelum.feed.Finding;
import dev.caelum.feed.Journal;
import dev.caelum.feed.NodeStatus;
import dev.caelum.http.NodePort;
import dev.caelum.http.OperatorPort;
import dev.caelum.wire.Decoded;
import dev.caelum.wire.JsonText;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the API asks of the node. */
final class NodeFacade implements NodePort {
  private final Supplier<ClusterSnapshot> table;
  private final Supplier<NodeStatus> status;
  private final DiscoveryRunner discovery;
  private final OperatorConnects connects;
  private final LinkSpeaker speaker;
  private final LongFunction<@Nullable LinkSession> sessions;
  private final Journal journal;
  private final IdentityRenewal identity;
  private final OperatorPort operator;

  NodeFacade(
      Supplier<ClusterSnapshot> table,
      Supplier<NodeStatus> status,
      DiscoveryRunner discovery,
      OperatorConnects connects,
      LinkSpeaker speaker,
      LongFunction<@Nullable LinkSession> sessions,
      Journal journal,
      IdentityRenewal identity,
      OperatorPort operator) {
    this.table = table;
    this.status = status;
    this.discovery = discovery;
    this.connects = connects;
    this.speaker = speaker;
    this.sessions = sessions;
    this.journal = journal;
    this.identity = identity;
    this.operator = operator;
  }

  @Override
  public ClusterSnapshot snapshot() {
    return table.get();
  }

  @Override
  public NodeStatus status() {
    return status.get();
  }

  @Override
  public DiscoveryRun discovery() {
    return discovery.current();
  }

  @Override
  public CompletableFuture<DiscoveryRun> discover() {
    return discovery.start();
  }

  @Override
  public void stopDiscovery() {
    discovery.stop();
  }

  @Override
  public CompletableFuture<ConnectResult> connect(String host, int port) {
    return connects.connect(host, port);
  }

  @Override
  public @Nullable Carried carried(long number) {
    LinkSession session = sessions.apply(number);
    return session == null
        ? null
        : new Carried(session.link().bytesSent(), session.link().bytesReceived());
  }

  @Override
  public Broadcast broadcast(String payloadJson) {
    return switch (JsonText.read(payloadJson, JsonText.Bounds.LINK)) {
      case Decoded.Value<Map<String, @Nullable Object>> payload -> {
        String id = UUID.randomUUID().toString();
        yield new Broadcast(id, speaker.broadcast(id, payload.value()));
      }
      case Decoded.Rejected<Map<String, @Nullable Object>> rejected ->
          throw new IllegalArgumentException("payload: " + rejected.detail());
    };
  }

  @Override
  public OperatorPort operator() {
    return operator;
  }

  @Override
  public List<HeardBeacon> heard() {
    long now = now();
    return table.get().members().stream()
        .filter(member -> !member.self())
        .map(member -> heard(member, now))
        .toList();
  }

  private static HeardBeacon heard(Member member, long now) {
    return new HeardBeacon(
        member.id().value(),
        member.hostname(),
        member.primaryIp(),
        member.endpoint().host(),
        member.clusterId(),
        member.clusterName(),
        member.endpoint().port(),
        member.services().stream()
            .map(name -> new HeardBeacon.Service(name, "", null, ""))
            .toList(),
        (now - member.lastEvidenceAt()) / 1e9,
        member.legacy() ? "caelum_machine" : "caelum_node");
  }

  @Override
  public List<Finding> findings(String key) {
    return journal.of(key);
  }

  @Override
  public Instant idSince() {
    return identity.since();
  }

  @Override
  public RenewedId renewId() throws IOException {
    return identity.renew();
  }

  @Override
  public void restart() {
    identity.restart();
  }

  @Override
  public long now() {
    return System.nanoTime();
  }

  void saw(ClusterEvent event) {
    discovery.saw(event);
    connects.saw(event);
  }

  void heard(Input input) {
    if (input instanceof Input.BeaconHeard beacon) {
      discovery.heard(beacon);
    }
  }
}
