package dev.caelum.http;

import dev.caelum.cluster.Member;
import dev.caelum.feed.DuplicateText;
import dev.caelum.feed.NodeStatus;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who this machine is, who else says to be it, and another id on request. */
final class IdentityRoutes {
  private final NodePort node;

  IdentityRoutes(NodePort node) {
    this.node = node;
  }

  /** This machine's identity; {@code advice} is null while nobody else uses its id. */
  public record IdentityView(
      String machineId,
      String key,
      String since,
      String instance,
      String startedAt,
      String clusterId,
      String clusterName,
      boolean clusterNameExplicit,
      List<DuplicateView> duplicates,
      @Nullable String advice) {}

  /** Another live machine under the same id. */
  public record DuplicateView(
      String key,
      String hostname,
      String address,
      String state,
      boolean legacy,
      double firstSeenSeconds) {}

  /** A renewal; the node comes back under {@code machine_id} within moments. */
  public record RenewedView(String status, String oldMachineId, String machineId, String message) {}

  void register(Routes routes) {
    String identity = HttpApi.BASE + "/identity";
    routes.get(identity, request -> Reply.ok(identity()));
    routes.postThen(identity + "/renew", this::renew, node::restart);
  }

  private IdentityView identity() {
    NodeStatus status = node.status();
    List<Member> table = node.snapshot().members();
    Member self = node.snapshot().self();
    long now = node.now();
    return new IdentityView(
        status.machineId(),
        status.key(),
        node.idSince().toString(),
        status.instance(),
        status.startedAt().toString(),
        status.clusterId(),
        status.clusterName(),
        status.clusterNameExplicit(),
        DuplicateText.sharing(self, table).stream()
            .filter(member -> !member.self())
            .map(member -> duplicate(member, now))
            .toList(),
        self.duplicateId() ? DuplicateText.advice(self, table, now) : null);
  }

  private static DuplicateView duplicate(Member member, long now) {
    return new DuplicateView(
        member.key(),
        member.hostname(),
        member.endpoint().toString(),
        Words.of(member.state()),
        member.legacy(),
        Words.seconds(Math.max(0, now - member.firstSeenAt())));
  }

  private Reply renew(ServerRequest request) throws IOException {
    NodePort.RenewedId renewed = node.renewId();
    return Reply.of(
        202,
        new RenewedView(
            "renewed",
            renewed.before().value(),
            renewed.after().value(),
            "This node says goodbye and comes back under its new id."));
  }
}
