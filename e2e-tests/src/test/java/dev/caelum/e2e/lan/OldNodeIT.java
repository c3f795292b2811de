package dev.caelum.e2e.lan;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The stand-in for old nodes does on real sockets what it does in its own tests. */
@InLab
class OldNodeIT {
  @Test
  void registration_isAnsweredOverARealWebSocketAndTheMachineIsListed(Lab lab) throws Exception {
    Host host = lab.host();
    OldNodeProcess old = OldNodeProcess.start(host, "hostname=vm-1");
    BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    try (HttpClient client = HttpClient.newHttpClient();
        InputStream capture =
            Objects.requireNonNull(
                getClass().getResourceAsStream("/oldnode/legacy-websocket-exchange.json"));
        var reader = Json.createReader(capture)) {
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .buildAsync(URI.create("ws://" + host.address() + ":8080"), collect(answers))
              .get(5, TimeUnit.SECONDS);
      JsonObject register = reader.readArray().getJsonObject(0).getJsonObject("sent");
      socket.sendText(register.toString(), true).get(5, TimeUnit.SECONDS);
      assertThat(answers.poll(5, TimeUnit.SECONDS)).contains("\"machine_update\"", "vm-1");
      socket.sendText("{\"message_type\":\"ping\"}", true).get(5, TimeUnit.SECONDS);
      JsonObject status =
          Eventually.get(old::status, now -> !now.getJsonObject("dropped").isEmpty());
      assertThat(status.getJsonObject("registered")).containsOnlyKeys("caelum-a1b2c3d4");
      assertThat(status.getJsonObject("dropped"))
          .containsOnlyKeys("envelope: missing key message_id");
      socket.abort();
    }
  }

  private static WebSocket.Listener collect(BlockingQueue<String> answers) {
    return new WebSocket.Listener() {
      private final StringBuilder text = new StringBuilder();

      @Override
      public @Nullable CompletionStage<?> onText(
          WebSocket socket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
          answers.add(text.toString());
          text.setLength(0);
        }
        socket.request(1);
        return null;
      }
    };
  }

  @Test
  void oldNode_sendsItsBeaconAtItsStartAndTakesOneOfOurs(Lab lab) throws Exception {
    Host host = lab.host();
    try (DatagramSocket socket = new DatagramSocket(null)) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(8181));
      socket.setSoTimeout(5_000);
      OldNodeProcess old = OldNodeProcess.start(host);
      DatagramPacket packet = new DatagramPacket(new byte[4_096], 4_096);
      socket.receive(packet);
      String beacon = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
      assertThat(beacon).contains("CAELUM_BEACON", "caelum-00000000", host.address());
      assertThat(packet.getAddress().getHostAddress()).isEqualTo(host.address());

      byte[] ours = beacon.replace("caelum-00000000", "cae-other").getBytes(StandardCharsets.UTF_8);
      var target = new InetSocketAddress(host.address(), 8181);
      socket.send(new DatagramPacket(ours, ours.length, target));
      assertThat(Eventually.get(old::status, status -> status.getJsonObject("heard").size() == 1))
          .containsKey("links");
    }
  }

  @Test
  void oldDashboard_answersPlainHttpWithTheWordThatOldNodesScanFor(Lab lab) throws Exception {
    Host host = lab.host();
    OldNodeProcess.start(host, "port=8095", "page=true");
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI page = URI.create("http://" + host.address() + ":8095/api/v1/machines");
      HttpResponse<String> response =
          client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).contains("caelum");
    }
  }
}
