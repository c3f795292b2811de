package dev.caelum.mcp;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * A transport that knows which request carries which progress token, so that a call can be
 * cancelled: the SDK keeps the numbers of its requests to itself and has no cancellation.
 */
final class CancellingTransport implements McpClientTransport {
  private static final String PROGRESS_TOKEN = "progressToken";

  private final McpClientTransport transport;
  private final Map<String, Object> requests = new ConcurrentHashMap<>();

  CancellingTransport(McpClientTransport transport) {
    this.transport = transport;
  }

  /** Tells the server that the call with this token is no longer wanted. */
  void cancel(String token, String reason) {
    Object request = requests.remove(token);
    if (request != null) {
      transport
          .sendMessage(
              new McpSchema.JSONRPCNotification(
                  "notifications/cancelled", Map.of("requestId", request, "reason", reason)))
          .subscribe(_ -> {}, _ -> {});
    }
  }

  /** The call is over. */
  void forget(String token) {
    requests.remove(token);
  }

  @Override
  public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
    if (message instanceof McpSchema.JSONRPCRequest request
        && request.params() instanceof McpSchema.CallToolRequest call
        && call.meta() != null
        && call.meta().get(PROGRESS_TOKEN) instanceof String token) {
      requests.put(token, request.id());
    }
    return transport.sendMessage(message);
  }

  @Override
  public Mono<Void> connect(
      Function<Mono<McpSchema.JSONRPCMessage>, Mono<McpSchema.JSONRPCMessage>> handler) {
    return transport.connect(handler);
  }

  @Override
  public void setExceptionHandler(Consumer<Throwable> handler) {
    transport.setExceptionHandler(handler);
  }

  @Override
  public Mono<Void> closeGracefully() {
    return transport.closeGracefully();
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return transport.unmarshalFrom(data, type);
  }

  @Override
  public List<String> protocolVersions() {
    return transport.protocolVersions();
  }
}
