package dev.caelum.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Streamable HTTP for the SDK's server, without an HTTP server: what came is handed in, what goes
 * out is written by an {@link EndpointStream}. Sessions are bounded; the one that was longest not
 * used ends for a new one.
 */
final class EndpointTransport implements McpStreamableServerTransportProvider {
  static final int SESSIONS = 64;

  private final McpJsonMapper json;
  private final Map<String, McpStreamableServerSession> sessions =
      new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, CompletableFuture<Void>> running = new ConcurrentHashMap<>();
  private final Map<String, EndpointStream> listening = new ConcurrentHashMap<>();
  private McpStreamableServerSession.@Nullable Factory factory;

  EndpointTransport(McpJsonMapper json) {
    this.json = json;
  }

  @Override
  public synchronized void setSessionFactory(McpStreamableServerSession.Factory factory) {
    this.factory = factory;
  }

  /** Takes one message of a client. */
  McpEndpoint.Answer take(@Nullable String session, String body) {
    McpSchema.JSONRPCMessage message;
    try {
      message = McpSchema.deserializeJsonRpcMessage(json, body);
    } catch (IOException | RuntimeException e) {
      return new McpEndpoint.Answer.Bad("The body is no JSON-RPC message.");
    }
    if (message instanceof McpSchema.JSONRPCRequest request
        && request.method().equals(McpSchema.METHOD_INITIALIZE)) {
      return open(request);
    }
    McpStreamableServerSession open = session(session);
    if (open == null) {
      return new McpEndpoint.Answer.NoSession();
    }
    if (message instanceof McpSchema.JSONRPCRequest request) {
      return run(open, request);
    }
    if (message instanceof McpSchema.JSONRPCNotification notification) {
      cancelled(open, notification);
      open.accept(notification).block();
    } else if (message instanceof McpSchema.JSONRPCResponse response) {
      open.accept(response).block();
    }
    return new McpEndpoint.Answer.Accepted();
  }

  private McpEndpoint.Answer open(McpSchema.JSONRPCRequest request) {
    McpSchema.InitializeRequest wish;
    try {
      wish = json.convertValue(request.params(), McpSchema.InitializeRequest.class);
    } catch (RuntimeException e) {
      return new McpEndpoint.Answer.Bad("The parameters of initialize are not those of MCP.");
    }
    McpStreamableServerSession.McpStreamableServerSessionInit begun;
    McpStreamableServerSession over;
    synchronized (this) {
      if (factory == null) {
        throw new IllegalStateException("there is no server yet");
      }
      begun = factory.startSession(wish);
      over =
          sessions.size() < SESSIONS ? null : sessions.remove(sessions.keySet().iterator().next());
      sessions.put(begun.session().getId(), begun.session());
    }
    if (over != null) {
      end(over);
    }
    try {
      McpSchema.InitializeResult result = begun.initResult().block();
      return new McpEndpoint.Answer.Opened(
          begun.session().getId(),
          json.writeValueAsString(McpSchema.JSONRPCResponse.result(request.id(), result)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized @Nullable McpStreamableServerSession session(@Nullable String id) {
    return id == null ? null : sessions.get(id);
  }

  private McpEndpoint.Answer run(
      McpStreamableServerSession session, McpSchema.JSONRPCRequest request) {
    EndpointStream stream = new EndpointStream(json);
    String name = name(session, request.id());
    CompletableFuture<Void> work = session.responseStream(stream).handle(request).toFuture();
    running.put(name, work);
    CompletableFuture<Void> _ =
        work.whenComplete((_, _) -> {
          running.remove(name, work);
          stream.end();
        });
    return new McpEndpoint.Answer.Streaming(stream::write, () -> work.cancel(true));
  }

  /** The SDK's server has no cancellation; ending what runs for the request is all it takes. */
  private void cancelled(
      McpStreamableServerSession session, McpSchema.JSONRPCNotification notification) {
    if (notification.method().equals("notifications/cancelled")
        && notification.params() instanceof Map<?, ?> params) {
      CompletableFuture<Void> work = running.get(name(session, params.get("requestId")));
      if (work != null) {
        work.cancel(true);
      }
    }
  }

  private static String name(McpStreamableServerSession session, @Nullable Object request) {
    return session.getId() + "/" + request;
  }

  /** A stream of what the server says unasked; a second one ends the first. */
  McpEndpoint.Answer listen(@Nullable String session) {
    McpStreamableServerSession open = session(session);
    if (open == null) {
      return new McpEndpoint.Answer.NoSession();
    }
    EndpointStream stream = new EndpointStream(json);
    EndpointStream before = listening.put(open.getId(), stream);
    if (before != null) {
      before.end();
    }
    McpStreamableServerSession.McpStreamableServerSessionStream listener =
        open.listeningStream(stream);
    return new McpEndpoint.Answer.Streaming(
        stream::write,
        () -> {
          if (listening.remove(open.getId(), stream)) {
            listener.close();
          }
        });
  }

  /** Whether any client would hear of a change. */
  boolean listened() {
    return !listening.isEmpty();
  }

  /** Ends a session; false when there is none. */
  boolean delete(@Nullable String id) {
    McpStreamableServerSession session;
    synchronized (this) {
      session = id == null ? null : sessions.remove(id);
    }
    if (session != null) {
      end(session);
    }
    return session != null;
  }

  private void end(McpStreamableServerSession session) {
    EndpointStream stream = listening.remove(session.getId());
    if (stream != null) {
      stream.end();
    }
    String own = session.getId() + "/";
    running.forEach((name, work) -> {
      if (name.startsWith(own)) {
        work.cancel(true);
      }
    });
    session.close();
  }

  @Override
  public Mono<Void> notifyClients(String method, @Nullable Object params) {
    return Mono.fromRunnable(() -> listening.keySet().forEach(id -> tell(id, method, params)));
  }

  private void tell(String id, String method, @Nullable Object params) {
    McpStreamableServerSession session = session(id);
    if (session != null) {
      session.sendNotification(method, params).subscribe(_ -> {}, _ -> {});
    }
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.fromRunnable(() -> {
      List<McpStreamableServerSession> all;
      synchronized (this) {
        all = List.copyOf(sessions.values());
        sessions.clear();
      }
      all.forEach(this::end);
    });
  }
}
