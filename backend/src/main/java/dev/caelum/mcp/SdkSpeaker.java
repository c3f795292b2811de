package dev.caelum.mcp;

import dev.caelum.logging.Printable;
import dev.caelum.service.Spoken;
import dev.caelum.service.Tool;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/** A session by the official SDK, over streamable HTTP or the older form with SSE. */
final class SdkSpeaker implements Speaker {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  /** No call may last longer; each has a deadline of its own. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final int ANSWER_BYTES = 2 << 20;
  private static final int PAGES = 16;

  /** The SDK logs every refused connection with its stack; the watch tells it in a sentence. */
  private static final List<Logger> SILENT =
      Stream.of("io.modelcontextprotocol", "reactor").map(Logger::getLogger).toList();

  static {
    SILENT.forEach(logger -> logger.setLevel(Level.OFF));
  }

  private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

  private final McpAsyncClient client;
  private final CancellingTransport transport;
  private final String form;
  private final Map<String, Consumer<Progress>> progress = new ConcurrentHashMap<>();

  /** The two forms, the newer first. */
  private enum Form {
    STREAMABLE("streamable-http", "/mcp"),
    SSE("sse", "/sse");

    final String code;
    final String path;

    Form(String code, String path) {
      this.code = code;
      this.path = path;
    }
  }

  private SdkSpeaker(Form form, URI server, String path) {
    this.form = form.code;
    this.transport =
        new CancellingTransport(
            switch (form) {
              case STREAMABLE -> streamable(server.toString(), path);
              case SSE -> sse(server.toString(), path);
            });
    this.client =
        McpClient.async(transport)
            .requestTimeout(LONGEST)
            .initializationTimeout(LIMIT)
            .clientInfo(McpSchema.Implementation.builder("caelum", "1").build())
            .enableCallToolSchemaCaching(false)
            .progressConsumer(told -> Mono.fromRunnable(() -> heard(told)))
            .build();
  }

  /**
   * Opens a session: streamable HTTP at {@code /mcp} first, then SSE at {@code /sse}; takes at most
   * 2 s each.
   *
   * @param server scheme, host and port
   * @param path where both are tried instead; null = the usual ones
   * @throws NoAnswer when neither is spoken there
   */
  static Speaker open(URI server, @Nullable String path) throws NoAnswer {
    NoAnswer first = null;
    for (Form form : Form.values()) {
      SdkSpeaker speaker = new SdkSpeaker(form, server, path == null ? form.path : path);
      try {
        speaker.client.initialize().block(LIMIT);
        return speaker;
      } catch (RuntimeException e) {
        speaker.close();
        NoAnswer why = why(e);
        first = first == null || (why.other && !first.other) ? why : first;
      }
    }
    throw first == null ? new NoAnswer(false, "nothing was tried") : first;
  }

  private static McpClientTransport streamable(String server, String path) {
    return HttpClientStreamableHttpTransport.builder(server)
        .endpoint(path)
        .customizeClient(SdkSpeaker::local)
        .connectTimeout(LIMIT)
        .openConnectionOnStartup(false)
        .resumableStreams(false)
        .maxResponseSize(ANSWER_BYTES)
        .build();
  }

  /** The SDK discourages the older form; servers that speak nothing else are why it is here. */
  @SuppressWarnings("deprecation")
  private static McpClientTransport sse(String server, String path) {
    return io.modelcontextprotocol.client.transport.HttpClientSseClientTransport.builder(server)
        .sseEndpoint(path)
        .customizeClient(SdkSpeaker::local)
        .connectTimeout(LIMIT)
        .maxResponseSize(ANSWER_BYTES)
        .build();
  }

  /** Never anywhere but to the address it was given. */
  private static void local(HttpClient.Builder http) {
    http.proxy(HttpClient.Builder.NO_PROXY)
        .followRedirects(HttpClient.Redirect.NEVER)
        .version(HttpClient.Version.HTTP_1_1)
        .executor(THREADS);
  }

  @Override
  public Spoken tools() throws NoAnswer {
    long began = System.nanoTime();
    List<Tool> tools = new ArrayList<>();
    int leftOut = 0;
    String cursor = null;
    try {
      for (int page = 0; page < PAGES && tools.size() < Spoken.TOOLS; page++) {
        McpSchema.ListToolsResult told = listed(cursor);
        for (McpSchema.Tool tool : told.tools()) {
          Optional<Tool> usable = tool(tool);
          usable.ifPresent(tools::add);
          leftOut += usable.isPresent() ? 0 : 1;
        }
        cursor = told.nextCursor();
        if (cursor == null) {
          break;
        }
      }
    } catch (RuntimeException e) {
      throw why(e);
    }
    double millis = (System.nanoTime() - began) / 1e6;
    McpSchema.Implementation server = client.getServerInfo();
    return new Spoken(form, clean(server.name()), clean(server.version()), millis, tools, leftOut);
  }

