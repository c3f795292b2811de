package dev.caelum.http;

import dev.caelum.mcp.LanServices;
import dev.caelum.mcp.LanTool;
import dev.caelum.mcp.McpEndpoint;
import dev.caelum.mcp.McpEndpoint.Answer;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The LAN's MCP endpoint over streamable HTTP, for callers on this machine. */
final class McpRoutes implements AutoCloseable {
  private static final String PATH = "/mcp";
  private static final HeaderName SESSION = HeaderNames.create("Mcp-Session-Id");

  private final LanServices services;
  private final List<LanTool> tools;
  private final WriteWatch watch;
  private @Nullable McpEndpoint endpoint;

  McpRoutes(LanServices services, List<LanTool> tools, WriteWatch watch) {
    this.services = services;
    this.tools = tools;
    this.watch = watch;
  }

  void register(Routes routes) {
    routes.raw("POST", PATH, this::post);
    routes.stream(PATH, this::listen);
    routes.raw("DELETE", PATH, this::delete);
  }

  /** Made at the first message. */
  private synchronized McpEndpoint endpoint() {
    McpEndpoint made = endpoint;
    if (made == null) {
      made = new McpEndpoint(services, tools);
      endpoint = made;
    }
    return made;
  }

  private void post(ServerRequest request, ServerResponse response) throws IOException {
    String body =
        new String(Bodies.bytes(request, ListenerLimits.TASK_BODY), StandardCharsets.UTF_8);
    send(endpoint().take(session(request), body), response);
  }

  private void listen(ServerRequest request, ServerResponse response) {
    if (!request.context().get(AccessRules.Caller.class).orElseThrow().local()) {
      throw Problem.of(403, "local_only", "Only assistants on this machine may use its tools.")
          .hint("Run the assistant there, or use the node of its own machine.")
          .refused();
    }
    send(endpoint().listen(session(request)), response);
  }

  private void delete(ServerRequest request, ServerResponse response) {
    if (!endpoint().delete(session(request))) {
      throw noSession().refused();
    }
    response.status(Status.NO_CONTENT_204).send();
  }

  private static @Nullable String session(ServerRequest request) {
    return request.headers().first(SESSION).orElse(null);
  }

  private static Problem noSession() {
    return Problem.of(404, "unknown_session", "There is no such session (any more).")
        .hint("Send initialize first, and its Mcp-Session-Id with every other message.");
  }

  private void send(Answer answer, ServerResponse response) {
    switch (answer) {
      case Answer.Opened(String session, String body) ->
          response
              .header(SESSION, session)
              .header(HeaderNames.CONTENT_TYPE, Reply.JSON)
              .send(body.getBytes(StandardCharsets.UTF_8));
      case Answer.Accepted() -> response.status(Status.ACCEPTED_202).send();
      case Answer.NoSession() -> throw noSession().refused();
      case Answer.Bad(String why) -> throw Json.bad(why).refused();
      case Answer.Streaming streaming -> stream(streaming, response);
    }
  }

  private void stream(Answer.Streaming answer, ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
    try (WriteWatch.Writer writer = watch.watched();
        var out = response.outputStream()) {
      answer.stream()
          .write(
              out,
              new McpEndpoint.Pace() {
                @Override
                public void writing() {
                  writer.writing();
                }

                @Override
                public void idle() {
                  writer.idle();
                }
              });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new CloseConnectionException("a stream of MCP ended", e);
    } finally {
      answer.abandon().run();
    }
  }

  @Override
  public synchronized void close() {
    if (endpoint != null) {
      endpoint.close();
    }
  }
}
