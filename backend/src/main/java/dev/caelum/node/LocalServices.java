package dev.caelum.node;

import dev.caelum.mcp.CallFailed;
import dev.caelum.mcp.PortBook;
import dev.caelum.mcp.ServiceWatch;
import dev.caelum.service.Service;
import dev.caelum.service.ServiceState;
import dev.caelum.service.Spoken;
import dev.caelum.work.McpHandler;
import dev.caelum.work.TaskContext;
import dev.caelum.work.TaskFailed;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** This machine's services as tasks see them: by name, and to be called. */
final class LocalServices implements McpHandler.Calls {
  /** The task's own timeout ends a call before. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private final ServiceWatch watch;
  private final PortBook book;

  LocalServices(ServiceWatch watch, PortBook book) {
    this.watch = watch;
    this.book = book;
  }

  /** The names of all that can be used now: of MCP servers also what they call themselves. */
  List<String> names() {
    return usable().stream().flatMap(LocalServices::names).distinct().toList();
  }

  /** The same by port. */
  Map<Integer, String> ports() {
    Map<Integer, String> ports = new TreeMap<>();
    usable().forEach(service -> ports.put(service.port(), service.name()));
    return ports;
  }

  /** Ready MCP servers, and whatever listens on a port that is kept for it. */
  private List<Service> usable() {
    Map<Integer, String> kept = book.kept();
    return watch.services().stream()
        .filter(service -> service.port() != 0)
        .filter(service ->
            service.ready()
                || (kept.containsKey(service.port()) && service.state() != ServiceState.DOWN))
        .toList();
  }

  private static Stream<String> names(Service service) {
    Spoken spoken = service.spoken();
    return spoken == null || spoken.name().isBlank()
        ? Stream.of(service.name())
        : Stream.of(service.name(), spoken.name());
  }

  private Optional<Service> find(String server) {
    return watch.services().stream()
        .filter(service -> service.port() != 0)
        .filter(service ->
            server.equals(String.valueOf(service.port()))
                || names(service).anyMatch(server::equals))
        .max((one, other) -> Boolean.compare(one.ready(), other.ready()));
  }

  @Override
  public String call(String server, String tool, String arguments, TaskContext context)
      throws TaskFailed, InterruptedException {
    Service service =
        find(server)
            .orElseThrow(() ->
                new TaskFailed(
                    "no_service",
                    "This machine does not run the MCP server " + server + ".",
                    true));
    try {
      ServiceWatch.Call call =
          watch.call(
              service.port(),
              tool,
              arguments,
              LONGEST,
              told -> context.progress(percent(told), told.message()));
      return succeeded(tool, await(call));
    } catch (CallFailed e) {
      // What the server itself refuses it would refuse again.
      boolean mendable = e.code() == CallFailed.NOT_READY || e.code() == CallFailed.BROKEN;
      throw new TaskFailed(
          e.code() == CallFailed.NOT_READY ? "no_service" : "mcp",
          String.valueOf(e.getMessage()),
          mendable);
    }
  }

  private static String await(ServiceWatch.Call call) throws CallFailed, InterruptedException {
    try {
      return call.result().get();
    } catch (InterruptedException e) {
      call.cancel().accept("the task was ended");
      throw e;
    } catch (ExecutionException e) {
      throw CallFailed.of(e.getCause() == null ? e : e.getCause());
    }
  }

  private static int percent(ServiceWatch.Progress told) {
    Double total = told.total();
    return total == null || total <= 0 ? -1 : (int) Math.clamp(100 * told.done() / total, 0, 100);
  }

  /** A tool that says that it failed has not done what the task asks for. */
  private static String succeeded(String tool, String result) throws TaskFailed {
    JsonObject object;
    try (var reader = Json.createReader(new StringReader(result))) {
      object = reader.readObject();
    }
    if (object.getBoolean("isError", false)) {
      String text =
          object.getJsonArray("content") == null ? "" : object.getJsonArray("content").toString();
      throw new TaskFailed(
          "tool_failed", "The tool %s says that it failed: %s".formatted(tool, text), false);
    }
    return result;
  }
}
