package dev.caelum.e2e.mcp;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * The SDK's own MCP server on loopback; runs until it is killed. Prints {@code ready} once it
 * listens, and a line for each call that waits and each cancellation that arrives.
 */
public final class ToolServer {
  /** The name that it tells. */
  public static final String NAME = "sdk-tools";

  private static final String OBJECT = "{\"type\":\"object\"}";
  private static final String TEXT =
      "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}},\"required\":[\"text\"]}";

  /** What a call that nobody ends waits for. */
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private ToolServer() {}

  /**
   * Serves.
   *
   * @param args the port
   */
  public static void main(String[] args) throws Exception {
    var transport =
        HttpServletStreamableServerTransportProvider.builder()
            .jsonMapper(McpJsonDefaults.getMapper())
            .mcpEndpoint("/mcp")
            .build();
    var _ =
        McpServer.sync(transport)
            .serverInfo(NAME, "1.2.3")
            .tools(
                tool("echo", TEXT, (_, request) -> echo(request)),
                tool("steps", OBJECT, ToolServer::steps),
                tool("fail", OBJECT, (_, _) -> text("it went wrong", true)),
                tool("refuse", OBJECT, (_, _) -> refuse()),
                tool("wait", OBJECT, (_, _) -> waits()))
            .build();
    Server jetty = new Server();
    ServerConnector connector = new ServerConnector(jetty);
    connector.setHost("127.0.0.1");
    connector.setPort(Integer.parseInt(args[0]));
    jetty.addConnector(connector);
    var context = new ServletContextHandler();
    ServletHolder holder = new ServletHolder(transport);
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/mcp");
    FilterHolder filter = new FilterHolder(new CancellationFilter());
    filter.setAsyncSupported(true);
    context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
    jetty.setHandler(context);
    jetty.start();
    say("ready");
    jetty.join();
  }

  static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private static SyncToolSpecification tool(
      String name,
      String schema,
      BiFunction<McpSyncServerExchange, McpSchema.CallToolRequest, McpSchema.CallToolResult> what) {
    return SyncToolSpecification.builder()
        .tool(
            McpSchema.Tool.builder(name, McpJsonDefaults.getMapper(), schema)
                .description("The tool " + name)
                .build())
        .callHandler(what)
        .build();
  }

  private static McpSchema.CallToolResult echo(McpSchema.CallToolRequest request) {
    return text(String.valueOf(request.arguments().get("text")), false);
  }

  private static McpSchema.CallToolResult steps(
      McpSyncServerExchange exchange, McpSchema.CallToolRequest request) {
    Object token = request.meta() == null ? null : request.meta().get("progressToken");
    for (int step = 1; token != null && step <= 3; step++) {
      exchange.progressNotification(
          McpSchema.ProgressNotification.builder(token, step)
              .total(3.0)
              .message("step " + step)
              .build());
    }
    return text("three steps", false);
  }

  private static McpSchema.CallToolResult refuse() {
    throw McpError.builder(-32_602).message("not with these arguments").build();
  }

  private static McpSchema.CallToolResult waits() {
    say("waiting");
    try {
      return text("ended " + NEVER.await(1, TimeUnit.MINUTES), false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return text("interrupted", true);
    }
  }

  private static McpSchema.CallToolResult text(String text, boolean error) {
    return McpSchema.CallToolResult.builder(List.of(McpSchema.TextContent.builder(text).build()))
        .isError(error)
        .build();
  }
}
