package dev.caelum.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route and method against bad Hosts, bad Origins and callers on other machines. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTest {
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final String REMOTE = "X-Forwarded-For: 192.168.7.66";

  private TestNode node;

  @BeforeAll
  void start() {
    node = new TestNode();
  }

  @AfterAll
  void stop() {
    node.close();
  }

  /** Each registered path with each method, and what the server's own features add. */
  Stream<String> requests() {
    var paths = new ArrayList<String>(List.of("/observe/health", "/observe/metrics", "/nowhere"));
    node.api.routes().stream()
        .map(route -> route.substring(route.indexOf(' ') + 1).replaceAll("\\{[^}]*}", "x"))
        .distinct()
        .forEach(paths::add);
    return paths.stream().flatMap(path -> METHODS.stream().map(method -> method + " " + path));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aForeignHostIsRefusedEverywhere(String request) throws IOException {
    for (String host : List.of("evil.example", "127.0.0.1.evil.example:8080", "192.168.7.66")) {
      assertThat(exchange(request, "Host: " + host)).startsWith("HTTP/1.1 421");
    }
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aForeignOriginIsRefusedEverywhere(String request) throws IOException {
    String host = "127.0.0.1:" + node.server.port();
    for (String origin :
        List.of("http://evil.example", "null", "http://" + host + ".evil.example", "file://")) {
      assertThat(exchange(request, "Host: " + host, "Origin: " + origin))
          .startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void callersOnOtherMachinesReadAndDiscoverOnly() {
    int refused = 0;
    try (var fresh = new TestNode()) {
      int source = 0;
      for (String request : (Iterable<String>) requests()::iterator) {
        String method = request.substring(0, request.indexOf(' '));
        String path = request.substring(request.indexOf(' ') + 1);
        if (path.equals("/api/v1/events")) {
          continue;
        }
        // A source of its own each, so that no rate limit answers first.
        String remote = "10.1." + source / 250 + "." + source++ % 250;
        var response = fresh.send(method, path, null, "X-Forwarded-For", remote);
        boolean open =
            List.of("GET", "HEAD", "OPTIONS").contains(method)
                || path.equals("/api/v1/cluster/discover");
        if (path.equals("/mcp")) {
          assertThat(response.statusCode()).as(request).isIn(403, 405);
        } else if (open) {
          assertThat(response.statusCode()).as(request).isNotIn(403, 429);
        } else {
          RoutesTest.problem(response, 403, "local_only");
          refused++;
        }
      }
      assertThat(fresh.asked).containsExactly("discover", "stop");
    }
    assertThat(refused).isGreaterThan(100);
  }

  @Test
  void theNamesOfThisMachineAreAccepted() throws IOException {
    for (String host :
        List.of(
            "localhost",
            "LOCALHOST:8080",
            "127.0.0.1",
            "[::1]:8080",
            "alpha",
            "alpha.LAN.:80",
            "192.168.7.1:8080")) {
      assertThat(exchange("GET /health", "Host: " + host)).as(host).startsWith("HTTP/1.1 200");
    }
    for (String host :
        List.of("", "alpha:", "alpha:x", "[::1", "0.0.0.0", "alpha@evil", "alpha/")) {
      assertThat(exchange("GET /health", "Host: " + host)).as(host).containsPattern(" 4[02][01] ");
    }
    assertThat(exchange("GET /health", "Host: alpha", "Host: alpha"))
        .containsPattern(" 4[02][01] ");
  }

  @Test
  void theOwnPageMayCall() throws IOException {
    assertThat(exchange("GET /health", "Host: alpha:8080", "Origin: http://ALPHA:8080"))
        .startsWith("HTTP/1.1 200");
    assertThat(exchange("GET /health", "Host: alpha", "Origin: http://alpha:80"))
        .startsWith("HTTP/1.1 200");
    assertThat(exchange("GET /health", "Host: alpha:8080", "Origin: http://alpha:9090"))
        .startsWith("HTTP/1.1 403");
  }

  @Test
  void aProxyOnThisMachineDoesNotMakeItsCallersLocal() {
    // A node of its own, of which these addresses have asked nothing yet.
    try (var fresh = new TestNode()) {
      String connect = "/api/v1/cluster/connect";
      String body = "{\"host\":\"beta\"}";
      for (String chain :
          List.of(
              "192.168.7.66",
              "127.0.0.1, 192.168.7.66",
              "192.168.7.66, 127.0.0.1",
              "unknown",
              "",
              "127.0.0.1:99",
              "localhost")) {
        RoutesTest.problem(fresh.post(connect, body, "X-Forwarded-For", chain), 403, "local_only");
      }
      RoutesTest.problem(
          fresh.post(
              connect, body, "X-Forwarded-For", "127.0.0.1", "X-Forwarded-For", "192.168.7.66"),
          403,
          "local_only");
      RoutesTest.problem(
          fresh.post(connect, body, "Forwarded", "for=127.0.0.1"), 403, "local_only");
      for (String chain : List.of("127.0.0.1", "::1, 192.168.7.1", "[::1]", "::ffff:127.0.0.1")) {
        assertThat(fresh.post(connect, body, "X-Forwarded-For", chain).statusCode())
            .as(chain)
            .isEqualTo(200);
      }
    }
  }

  @Test
  void aPathThatOnlyLooksLikeDiscoverStaysClosed() throws IOException {
    for (String path :
        List.of(
            "/api/v1/cluster/discover/",
            "/api/v1/cluster/discover/../connect",
            "/api/v1/cluster/discover%2f..%2fconnect",
            "/api/v1/cluster/connect;/cluster/discover",
            "/api/v1/cluster/%63onnect")) {
      String answer = exchange("POST " + path, "Host: localhost", REMOTE);
      assertThat(answer).as(path).doesNotContain("HTTP/1.1 2");
    }
    assertThat(node.asked).doesNotContain("connect x:8080");
  }

  @Test
  void callersOnOtherMachinesAreHeldToARateAndLocalOnesAreNot() {
    int refused = 0;
    for (int i = 0; i < RateLimits.BURST + 40; i++) {
      if (node.get("/health", "X-Forwarded-For", "10.9.9.9").statusCode() == 429) {
        refused++;
      }
      assertThat(node.get("/health").statusCode()).isEqualTo(200);
    }
    assertThat(refused).isPositive();
    var response = node.get("/health", "X-Forwarded-For", "10.9.9.9");
    if (response.statusCode() == 429) {
      assertThat(response.headers().firstValue("Retry-After")).contains("1");
    }
    assertThat(node.get("/health", "X-Forwarded-For", "10.9.9.8").statusCode()).isEqualTo(200);
  }

  private String exchange(String request, String... headers) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), node.server.port())) {
      socket.setSoTimeout(5_000);
      String text =
          request
              + " HTTP/1.1\r\n"
              + String.join("\r\n", headers)
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      String head = head(socket.getInputStream());
      assertThat(head.toLowerCase(Locale.ROOT)).doesNotContain("access-control-allow-origin");
      return head;
    }
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    for (int b = in.read(); b >= 0 && head.indexOf("\r\n\r\n") < 0; b = in.read()) {
      head.append((char) b);
    }
    return head.toString();
  }
}
