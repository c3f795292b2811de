package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.wire.Decoded;
import dev.caelum.wire.Envelope;
import dev.caelum.wire.Frame;
import dev.caelum.wire.FrameCodec;
import dev.caelum.wire.JsonText;
import dev.caelum.wire.MessageType;
import dev.caelum.wire.NumberedFrame;
import dev.caelum.wire.Timestamp;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A plain WebSocket client that says what a test tells it to, as an old node or worse. */
final class OldNode implements WebSocket.Listener, AutoCloseable {
  static final String ID = "caelum-00000000";
  private static final int PATIENCE_SECONDS = 10;

  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<Map<String, @Nullable Object>> heard = new LinkedBlockingQueue<>();
  private final StringBuilder partial = new StringBuilder();
  private final AtomicInteger closeCode = new AtomicInteger();
  private final WebSocket socket;

  OldNode(int port) {
    socket =
        client.newWebSocketBuilder().buildAsync(URI.create("ws://127.0.0.1:" + port), this).join();
  }

  void say(String text) {
    socket.sendText(text, true).join();
  }

  /** Says an envelope to all and returns its id. */
  String say(MessageType type, Map<String, @Nullable Object> payload) {
    return say(type, null, payload);
  }

  String say(
      MessageType type, @Nullable List<String> targets, Map<String, @Nullable Object> payload) {
    String id = UUID.randomUUID().toString();
    Envelope envelope = new Envelope(id, type, ID, targets, Timestamp.now(), payload, null);
    say(FrameCodec.encode(new NumberedFrame(0, null, new Frame.Legacy(envelope))));
    return id;
  }

  /** The next message that matches; others are skipped, for a node also talks by itself. */
  Map<String, @Nullable Object> hear(Predicate<Map<String, @Nullable Object>> wanted)
      throws InterruptedException {
    while (true) {
      Map<String, @Nullable Object> message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(message).as("a message within %s s", PATIENCE_SECONDS).isNotNull();
      if (wanted.test(message)) {
        return message;
      }
    }
  }

  /**
   * What answers {@code id}; null when nothing does. Messages are answered in their order, so a
   * ping's answer shows that nothing more comes.
   */
  @Nullable Map<String, @Nullable Object> answerTo(String id) throws InterruptedException {
    String end = say(MessageType.PING, Map.of());
    List<Map<String, @Nullable Object>> answers = new ArrayList<>();
    hear(message -> {
      if (id.equals(message.get("correlation_id"))) {
        answers.add(message);
      }
      return end.equals(message.get("correlation_id"));
    });
    assertThat(answers).hasSizeLessThan(2);
    return answers.isEmpty() ? null : answers.getFirst();
  }

  /** How many messages wait to be looked at. */
  int waiting() {
    return heard.size();
  }

  int closeCode() {
    return closeCode.get();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      if (JsonText.read(partial.toString(), JsonText.Bounds.LINK)
          instanceof Decoded.Value<Map<String, @Nullable Object>> message) {
        heard.add(message.value());
      }
      partial.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    closeCode.set(code);
    return null;
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
  }
}
