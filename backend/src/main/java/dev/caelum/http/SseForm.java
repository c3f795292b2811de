package dev.caelum.http;

import dev.caelum.cluster.Member;
import dev.caelum.feed.Delivery;
import dev.caelum.feed.FeedEvent;
import dev.caelum.feed.FeedState;
import dev.caelum.feed.MemberNames;
import dev.caelum.task.TaskRow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deliveries of the feed as server-sent events; each is made once and shared by all readers. */
final class SseForm {
  /** A comment line: no event, but a sign of life. */
  private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

  private final NodePort node;
  private final PortRoutes ports;

  SseForm(NodePort node, PortRoutes ports) {
    this.node = node;
    this.ports = ports;
  }

  /** The whole state. */
  public record SnapshotView(
      NodeView node, List<MachineView> machines, DiscoveryView discovery, List<LogLineView> log) {}

  /** A changed row. */
  public record ChangeView(MachineView machine, @Nullable String was) {}

  /** A row that is gone. */
  public record RemovedView(String key) {}

  /** Tasks that changed, without payload and result; {@code more}: others did, too. */
  public record TasksView(List<TaskView> tasks, boolean more) {}

  /** What a slow reader missed. */
  public record GapView(long missed) {}

  static byte[] heartbeat() {
    return HEARTBEAT;
  }

  /** The bytes of one delivery. Nobody may change them. */
  byte[] bytes(Delivery delivery) {
    return switch (delivery) {
      case Delivery.Snapshot snapshot ->
          snapshot.bytes().get(() -> event(snapshot, "snapshot", snapshot(snapshot)));
      case Delivery.Event event ->
          event.bytes().get(() -> event(event, name(event.event()), data(event.event())));
      case Delivery.Gap gap -> event(gap, "gap", new GapView(gap.missed()));
    };
  }

  private static String name(FeedEvent event) {
    return switch (event) {
      case FeedEvent.MachineChanged _ -> "machine";
      case FeedEvent.MachineRemoved _ -> "machine_removed";
      case FeedEvent.DiscoveryChanged _ -> "discovery";
      case FeedEvent.LogAdded _ -> "log";
      case FeedEvent.TasksChanged _ -> "tasks";
      case FeedEvent.ServicesChanged _ -> "services";
      case FeedEvent.PortsChanged _ -> "ports";
      case FeedEvent.NotificationAdded _ -> "notification";
      case FeedEvent.NodeChanged _ -> "node";
    };
  }

  private Object data(FeedEvent event) {
    return switch (event) {
      case FeedEvent.MachineChanged changed ->
          new ChangeView(
              machine(changed.member()), changed.was() == null ? null : Words.of(changed.was()));
      case FeedEvent.MachineRemoved removed -> new RemovedView(removed.key());
      case FeedEvent.DiscoveryChanged changed -> DiscoveryView.of(changed.run());
      case FeedEvent.LogAdded added -> LogLineView.of(added.line());
      case FeedEvent.TasksChanged(List<TaskRow> tasks, boolean more) ->
          new TasksView(
              tasks.stream().map(row -> TaskView.of(row, node.snapshot(), false)).toList(), more);
      case FeedEvent.ServicesChanged _ -> ports.all();
      case FeedEvent.PortsChanged _ -> ports.map();
      case FeedEvent.NotificationAdded added -> NotificationView.of(added.notification());
      case FeedEvent.NodeChanged changed -> NodeView.of(changed.status());
    };
  }

  private SnapshotView snapshot(Delivery.Snapshot snapshot) {
    FeedState state = snapshot.state();
    return new SnapshotView(
        NodeView.of(state.node()),
        MachineView.of(state.cluster().members(), new MemberNames(state.cluster()), node),
        DiscoveryView.of(state.discovery()),
        LogLineView.of(snapshot.log()));
  }

  private MachineView machine(Member member) {
    return MachineView.of(member, new MemberNames(node.snapshot()), node);
  }

  /** JSON has no raw line ends, so one data line carries it whole. */
  private static byte[] event(Delivery delivery, String name, Object data) {
    String text = "id: " + delivery.id() + "\nevent: " + name + "\ndata: " + Json.text(data);
    return (text + "\n\n").getBytes(StandardCharsets.UTF_8);
  }
}
