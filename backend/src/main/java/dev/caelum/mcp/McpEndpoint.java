package dev.caelum.mcp;

import dev.caelum.mcp.LanServices.Place;
import dev.caelum.mcp.ToolCatalog.Entry;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

/**
 * One MCP server for the whole LAN, by the official SDK: this node's own tools, and every tool of
 * every ready MCP server on any machine. Speaks streamable HTTP, which {@code http} carries. Made
 * at the first message, for what the SDK takes in memory.
 */
public final class McpEndpoint implements AutoCloseable {
  /** How long one call may take. */
  private static final Duration DEADLINE = Duration.ofMinutes(10);

  /** As much load as one call of ours that still runs there counts for, in percent. */
  private static final double CALL_LOAD = 10;

  private static final long LOOK_MILLIS = 1_000;

  private final McpJsonMapper json = McpJsonDefaults.getMapper();
  private final EndpointTransport transport = new EndpointTransport(json);
  private final LanServices services;
  private final Set<String> own;
  private final McpAsyncServer server;
  private final Map<String, Entry> known = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Set<String> shown = Set.of();

  /** What to answer over HTTP. */
  public sealed interface Answer {
    /** A new session and its first answer, JSON. */
    record Opened(String session, String body) implements Answer {}

    /** Nothing to say. */
    record Accepted() implements Answer {}

    /**
     * A stream of events to write until it ends.
     *
     * @param abandon to be run afterwards, whether or not the client is still there
     */
    record Streaming(Stream stream, Runnable abandon) implements Answer {}

    /** No such session: the client starts anew. */
    record NoSession() implements Answer {}

    /** The message is none; in one sentence. */
    record Bad(String why) implements Answer {}
  }

  /** Writes what comes until it ends. */
  public interface Stream {
    void write(OutputStream out, Pace pace) throws IOException, InterruptedException;
  }

  /** Is told before and after each write, so that a stuck one can be cut. */
  public interface Pace {
    void writing();

    void idle();
  }

  /**
   * Serves at once.
   *
   * @param tools this node's own tools
   */
  public McpEndpoint(LanServices services, List<LanTool> tools) {
    this.services = services;
    this.own = tools.stream().map(LanTool::name).collect(Collectors.toUnmodifiableSet());
    this.server =
        McpServer.async(transport)
            .serverInfo("caelum", "1")
            .instructions(
                "Every machine of this LAN. Tools without a machine in their name tell about the"
                    + " cluster; MACHINE__TOOL calls a tool of an MCP server on that machine.")
            .capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
            .validateToolInputs(false)
            .strictToolNameValidation(false)
            .addToolFilter(
                (_, tool) -> Mono.just(own.contains(tool.name()) || shown.contains(tool.name())))
            .tools(tools.stream().map(this::specification).toList())
            .build();
    Thread.ofVirtual().name("mcp tools").start(this::watch);
  }

