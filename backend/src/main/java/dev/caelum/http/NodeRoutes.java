package dev.caelum.http;

import dev.caelum.feed.Feed;
import dev.caelum.feed.NodeStatus;
import java.util.List;
import java.util.OptionalInt;

/** This node itself: page, health, status and log. */
final class NodeRoutes {
  private final NodePort node;
  private final Feed feed;
  private final OptionalInt dashboardPort;

  NodeRoutes(NodePort node, Feed feed, OptionalInt dashboardPort) {
    this.node = node;
    this.feed = feed;
    this.dashboardPort = dashboardPort;
  }

  public record HealthView(
      String status,
      String machineId,
      String version,
      double uptimeSeconds,
      List<NodeStatus.Note> notes) {}

  public record LogView(List<LogLineView> log) {}

  void register(Routes routes) {
    routes.get("/", request -> new Reply(200, "text/html; charset=utf-8", page()));
    routes.get("/health", request -> health());
    routes.get(HttpApi.BASE + "/node", request -> Reply.ok(NodeView.of(node.status())));
    routes.get(
        HttpApi.BASE + "/log",
        request -> {
          int limit = Bodies.number(request, "limit", Feed.LOG_LINES, 0, 100_000);
          return Reply.ok(new LogView(LogLineView.of(feed.log(limit))));
        });
  }

  private Reply health() {
    NodeStatus status = node.status();
    return Reply.of(
        status.health() == NodeStatus.Health.DOWN ? 503 : 200,
        new HealthView(
            Words.of(status.health()),
            status.machineId(),
            status.version(),
            NodeView.uptime(status),
            status.notes()));
  }

  /** Old nodes that scan their subnet look for the word caelum in it. */
  private String page() {
    String dashboard =
        dashboardPort.isPresent()
            ? "Its dashboard listens on port " + dashboardPort.getAsInt() + "."
            : "It runs without a dashboard; <code>caelum dashboard</code> starts one.";
    return """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>Caelum node</title></head>
    <body><h1>Caelum node</h1>
    <p>This is the cluster port of a caelum node. %s</p>
    <ul><li><a href="/api/v1/machines">Machines</a></li>
    <li><a href="/api/v1/openapi.json">All of the API</a></li>
    <li><a href="/health">Health</a></li></ul></body></html>
    """
        .formatted(dashboard);
  }
}
