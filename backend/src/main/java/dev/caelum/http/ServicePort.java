package dev.caelum.http;

import dev.caelum.cluster.Member;
import dev.caelum.mcp.CallFailed;
import dev.caelum.mcp.PortBook;
import dev.caelum.mcp.ServiceWatch;
import dev.caelum.service.Service;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What the API asks about services. */
public interface ServicePort {
  /** The services of a machine as it tells them itself; empty when it does not. */
  Optional<List<Service>> of(Member member);

  /** Asks all servers of this machine now; ends when each was asked. */
  CompletableFuture<Void> check();

  /** Where MCP servers of this machine may listen. */
  NavigableSet<Integer> ports();

  /**
   * Calls a tool of the server on a port of a machine.
   *
   * @throws CallFailed when it cannot be called; says why, and since when
   */
  ServiceWatch.Call call(
      Member member,
      int port,
      String tool,
      String arguments,
      Duration deadline,
      Consumer<ServiceWatch.Progress> progress)
      throws CallFailed;

  /** Which ports of this machine are kept for whom. */
  PortBook book();
}
