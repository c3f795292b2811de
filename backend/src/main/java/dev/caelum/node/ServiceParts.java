package dev.caelum.node;

import dev.caelum.cluster.Member;
import dev.caelum.config.McpConfig;
import dev.caelum.host.DataFolder;
import dev.caelum.http.ServicePort;
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

/** Wires the watch of this machine's services with the cluster, the API and the log. */
final class ServiceParts implements ServicePort, AutoCloseable {
  private final ServiceWatch watch;
  private final PortBook book;

  /**
   * @throws IOException when the reservations of earlier runs cannot be read
   */
  ServiceParts(McpConfig config, DataFolder folder) throws IOException {
    this.watch = new ServiceWatch(config.ports(), this::changed);
    this.book = new PortBook(folder, watch);
    book.load();
  }

  void start() {
    watch.start();
  }

  private void changed(Service service) {}

  /** The names of this machine's services that are ready. */
  List<String> ready() {
    return watch.ready();
  }

  @Override
  public Optional<List<Service>> of(Member member) {
    return member.self() ? Optional.of(watch.services()) : Optional.empty();
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
    if (!member.self()) {
      throw new CallFailed(CallFailed.NOT_READY, "it takes no calls from other machines");
    }
    return watch.call(port, tool, arguments, deadline, progress);
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
