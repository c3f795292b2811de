package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClusterPortTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Deque<WebServer> made = new ArrayDeque<>();

  @Test
  void aPortThatNobodyListensOnAnyMoreIsOpenedAgainAndOneThatIsClosedIsNot() throws Exception {
    int number = ClusterPort.free();
    ClusterPort port = new ClusterPort(() -> server(number), "127.0.0.1", number);
    port.open();
    assertThat(answer(number)).isEqualTo("server 1");
    port.mend();
    assertThat(made).as("while it listens nothing is done").hasSize(1);

    made.getFirst().stop();
    port.mend();
    assertThat(answer(number)).isEqualTo("server 2");
    assertThat(port.exhausted()).isFalse();

    port.close();
    port.mend();
    assertThat(made).hasSize(2);
  }

  private WebServer server(int number) {
    String name = "server " + (made.size() + 1);
    WebServer server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(number)
            .shutdownHook(false)
            .routing(routing -> routing.get("/", (_, response) -> response.send(name)))
            .build();
    made.addLast(server);
    return server;
  }

  private String answer(int port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
