package dev.caelum.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caelum.feed.FeedEvent;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LiveSocketTest {
  private final TestNode node = new TestNode();
  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    client.shutdownNow();
    node.close();
  }

  @Test
  void anOldClientGetsTheMachinesAndEachChange() throws Exception {
    WebSocket socket = open();
    JsonObject first = next();
    assertThat(first.getString("type")).isEqualTo("connection");
    assertThat(first.getJsonObject("data").getJsonArray("machines")).hasSize(1);
    var beta = Members.machine("caelum-beta", "192.168.7.2").build();
    node.feed.publish(new FeedEvent.NodeChanged(node.status()));
    node.feed.publish(new FeedEvent.MachineChanged(beta, null));
    node.feed.publish(new FeedEvent.MachineRemoved(beta.key()));
    JsonObject changed = next();
    assertThat(changed.getString("type")).isEqualTo("machine_update");
    assertThat(changed.getJsonObject("data").getJsonObject("machine").getString("machine_id"))
        .isEqualTo("caelum-beta");
    assertThat(next().getJsonObject("data").isNull("machine")).isTrue();
    socket.sendPing(ByteBuffer.wrap(new byte[] {1})).join();
    assertThat(received.poll(5, TimeUnit.SECONDS)).isEqualTo("pong");
    socket.sendText("{\"type\":\"whatever\"}", true).join();
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    await().until(() -> node.feed.subscribers() == 0);
  }

  @Test
  void aClientThatVanishesLeavesNothingBehind() throws Exception {
    WebSocket socket = open();
    next();
    socket.abort();
    var beta = Members.machine("caelum-beta", "192.168.7.2").build();
    await()
        .until(() -> {
          node.feed.publish(new FeedEvent.MachineChanged(beta, null));
          return node.feed.subscribers() == 0;
        });
  }

  private JsonObject next() throws InterruptedException {
    String text = received.poll(10, TimeUnit.SECONDS);
    assertThat(text).isNotNull();
    return Json.createReader(new StringReader(text)).readObject();
  }

  private WebSocket open() {
    var uri = URI.create(node.base().replace("http", "ws") + "/ws/live");
    return client
        .newWebSocketBuilder()
        .buildAsync(
            uri,
            new WebSocket.Listener() {
              private final StringBuilder text = new StringBuilder();

              @Override
              public @Nullable CompletionStage<?> onText(
                  WebSocket socket, CharSequence data, boolean last) {
                text.append(data);
                if (last) {
                  received.add(text.toString());
                  text.setLength(0);
                }
                socket.request(1);
                return null;
              }

              @Override
              public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
                received.add("pong");
                socket.request(1);
                return null;
              }
            })
        .join();
  }
}
