package dev.caelum.http;

import dev.caelum.analysis.Analyses;
import dev.caelum.coordinator.TaskService;
import dev.caelum.feed.Feed;
import dev.caelum.history.History;
import dev.caelum.mcp.LanTool;
import dev.caelum.work.WorkDesk;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.websocket.WsRouting;
import io.helidon.websocket.WsListener;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * The node's whole HTTP API, to be registered with the routing of the cluster port. The contract is
 * {@code docs/api.md}.
 */
public final class HttpApi implements AutoCloseable {
  /** What every route of the API proper starts with. */
  public static final String BASE = "/api/v1";

  /** A reader of events whose connection takes nothing for this long is cut. */
  static final Duration STUCK_READER = Duration.ofSeconds(30);

  private final Routes routes = new Routes();
  private final RateLimits limits = new RateLimits(System::nanoTime);
  private final AccessFilter access;
  private final WriteWatch watch;
  private final Supplier<WsListener> live;
  private final McpRoutes mcp;

  /**
   * An API over one node.
   *
   * @param history empty while none is kept
   * @param dashboardPort where the dashboard of this process listens, if it has one
   */
  public HttpApi(
      NodePort node,
      TaskService tasks,
      Analyses analyses,
      WorkDesk worker,
      ServicePort services,
      Supplier<Optional<History>> history,
      SettingsPort settings,
      NotificationPort notifications,
      Feed feed,
      AccessRules access,
      OptionalInt dashboardPort) {
    this(
        node,
        tasks,
        analyses,
        worker,
        services,
        history,
        settings,
        notifications,
        feed,
        access,
        dashboardPort,
        STUCK_READER);
  }

  HttpApi(
      NodePort node,
      TaskService tasks,
      Analyses analyses,
      WorkDesk worker,
      ServicePort services,
      Supplier<Optional<History>> history,
      SettingsPort settings,
      NotificationPort notifications,
      Feed feed,
      AccessRules access,
      OptionalInt dashboardPort,
      Duration stuckReader) {
    this.access = new AccessFilter(access, limits);
    this.watch = new WriteWatch(stuckReader);
    var seats = new Semaphore(LiveSocket.MAX);
    this.live = () -> new LiveSocket(node, feed, watch, seats);
    PortRoutes ports = new PortRoutes(node, services);
    var events = new EventStreams(feed, new SseForm(node, ports), limits, watch);
    new NodeRoutes(node, feed, dashboardPort).register(routes);
    new IdentityRoutes(node).register(routes);
    MachineRoutes machines = new MachineRoutes(node);
    machines.register(routes);
    new ClusterRoutes(node).register(routes);
    DiscoveryRoutes discovery = new DiscoveryRoutes(node);
    discovery.register(routes);
    new ServiceRoutes(node, services).register(routes);
    ports.register(routes);
    List<LanTool> tools = new ArrayList<>(new ClusterTools(machines, ports, discovery).all());
    tools.addAll(new TaskTools(node, tasks).all());
    this.mcp = new McpRoutes(new LanPlaces(node, services), tools, watch);
    mcp.register(routes);
    new TaskRoutes(node, tasks).register(routes);
    new OldTaskRoutes(node, tasks).register(routes);
    new AnalysisRoutes(node, analyses).register(routes);
    new WorkerRoutes(worker).register(routes);
    new ResourceRoutes(worker.reservations()).register(routes);
    new HistoryRoutes(history, Clock.systemUTC()).register(routes);
    new SettingsRoutes(settings).register(routes);
    new NotificationRoutes(notifications).register(routes);
    new AboutRoutes(node, settings).register(routes);
    routes.stream(BASE + "/events", events::serve);
    SpecRoutes.register(routes);
    ClosedRoutes.register(routes);
  }

  /** Adds filter, routes and error handling. Call once, after every other filter. */
  public void register(HttpRouting.Builder routing) {
    routing.addFilter(access);
    routes.register(routing);
    new ErrorMapper(routes).register(routing);
  }

  /** Adds {@code /ws/live}; the caller checks Host and Origin of the handshake. */
  public void registerLive(WsRouting.Builder routing) {
    routing.endpoint("/ws/live", live);
  }

  /** Starts to watch event streams for readers that take nothing. */
  public void start() {
    watch.start();
  }

  /** Ends every event stream. */
  @Override
  public void close() {
    mcp.close();
    watch.close();
  }

  /** How many event streams are open. */
  public int streams() {
    return limits.streams();
  }

  Set<String> routes() {
    return routes.all();
  }
}