  private void watch() {
    try {
      while (!closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (transport.listened()) {
          refresh();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes one message of a client. */
  public Answer take(@Nullable String session, String body) {
    refresh();
    return transport.take(session, body);
  }

  /** A stream of what this server says unasked. */
  public Answer listen(@Nullable String session) {
    return transport.listen(session);
  }

  /** Ends a session; false when there is none. */
  public boolean delete(@Nullable String session) {
    return transport.delete(session);
  }

  /**
   * Looks which tools there are now and tells clients when they changed. Tools that went are no
   * longer listed, but still answer: with why they cannot be called.
   */
  public synchronized void refresh() {
    Map<String, Entry> now = ToolCatalog.of(services.ready(), own);
    boolean changed = !now.keySet().equals(shown);
    for (Entry entry : now.values()) {
      Entry before = known.put(entry.name(), entry);
      if (before == null || !same(before, entry)) {
        // Replaces an earlier one of that name; its own notifications have nobody to go to yet.
        server.addTool(specification(entry)).block();
        changed = true;
      }
    }
    shown = Set.copyOf(now.keySet());
    for (String name : List.copyOf(known.keySet())) {
      if (known.size() > 2 * ToolCatalog.MAX && !shown.contains(name)) {
        known.remove(name);
        server.removeTool(name).block();
      }
    }
    if (changed) {
      server.notifyToolsListChanged().block();
    }
  }

  private static boolean same(Entry a, Entry b) {
    return a.tool().equals(b.tool()) && a.description().equals(b.description());
  }

  private AsyncToolSpecification specification(LanTool tool) {
    return AsyncToolSpecification.builder()
        .tool(
            McpSchema.Tool.builder(tool.name(), json, tool.schema())
                .description(tool.description())
                .build())
        .callHandler((_, request) ->
            Mono.fromCallable(() -> text(tool.body().run(arguments(request)), false))
                .onErrorResume(CallFailed.class, e -> Mono.just(text(message(e), true)))
                .subscribeOn(Schedulers.boundedElastic()))
        .build();
  }

  private AsyncToolSpecification specification(Entry entry) {
    return AsyncToolSpecification.builder()
        .tool(
            McpSchema.Tool.builder(entry.name(), json, entry.tool().schema())
                .description(entry.description())
                .build())
        .callHandler((exchange, request) -> forward(entry.name(), exchange, request))
        .build();
  }

  private Mono<McpSchema.CallToolResult> forward(
      String name, McpAsyncServerExchange exchange, McpSchema.CallToolRequest request) {
    return Mono.<McpSchema.CallToolResult>create(
            sink -> {
              Entry entry = known.get(name);
              if (entry == null) {
                sink.success(text("This tool is no longer there.", true));
                return;
              }
              Place place = leastBusy(entry);
              AtomicInteger running = calls(place);
              running.incrementAndGet();
              try {
                ServiceWatch.Call call =
                    services.call(
                        place.key(),
                        place.service().port(),
                        entry.tool().name(),
                        arguments(request),
                        DEADLINE,
                        teller(exchange, request));
                sink.onCancel(() -> call.cancel().accept("the caller cancelled it"));
                var _ =
                    call.result()
                        .whenComplete((result, error) -> {
                          running.decrementAndGet();
                          if (error == null) {
                            sink.success(result(result));
                          } else {
                            failed(sink, error, place);
                          }
                        });
              } catch (CallFailed e) {
                running.decrementAndGet();
                failed(sink, e, place);
              }
            })
        .subscribeOn(Schedulers.boundedElastic());
  }

  /** By what the machine tells of its processors, and by what we have running there. */
  private Place leastBusy(Entry entry) {
    return entry.places().stream()
        .min(
            Comparator.comparingDouble(
                place -> place.load() + CALL_LOAD * calls(place).doubleValue()))
        .orElseThrow();
  }

  private AtomicInteger calls(Place place) {
    return calls.computeIfAbsent(
        place.key() + "/" + place.service().port(), _ -> new AtomicInteger());
  }

  private static Consumer<ServiceWatch.Progress> teller(
      McpAsyncServerExchange exchange, McpSchema.CallToolRequest request) {
    Map<String, Object> meta = request.meta();
    Object token = meta == null ? null : meta.get("progressToken");
    return token == null
        ? _ -> {}
        : told ->
            exchange
                .progressNotification(
                    McpSchema.ProgressNotification.builder(token, told.done())
                        .total(told.total())
                        .message(told.message())
                        .build())
                .subscribe(_ -> {}, _ -> {});
  }

  /** A server's own error stays one; one of the way there is told as a result that failed. */
  private static void failed(
      MonoSink<McpSchema.CallToolResult> sink, Throwable error, Place place) {
    CallFailed failed = CallFailed.of(error);
    if (failed.code() == CallFailed.NOT_READY) {
      sink.success(text(place.machine() + ": " + message(failed), true));
    } else {
      sink.error(McpError.builder(failed.code()).message(message(failed)).build());
    }
  }

  private McpSchema.CallToolResult result(String text) {
    try {
      return json.readValue(text, McpSchema.CallToolResult.class);
    } catch (IOException e) {
      return text("The server's result is none that MCP knows.", true);
    }
  }

  private String arguments(McpSchema.CallToolRequest request) {
    try {
      Map<String, Object> arguments = request.arguments();
      return json.writeValueAsString(arguments == null ? new LinkedHashMap<>() : arguments);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String message(CallFailed e) {
    return String.valueOf(e.getMessage());
  }

  private static McpSchema.CallToolResult text(String text, boolean error) {
    return McpSchema.CallToolResult.builder(List.of(McpSchema.TextContent.builder(text).build()))
        .isError(error)
        .build();
  }

  /** Ends all sessions. */
  @Override
  public void close() {
    closing.countDown();
    server.close();
    transport.closeGracefully().block();
  }
}
