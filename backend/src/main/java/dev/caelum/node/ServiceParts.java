package dev.caelum.node;

import dev.caelum.cluster.Member;
import dev.caelum.config.McpConfig;
import dev.caelum.host.DataFolder;
import dev.caelum.http.ServicePort;
import dev.caelum.logging.Printable;
import dev.caelum.mcp.CallFailed;
import dev.caelum.mcp.PortBook;
import dev.caelum.mcp.ServiceWatch;
import dev.caelum.service.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Wires the watch of this machine's services with the cluster, the API and the log. */
final class ServiceParts implements ServicePort, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ServiceParts.class.getName());

  private final ServiceWatch watch;
  private final PortBook book;
  private final ServiceTraffic traffic;

  /**
   * @throws IOException when the reservations of earlier runs cannot be read
   */
  ServiceParts(McpConfig config, DataFolder folder, LongFunction<@Nullable LinkSession> sessions)
      throws IOException {
    this.watch = new ServiceWatch(config.ports(), this::changed);
    this.traffic = new ServiceTraffic(sessions, watch, config.forwardFrom());
    this.book = new PortBook(folder, watch);
    this.book.load();
  }

  void start() {
    watch.start();
  }

  private void changed(Service service) {
    Level level = service.ready() ? Level.INFO : Level.WARNING;
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
  }

  /** What goes to peers and comes from them. */
  ServiceTraffic traffic() {
    return traffic;
  }

  /** The names of this machine's services that are ready. */
  List<String> ready() {
    return watch.ready();
  }

  @Override
  public Optional<List<Service>> of(Member member) {
    return member.self() ? Optional.of(watch.services()) : traffic.of(member.key());
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
    watch.close();
  }
}
