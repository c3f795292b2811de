package dev.caelum.e2e.mcp;

import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An assistant on a node's machine: an SDK client of the node's {@code /mcp}. Reads one JSON object
 * a line, {@code do} one of {@code tools}, {@code call}, {@code many}, {@code begin} and {@code
 * cancel}, and answers each with one line.
 */
public final class Assistant {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String NODE = "http://127.0.0.1:8080";

  /** The SDK drops the references to loggers that nobody keeps. */
  private static final List<Logger> SILENT =
      List.of(Logger.getLogger("io.modelcontextprotocol"), Logger.getLogger("reactor"));

  private final Map<String, List<String>> progress = new ConcurrentHashMap<>();
  private final McpAsyncClient client =
      McpClient.async(HttpClientStreamableHttpTransport.builder(NODE).endpoint("/mcp").build())
          .requestTimeout(LIMIT)
          .progressConsumer(told ->
              Mono.fromRunnable(() ->
                  progress
                      .computeIfAbsent(
                          String.valueOf(told.progressToken()), _ -> new CopyOnWriteArrayList<>())
                      .add(told.progress() + "/" + told.total() + " " + told.message())))
          .build();
  private final RawCall raw = new RawCall(NODE + "/mcp");
  private int calls;

  private Assistant() {}

  public static void main(String[] args) throws Exception {
    SILENT.forEach(logger -> logger.setLevel(Level.OFF));
    Assistant assistant = new Assistant();
    assistant.client.initialize().block(LIMIT);
    ToolServer.say("{\"ready\":true}");
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        try (var reader = Json.createReader(new StringReader(line))) {
          ToolServer.say(assistant.answer(reader.readObject()).toString());
        }
      }
    }
  }

  private JsonObject answer(JsonObject question) throws Exception {
    return switch (question.getString("do")) {
      case "tools" -> tools();
      case "call" -> call(question.getString("tool"), question.getJsonObject("arguments"));
      case "many" -> many(question.getString("tool"), question.getInt("count"));
      case "begin" -> raw.begin(question.getString("tool"));
      case "cancel" -> raw.cancel();
      default -> throw new IllegalArgumentException(question.toString());
    };
  }

  private JsonObject tools() {
    McpSchema.ListToolsResult listed = client.listTools().block(LIMIT);
    JsonObjectBuilder tools = Json.createObjectBuilder();
    if (listed != null) {
      listed.tools().forEach(tool -> tools.add(tool.name(), String.valueOf(tool.description())));
    }
    return tools.build();
  }

  private JsonObject call(String tool, JsonObject arguments) throws IOException {
    calls++;
    String token = "token-" + calls;
    McpSchema.CallToolRequest request =
        McpSchema.CallToolRequest.builder(tool)
            .arguments(McpJsonDefaults.getMapper(), arguments.toString())
            .progressToken(token)
            .build();
    JsonObjectBuilder out = Json.createObjectBuilder();
    long began = System.nanoTime();
    try {
      McpSchema.CallToolResult result = client.callTool(request).block(LIMIT);
      out.add("text", text(result))
          .add("error", result != null && Boolean.TRUE.equals(result.isError()));
    } catch (McpError e) {
      out.add("code", e.getJsonRpcError().code()).add("message", e.getJsonRpcError().message());
    }
    double millis = (System.nanoTime() - began) / 1e6;
    return out.add("ms", millis)
        .add("progress", Json.createArrayBuilder(progress.getOrDefault(token, List.of())))
        .build();
  }

  /** Makes {@code count} calls at once, each with a text of its own. */
  private JsonObject many(String tool, int count) {
    long began = System.nanoTime();
    List<Double> millis = new CopyOnWriteArrayList<>();
    List<Mono<Boolean>> all = new ArrayList<>();
    IntStream.range(0, count)
        .forEach(i ->
            all.add(
                client
                    .callTool(
                        McpSchema.CallToolRequest.builder(tool)
                            .arguments(Map.of("text", "text " + i))
                            .build())
                    .map(result -> {
                      millis.add((System.nanoTime() - began) / 1e6);
                      return text(result).equals("text " + i);
                    })));
    Boolean right =
        Flux.merge(Flux.fromIterable(all), Integer.MAX_VALUE).all(answer -> answer).block(LIMIT);
    return Json.createObjectBuilder()
        .add("answered", millis.size())
        .add("right", Boolean.TRUE.equals(right))
        .add("median_ms", millis.stream().sorted().toList().get(count / 2))
        .add("last_ms", millis.getLast())
        .build();
  }

  private static String text(McpSchema.@Nullable CallToolResult result) {
    return result == null || result.content().isEmpty()
        ? ""
        : ((McpSchema.TextContent) result.content().getFirst()).text();
  }
}
