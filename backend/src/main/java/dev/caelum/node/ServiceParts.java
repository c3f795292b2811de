package dev.caelum.node;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Member;
import dev.caelum.config.McpConfig;
import dev.caelum.feed.FeedEvent;
import dev.caelum.feed.NodeStatus;
import dev.caelum.host.DataFolder;
import dev.caelum.http.ServicePort;
import dev.caelum.logging.Printable;
import dev.caelum.mcp.CallFailed;
import dev.caelum.mcp.ClientRegistry;
import dev.caelum.mcp.PortBook;
import dev.caelum.mcp.ServiceWatch;
import dev.caelum.service.Service;
import dev.caelum.service.ServiceState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Wires the watch of this machine's services with the cluster, the API and the log. */
final class ServiceParts implements ServicePort, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ServiceParts.class.getName());

  private final ServiceWatch watch;
  private final PortBook book;
  private final ClientRegistry registry;
  private final ServiceTraffic traffic;
  private final OldServices old = new OldServices();
  private final LocalServices local;
  private final ServiceNews news;

  /**
   * @param ownPort this node's own port, where no MCP server of others is
   * @param feed hears that services or ports changed
   * @throws IOException when the reservations of earlier runs cannot be read
   */
  ServiceParts(
      McpConfig config,
      int ownPort,
      DataFolder folder,
      LongFunction<@Nullable LinkSession> sessions,
      Consumer<FeedEvent> feed)
      throws IOException {
    this.news = new ServiceNews(feed);
    Set<Integer> ports = new TreeSet<>(config.ports());
    ports.remove(ownPort);
    this.watch = new ServiceWatch(ports, this::changed, this::gone);
    this.registry =
        new ClientRegistry(config.registries(), ownPort, watch, this::changed, this::gone);
    this.traffic =
        new ServiceTraffic(sessions, watch, this::own, config.forwardFrom(), news::services);
    this.book = new PortBook(folder, watch, news::ports);
    this.local = new LocalServices(watch, book);
    this.book.load();
  }

  void start() {
    watch.start();
    registry.start();
  }

  /** All of this machine: those that were seen or are expected, and those of clients' files. */
  private List<Service> own() {
    return Stream.concat(watch.services().stream(), registry.services().stream()).toList();
  }

  /** What people are to know about clients' files. */
  Stream<NodeStatus.Note> notes() {
    return registry.problems().stream().map(text -> new NodeStatus.Note("mcp_registry", text));
  }

  private void changed(Service service) {
    boolean fine = service.ready() || service.state() == ServiceState.CONFIGURED;
    Level level = fine ? Level.INFO : Level.WARNING;
    LOG.log(
        level,
        () ->
            "Service %s on port %d is %s%s"
                .formatted(
                    Printable.of(service.name()),
                    service.port(),
                    service.state().code(),
                    service.reason().isEmpty() ? "" : ": " + Printable.of(service.reason())));
    traffic.tell(service);
    news.services();
  }

  private void gone() {
    traffic.tellAll();
    news.services();
  }

  /** Follows the table; called by the thread that steps it. */
  void saw(ClusterEvent event) {
    traffic.saw(event);
    if (event instanceof ClusterEvent.MemberChanged(Member member, var was)) {
      boolean others = member.legacy() && old.saw(member);
      if (others || (was != member.state() && !of(member).orElse(List.of()).isEmpty())) {
        news.services();
      }
    } else if (event instanceof ClusterEvent.MemberRemoved(String key) && old.removed(key)) {
      news.services();
    }
  }

  /** What goes to peers and comes from them. */
  ServiceTraffic traffic() {
    return traffic;
  }

  /** This machine's services, for tasks. */
  LocalServices local() {
    return local;
  }

  @Override
  public Optional<List<Service>> of(Member member) {
    if (member.self()) {
      return Optional.of(own());
    }
    return member.legacy() ? Optional.of(old.of(member.key())) : traffic.of(member.key());
  }

  @Override
  public CompletableFuture<Void> check() {
    return watch.check();
  }

  @Override
  public NavigableSet<Integer> ports() {
    return watch.ports();
  }

  @Override
  public ServiceWatch.Call call(
      Member member,
      int port,
      String tool,
      String arguments,
      Duration deadline,
      Consumer<ServiceWatch.Progress> progress)
      throws CallFailed {
    return member.self()
        ? watch.call(port, tool, arguments, deadline, progress)
        : traffic.call(member.key(), port, tool, arguments, deadline, progress);
  }

  @Override
  public PortBook book() {
    return book;
  }

  @Override
  public void close() {
    registry.close();
    watch.close();
  }
}
