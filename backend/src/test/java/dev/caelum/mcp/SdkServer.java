package dev.caelum.mcp;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The SDK's own MCP server with three tools, on loopback; a program of its own, too. */
public final class SdkServer implements AutoCloseable {
  private static final String TEXT_SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}},\"required\":[\"text\"]}";

  private final Server jetty = new Server();
  private final ServerConnector connector = new ServerConnector(jetty);
  private final McpSyncServer server;

  /** Listens at once; on any free port when it is 0. */
  public SdkServer(int port) throws Exception {
    var transport =
        HttpServletStreamableServerTransportProvider.builder()
            .jsonMapper(McpJsonDefaults.getMapper())
            .mcpEndpoint("/mcp")
            .build();
    server =
        McpServer.sync(transport)
            .serverInfo("sdk-server", "1.2.3")
            .tools(
                tool("echo", TEXT_SCHEMA, SdkServer::echo),
                tool("steps", Tools.ANY_SCHEMA, SdkServer::steps),
                tool("fail", Tools.ANY_SCHEMA, SdkServer::fail))
            .build();
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    jetty.addConnector(connector);
    var context = new ServletContextHandler();
    ServletHolder holder = new ServletHolder(transport);
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/mcp");
    jetty.setHandler(context);
    jetty.start();
  }

  /** Runs until it is killed. */
  public static void main(String[] args) throws Exception {
    new SdkServer(Integer.parseInt(args[0])).jetty.join();
  }

  /** Where it listens. */
  public int port() {
    return connector.getLocalPort();
  }

  private interface Tools {
    String ANY_SCHEMA = "{\"type\":\"object\"}";

    McpSchema.CallToolResult call(
        McpSyncServerExchange exchange, McpSchema.CallToolRequest request);
  }

  private static SyncToolSpecification tool(String name, String schema, Tools what) {
    return SyncToolSpecification.builder()
        .tool(
            McpSchema.Tool.builder(name, McpJsonDefaults.getMapper(), schema)
                .description("The tool " + name)
                .build())
        .callHandler(what::call)
        .build();
  }

  private static McpSchema.CallToolResult echo(
      McpSyncServerExchange exchange, McpSchema.CallToolRequest request) {
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

  private static McpSchema.CallToolResult fail(
      McpSyncServerExchange exchange, McpSchema.CallToolRequest request) {
    return text("it went wrong", true);
  }

  private static McpSchema.CallToolResult text(String text, boolean error) {
    return McpSchema.CallToolResult.builder(List.of(McpSchema.TextContent.builder(text).build()))
        .isError(error)
        .meta(Map.of())
        .build();
  }

  /** Listens no longer. */
  public void stop() {
    server.close();
    try {
      jetty.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