  private McpSchema.ListToolsResult listed(@Nullable String cursor) {
    if (client.getServerCapabilities().tools() == null) {
      return McpSchema.ListToolsResult.builder(List.of()).build();
    }
    McpSchema.ListToolsResult told =
        (cursor == null ? client.listTools(McpSchema.FIRST_PAGE) : client.listTools(cursor))
            .block(LIMIT);
    return told == null ? McpSchema.ListToolsResult.builder(List.of()).build() : told;
  }

  private static Optional<Tool> tool(McpSchema.Tool tool) {
    try {
      String schema = McpJsonDefaults.getMapper().writeValueAsString(tool.inputSchema());
      return Optional.of(
          new Tool(tool.name(), tool.description() == null ? "" : tool.description(), schema));
    } catch (IOException | IllegalArgumentException unusable) {
      return Optional.empty();
    }
  }

  private static String clean(@Nullable String text) {
    return text == null ? "" : Printable.of(text);
  }

  @Override
  public Call call(
      String tool, String arguments, Duration deadline, Consumer<Progress> progressed) {
    String token = UUID.randomUUID().toString();
    CompletableFuture<String> result = new CompletableFuture<>();
    progress.put(token, progressed);
    try {
      McpSchema.CallToolRequest request =
          McpSchema.CallToolRequest.builder(tool)
              .arguments(McpJsonDefaults.getMapper(), arguments)
              .progressToken(token)
              .build();
      client
          .callTool(request)
          .timeout(deadline)
          .subscribe(
              answer -> finish(result, answer),
              error -> result.completeExceptionally(failed(error, deadline)));
    } catch (RuntimeException e) {
      result.completeExceptionally(failed(e, deadline));
    }
    CompletableFuture<String> ending =
        result.whenComplete((_, _) -> {
          progress.remove(token);
          transport.forget(token);
        });
    return new Call() {
      @Override
      public CompletableFuture<String> result() {
        return ending;
      }

      @Override
      public void cancel(String reason) {
        transport.cancel(token, reason);
        result.cancel(false);
      }
    };
  }

  private static void finish(CompletableFuture<String> result, McpSchema.CallToolResult answer) {
    try {
      result.complete(McpJsonDefaults.getMapper().writeValueAsString(answer));
    } catch (IOException e) {
      result.completeExceptionally(new CallFailed(CallFailed.BROKEN, "the result is no JSON"));
    }
  }

  private void heard(McpSchema.ProgressNotification told) {
    Consumer<Progress> consumer = progress.get(String.valueOf(told.progressToken()));
    if (consumer != null) {
      consumer.accept(new Progress(told.progress(), told.total(), told.message()));
    }
  }

  private static CallFailed failed(Throwable error, Duration deadline) {
    Throwable cause = Exceptions.unwrap(error);
    if (cause instanceof McpError refused && refused.getJsonRpcError() != null) {
      McpSchema.JSONRPCResponse.JSONRPCError told = refused.getJsonRpcError();
      return new CallFailed(told.code(), clean(told.message()));
    }
    if (cause instanceof TimeoutException) {
      return new CallFailed(CallFailed.BROKEN, "no result within " + deadline.toSeconds() + " s");
    }
    return new CallFailed(CallFailed.BROKEN, "the connection to the server broke: " + last(cause));
  }

  /** Whether nothing came back, or something that is not MCP. */
  private static NoAnswer why(Throwable error) {
    for (Throwable at = error; at != null; at = at.getCause()) {
      if (at instanceof HttpTimeoutException || at instanceof TimeoutException) {
        return new NoAnswer(false, "no answer within " + LIMIT.toSeconds() + " s");
      }
      if (at instanceof ConnectException) {
        return new NoAnswer(false, "the connection was refused");
      }
    }
    // What block() throws when its time is over has no type of its own.
    String text = last(error);
    return text.contains("Timeout on blocking read")
        ? new NoAnswer(false, "no answer within " + LIMIT.toSeconds() + " s")
        : new NoAnswer(true, withoutBody(text));
  }

  /** Leaves out the page that a web server sends with its error. */
  private static String withoutBody(String text) {
    int body = text.indexOf(", response body:");
    return body < 0 ? text : text.substring(0, body);
  }

  /** The deepest words that are there. */
  private static String last(Throwable error) {
    String words = error.getClass().getSimpleName();
    for (Throwable at = error; at != null; at = at.getCause()) {
      words = at.getMessage() == null ? words : at.getMessage();
    }
    return words;
  }

  @Override
  public void close() {
    client.close();
  }
}
