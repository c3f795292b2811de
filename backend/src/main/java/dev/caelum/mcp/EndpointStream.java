package dev.caelum.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStreamableServerTransport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Messages to one client as server-sent events. Whoever sends only queues; the connection's own
 * thread writes. When the queue is full a notification is dropped, and anything else ends the
 * stream.
 */
final class EndpointStream implements McpStreamableServerTransport {
  private static final int QUEUE = 256;

  /** A comment after this much quiet shows whether the client is still there. */
  private static final long QUIET_MILLIS = 5_000;

  private static final String END = "";
  private static final byte[] HEARTBEAT = ": \n\n".getBytes(StandardCharsets.US_ASCII);

  private final McpJsonMapper json;
  private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(QUEUE);
  private volatile boolean ended;

  EndpointStream(McpJsonMapper json) {
    this.json = json;
  }

  /** Writes what comes until the stream ends. */
  void write(OutputStream out, McpEndpoint.Pace pace) throws IOException, InterruptedException {
    while (true) {
      String message = ended ? queue.poll() : queue.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
      if ((message == null && ended) || END.equals(message)) {
        return;
      }
      pace.writing();
      out.write(
          message == null
              ? HEARTBEAT
              : ("event: message\ndata: " + message + "\n\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      pace.idle();
    }
  }

  /** Ends the stream once all that is queued was written. */
  void end() {
    ended = true;
    boolean _ = queue.offer(END);
  }

  @Override
  public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
    return sendMessage(message, null);
  }

  @Override
  public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message, @Nullable String id) {
    return Mono.fromRunnable(() -> queue(message));
  }

  private void queue(McpSchema.JSONRPCMessage message) {
    try {
      boolean fits = !ended && queue.offer(json.writeValueAsString(message));
      if (!fits && !(message instanceof McpSchema.JSONRPCNotification)) {
        end();
      }
    } catch (IOException e) {
      end();
    }
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return json.convertValue(data, type);
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.fromRunnable(this::end);
  }

  @Override
  public void close() {
    end();
  }
}
