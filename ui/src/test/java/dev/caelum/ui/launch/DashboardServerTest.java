package dev.caelum.ui.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.ui.fake.FakeNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The web application behind its real server, over real sockets. */
final class DashboardServerTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static FakeNode node;
  private static DashboardServer server;

  @BeforeAll
  static void start(@TempDir Path work) throws IOException {
    System.setProperty("vaadin.productionMode", "true");
    node = new FakeNode(0);
    server =
        new DashboardServer(
            "127.0.0.1", 0, work, Map.of("caelum.node-url", node.address().toString()));
    server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
    node.close();
    HTTP.close();
  }

  @Test
  void everyAnswerHasItsGuards() throws Exception {
    HttpResponse<String> script = get("/caelum.js");
    assertThat(script.statusCode()).isEqualTo(200);
    assertThat(script.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy ->
            assertThat(policy).contains("default-src 'self'").contains("frame-ancestors 'none'"));
    assertThat(script.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(script.headers().firstValue("Referrer-Policy")).contains("no-referrer");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/,false",
    "GET,/caelum.js,false",
    "GET,/api/v1/events,false",
    "GET,/health,false",
    "POST,/api/v1/cluster/discover,false",
    "DELETE,/api/v1/cluster/discover,false",
    "OPTIONS,/api/v1/machines,false",
    "GET,/VAADIN/push,true"
  })
  void foreignHostsAndOriginsAreRefused(String method, String path, boolean upgrade)
      throws IOException {
    assertThat(status(method, path, upgrade, "Host: evil.example")).isEqualTo(421);
    assertThat(status(method, path, upgrade, "Host: localhost\r\nOrigin: http://evil.example"))
        .isEqualTo(403);
  }

  @Test
  void theNodeHearsWhoReallyCalls() throws Exception {
    HttpRequest request =
        request("/api/v1/cluster/connect")
            .header("Content-Type", "application/json")
            .header("X-Forwarded-For", "203.0.113.9")
            .POST(BodyPublishers.ofString("{\"host\":\"beta\"}"))
            .build();
    assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    FakeNode.Command command = node.command();
    assertThat(command.caller()).isEqualTo("203.0.113.9, 127.0.0.1");
    assertThat(command.body()).isEqualTo("{\"host\":\"beta\"}");
  }

  @Test
  void aBodyHasItsLimit() throws Exception {
    HttpRequest request =
        request("/api/v1/cluster/connect")
            .POST(BodyPublishers.ofString("x".repeat((64 << 10) + 1)))
            .build();
    assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
  }

  @Test
  void anEventPassesWhileTheStreamIsOpen() throws Exception {
    HttpRequest request = request("/api/v1/events").header("Accept-Encoding", "gzip").build();
    var answer = HTTP.send(request, BodyHandlers.ofInputStream());
    try (var lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).startsWith("id:");
      assertThat(lines.readLine()).isEqualTo("event: snapshot");
      node.send("machine_removed", "{\"key\":\"gone\"}");
      assertThat(lines.lines().anyMatch(line -> line.contains("gone"))).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/,en,,en,needs JavaScript",
    "/,'de-AT,en;q=0.5',,de,braucht JavaScript",
    "/,'fr,nl;q=0.5',,en,needs JavaScript",
    "/,,,en,needs JavaScript",
    "/,en,caelum-lang=de,de,braucht JavaScript",
    "/machines?lang=de,en,caelum-lang=en,de,braucht JavaScript",
    "/?lang=tlh,de,,de,braucht JavaScript"
  })
  void aVisitorGetsTheLanguageThatWasChosenElseTheBrowsersElseEnglish(
      String path, String wished, String cookie, String language, String noScript)
      throws Exception {
    HttpRequest.Builder request = request(path).header("Accept", "text/html");
    if (wished != null) {
      request.header("Accept-Language", wished);
    }
    if (cookie != null) {
      request.header("Cookie", cookie);
    }
    HttpResponse<String> page = HTTP.send(request.build(), BodyHandlers.ofString());
    assertThat(page.body()).contains("lang=\"" + language + "\"").contains(noScript);
    assertThat(page.headers().allValues("Set-Cookie").stream().anyMatch(c -> c.contains("-lang=")))
        .isEqualTo(path.endsWith("=de"));
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return HTTP.send(request(path).build(), BodyHandlers.ofString());
  }

  /** The status of a request with any Host, which the JDK's client would not send. */
  private static int status(String method, String path, boolean upgrade, String headers)
      throws IOException {
    String upgrading =
        """
        Connection: Upgrade\r
        Upgrade: websocket\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        """;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          (method
                  + " "
                  + path
                  + " HTTP/1.1\r\n"
                  + headers
                  + "\r\n"
                  + (upgrade ? upgrading : "Connection: close\r\n")
                  + "\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      String line =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      return Integer.parseInt(line.split(" ", -1)[1]);
    }
  }
}
