package dev.caelum.e2e.lan;

import dev.caelum.e2e.oldnode.OldMachine;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket link to a node from an address of this JVM, as an old machine would open it. */
public final class WsPeer implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final OldMachine self;
  private final HttpClient client;
  private final WebSocket socket;
  private final BlockingQueue<JsonObject> answers = new LinkedBlockingQueue<>();
  private String id = "";
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();

  /** Connects to {@code node} from {@code local}. */
  public WsPeer(NodeProcess node, InetAddress local, String hostname) throws Exception {
    self = OldMachine.of(hostname, local.getHostAddress(), 8080, java.util.List.of());
    client = HttpClient.newBuilder().localAddress(local).build();
    URI uri = URI.create("ws://" + node.address() + ":8080/");
    socket =
        client
            .newWebSocketBuilder()
            .buildAsync(uri, new Listener())
            .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  public OldMachine self() {
    return self;
  }

  /** The id that was registered, empty before. */
  public String id() {
    return id;
  }

  /** Registers under {@code id} and waits for the answer. */
  public JsonObject register(String id) throws Exception {
    JsonObject info = Json.createObjectBuilder(self.info()).add("machine_id", id).build();
    return register(id, info);
  }

  public JsonObject register(String id, JsonObject info) throws Exception {
    this.id = id;
    send(id, "machine_register", Json.createObjectBuilder().add("machine_info", info).build());
    return await("machine_update");
  }

  /** Sends one message of {@code type} as {@code id}; returns its id. */
  public String send(String id, String type, JsonObject payload) throws Exception {
    JsonObject message = envelope(id, type, payload).build();
    sendText(message.toString());
    return message.getString("message_id");
  }

  JsonObjectBuilder envelope(String id, String type, JsonObject payload) {
    return Json.createObjectBuilder(self.envelope(type, payload, "", "")).add("source_machine", id);
  }

  void sendText(String text) throws Exception {
    socket.sendText(text, true).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** Waits for a message of {@code type}, past others. */
  JsonObject await(String type) throws InterruptedException {
    return await(type, "");
  }

  /** Waits for a message of {@code type} that answers message {@code id}, past others. */
  JsonObject await(String type, String id) throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < end) {
      JsonObject next = answers.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next != null
          && next.getString("message_type").equals(type)
          && (id.isEmpty() || Json.createValue(id).equals(next.get("correlation_id")))) {
        return next;
      }
    }
    throw new AssertionError("no " + type + " within " + LIMIT);
  }

  /** Milliseconds from a ping as {@code id} to its pong. */
  double pingMillis(String id) throws Exception {
    long start = System.nanoTime();
    String ping = send(id, "ping", JsonValue.EMPTY_JSON_OBJECT);
    await("pong", ping);
    return (System.nanoTime() - start) / 1e6;
  }

  /** Completes with the close code, 1006 when the connection broke. */
  CompletableFuture<Integer> closed() {
    return closed;
  }

  boolean open() {
    return !closed.isDone();
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try (var reader = Json.createReader(new StringReader(text.toString()))) {
          answers.add(reader.readObject());
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.complete(1006);
    }
  }
}
