package dev.caelum.feed;

import java.time.Instant;
import java.util.List;

/** Plain values for tests. */
public final class Values {
  private Values() {}

  /** One about nobody. */
  public static Notification notification() {
    return new Notification(
        1,
        "0123456789abcdef",
        Instant.EPOCH,
        Notification.Kind.PROBLEM,
        LogLine.Level.PROBLEM,
        "problem",
        "A problem",
        List.of(),
        1);
  }

  /** A healthy node. */
  public static NodeStatus node() {
    return node(NodeStatus.Health.OK);
  }

  /** A node of that health. */
  public static NodeStatus node(NodeStatus.Health health) {
    return new NodeStatus(
        "caelum-self",
        "caelum-self@192.168.7.1:8080",
        "0123456789abcdef",
        "alpha",
        "11111111-2222-3333-4444-555555555555",
        "caelum-alpha-1",
        false,
        "0.2.0",
        Instant.EPOCH,
        health,
        List.of(
            new NodeStatus.Listener(
                "cluster",
                "0.0.0.0:8080",
                health != NodeStatus.Health.DOWN,
                health == NodeStatus.Health.DOWN ? "the port is taken" : null),
            new NodeStatus.Listener("beacon", "0.0.0.0:8181", true, null)),
        List.of(
            new InterfaceStatus(
                "eth0",
                "192.168.7.1/24",
                InterfaceStatus.State.UP,
                null,
                9,
                0,
                12,
                1.5,
                true,
                false)),
        health == NodeStatus.Health.OK
            ? List.of()
            : List.of(new NodeStatus.Note("no_echo", "Our own beacons do not come back.")));
  }

  /** No discovery has run yet. */
  public static DiscoveryRun idle() {
    return new DiscoveryRun(
        0,
        DiscoveryRun.State.IDLE,
        null,
        0,
        DiscoveryRun.Phase.FINISHED,
        0,
        "",
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        List.of(),
        null,
        null);
  }
}
