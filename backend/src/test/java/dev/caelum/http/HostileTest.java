package dev.caelum.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Failure;
import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.MachineInfo.ServiceInfo;
import dev.caelum.feed.FeedEvent;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers send: names that try to break out, and bodies that try to break in. */
@Timeout(60)
class HostileTest {
  private static final String CONNECT = "/api/v1/cluster/connect";

  private final TestNode node = new TestNode();

  @AfterEach
  void stop() {
    node.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"}],\"x\":[{\"",
        "a\r\n\r\nevent: snapshot\ndata: {}",
        "\u001b[31mred\u0007",
        "\u202Eevil\u2066",
        "\u2028\u2029\u0085",
        "\\u0000\\",
        "\ud800 alone",
        "😀 é"
      })
  void textStaysTextInEveryField(String hostile) throws IOException {
    node.members =
        List.of(
            Members.selfNamed("alpha"),
            Members.machine("caelum-x", "192.168.7.2")
                .hostname(hostile)
                .services(new ServiceInfo(9_999, hostile, hostile, hostile, hostile))
                .failure(
                    new Failure(
                        FailureCode.NOT_CAELUM,
                        new Endpoint("192.168.7.2", 8_080),
                        hostile,
                        1,
                        1,
                        0,
                        null))
                .build());
    // A lone surrogate has no form in UTF-8.
    String expected = hostile.startsWith("\ud800 ") ? "?" + hostile.substring(1) : hostile;
    JsonObject machine = RoutesTest.json(node.get("/api/v1/machines/caelum-x"));
    assertThat(machine.getString("hostname")).isEqualTo(expected);
    assertThat(machine.getJsonObject("platform_info").getString("processor")).isEqualTo(expected);
    assertThat(machine.getJsonObject("failure").getString("evidence")).isEqualTo(expected);
    assertThat(machine.getJsonObject("failure").getString("text").chars())
        .noneMatch(c -> Character.isISOControl(c) || c == 0x202e || c == 0x2066 || c == 0x2028);
    for (String path :
        List.of("/machines", "/services/discovery", "/ports/distributed", "/cluster/info")) {
      var response = node.get("/api/v1" + path);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(RoutesTest.json(response)).isNotEmpty();
    }
    node.feed.publish(new FeedEvent.MachineChanged(node.members.getLast(), null));
    try (var reader = new SseReader(node.server.port(), "?last_event_id=0123456789abcdef-0", 0)) {
      SseReader.Event event = reader.event();
      assertThat(event.name()).isEqualTo("machine");
      JsonObject data = Json.createReader(new StringReader(event.data())).readObject();
      assertThat(data.getJsonObject("machine").getString("hostname")).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "\"host\"",
        "{\"host\":\"a\"} {}",
        "{\"host\":\"a\",\"host\":\"b\"}",
        "{\"host\":1}",
        "{\"host\":\"\"}",
        "{\"host\":\"  \"}",
        "{\"host\":\"a b\"}",
        "{\"host\":\"a\\nb\"}",
        "{\"port\":8080}",
        "{\"host\":\"a\",\"port\":0}",
        "{\"host\":\"a\",\"port\":65536}",
        "{\"host\":\"a\",\"port\":-1}",
        "{\"host\":\"a\",\"port\":8080.5}",
        "{\"host\":\"a\",\"port\":\"8080\"}",
        "{\"host\":\"a\",\"port\":1e99}",
        "{\"host\":\"a\",\"port\":1e999999999}",
        "{\"host\":\"a\",\"port\":99999999999999999999999999999999999999}",
        "{\"host\":\"a\",\"x\":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}",
        "{\"host\":NaN}"
      })
  void aBodyThatIsNotWhatItShouldBeIsRefused(String body) {
    RoutesTest.problem(node.post(CONNECT, body), 400, "bad_body");
    assertThat(node.asked).isEmpty();
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedHoweverItIsSent() throws IOException {
    // Read to its end, so that who still sends gets to see the answer.
    assertThat(
            exchange(
                "POST " + CONNECT,
                "Content-Type: application/json\r\nContent-Length: " + (ListenerLimits.BODY + 1),
                " ".repeat(ListenerLimits.BODY + 1)))
        .startsWith("HTTP/1.1 413")
        .contains("too_large");
    assertThat(
            exchange(
                "POST " + CONNECT,
                "Content-Type: application/json\r\nContent-Length: 999999999999",
                ""))
        .startsWith("HTTP/1.1 413");
    assertThat(
            exchange(
                "POST /api/v1/cluster/connect",
                "Content-Type: application/json\r\nX-Forwarded-For: 10.0.0.1\r\n"
                    + "Content-Length: 36",
                "GET /health HTTP/1.1\r\nHost: alpha\r\n\r\n"))
        .startsWith("HTTP/1.1 403")
        .doesNotContain("HTTP/1.1 200");
    var chunks = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      chunks.append("2000\r\n").append(" ".repeat(0x2000)).append("\r\n");
    }
    assertThat(
            exchange(
                "POST " + CONNECT,
                "Content-Type: application/json\r\nTransfer-Encoding: chunked",
                chunks + "0\r\n\r\n"))
        .startsWith("HTTP/1.1 413");
    assertThat(node.asked).isEmpty();
  }

  @Test
  void deepNestingCostsNothing() {
    String deep = "{\"host\":" + "[".repeat(30_000);
    RoutesTest.problem(node.post(CONNECT, deep), 400, "bad_body");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    String head = "Content-Type: application/json\r\nContent-Length: 12";
    assertThat(exchange("POST " + CONNECT, head, "{\"host\":\"\u00ff\"}"))
        .startsWith("HTTP/1.1 400")
        .contains("not UTF-8");
    RoutesTest.problem(
        node.send("POST", CONNECT, null, "Content-Type", "text/plain"), 415, "not_json");
  }

  @Test
  void headersAndPathsHaveBounds() throws IOException {
    // Cut before all of it is read, so the answer may be lost on its way.
    assertThat(exchange("GET /health", "X: " + "a".repeat(ListenerLimits.HEADERS), ""))
        .matches("(?s)(HTTP/1.1 4.*)?");
    assertThat(exchange("GET /" + "a".repeat(20_000), "X: y", "")).matches("(?s)(HTTP/1.1 4.*)?");
    assertThat(exchange("GET /%zz", "X: y", "")).startsWith("HTTP/1.1 4");
    assertThat(exchange("BREW /health", "X: y", "")).contains(" 405 ");
    assertThat(node.get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void aFaultOfOursShowsAReferenceAndNothingElse() {
    var logged = new java.util.concurrent.CopyOnWriteArrayList<String>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            logged.add(entry.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger(ErrorMapper.class.getName());
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      node.discovering.obtrudeException(new IllegalStateException("secret /etc/path"));
      var response = node.post("/api/v1/cluster/discover", null);
      JsonObject problem = RoutesTest.problem(response, 500, "internal");
      assertThat(response.body()).doesNotContain("secret").doesNotContain("Exception");
      String reference = problem.getString("detail").replaceAll(".*reference ([0-9a-f]+).*", "$1");
      assertThat(logged).singleElement().asString().contains(reference);
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
  }

  private String exchange(String request, String headers, String body) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), node.server.port())) {
      socket.setSoTimeout(5_000);
      String text =
          request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n\r\n";
      try {
        socket.getOutputStream().write((text + body).getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        // Refused before all of it was sent; the answer may still be read.
      }
      try {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      } catch (SocketException e) {
        return "";
      }
    }
  }
}
