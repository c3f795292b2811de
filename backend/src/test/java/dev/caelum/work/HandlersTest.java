package dev.caelum.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the shipped handlers do, those that call others against real servers. */
class HandlersTest {
  private final List<String> notes = new ArrayList<>();
  private HttpServer server;
  private volatile String body = "";

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void echoGivesThePayloadBack() throws Exception {
    assertThat(new EchoHandler().run(context("[1, 2]"))).isEqualTo("[1, 2]");
  }

  @Test
  void sleepTellsHowLongItSlept() throws Exception {
    assertThat(new SleepHandler().run(context("{\"ms\":5}"))).isEqualTo("{\"ms\":5}");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "{\"text\":\"abc\"}, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "`{\"text\":\"abc\",\"algorithm\":\"MD5\"}`, 900150983cd24fb0d6963f7d28e17f72",
        "`{\"bytes\":\"YWJj\",\"algorithm\":\"SHA-1\"}`, a9993e364706816aba3e25717850c26c9cd0d89d"
      })
  void hashIsWhatTheStandardSays(String payload, String hash) throws Exception {
    assertThat(new HashHandler().run(context(payload))).contains("\"hash\":\"" + hash + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "nothing",
        "7",
        "{}",
        "`{\"text\":\"a\",\"bytes\":\"YQ==\"}`",
        "{\"bytes\":\"%\"}",
        "`{\"text\":\"a\",\"algorithm\":\"rot13\"}`"
      })
  void aPayloadThatDoesNotFitIsNoRetry(String payload) {
    assertThatThrownBy(() -> new HashHandler().run(context(payload)))
        .isInstanceOfSatisfying(
            TaskFailed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo("payload");
              assertThat(failed.mendable()).isFalse();
            });
  }

  @Test
  void aPayloadThatIsNestedTooDeeplyIsRefused() {
    String deep = "{\"a\":" + "[".repeat(500) + "]".repeat(500) + "}";
    assertThatThrownBy(() -> new HashHandler().run(context(deep))).isInstanceOf(TaskFailed.class);
  }

  @Test
  void httpCallsAServiceThatThisNodeKnows() throws Exception {
    answer("/things", 201, "{\"made\":true}");
    HttpHandler http = new HttpHandler(() -> Map.of(port(), "things"));
    String result =
        http.run(
            context(
                "{\"service\":\"things\",\"method\":\"POST\",\"path\":\"/things\",\"body\":\"x\"}"));
    assertThat(result).contains("\"status\":201").contains("made");
    assertThat(body).isEqualTo("x");
    assertThat(http.run(context("{\"port\":" + port() + ",\"path\":\"/none\"}")))
        .contains("\"status\":404");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "{\"service\":\"others\"}, no_service",
        "{\"port\":22}, no_service",
        "`{\"service\":\"things\",\"path\":\"@192.0.2.1/\"}`, payload",
        "`{\"service\":\"things\",\"path\":\"//192.0.2.1/\"}`, ",
        "`{\"service\":\"things\",\"method\":\"TRACE\"}`, payload"
      })
  void httpLeavesThisMachineNever(String payload, @Nullable String code) throws Exception {
    answer("/", 200, "mine");
    HttpHandler http = new HttpHandler(() -> Map.of(port(), "things"));
    if (code == null) {
      assertThat(http.run(context(payload))).contains("mine");
      return;
    }
    assertThatThrownBy(() -> http.run(context(payload)))
        .isInstanceOfSatisfying(
            TaskFailed.class, failed -> assertThat(failed.code()).isEqualTo(code));
  }

  @Test
  void anAnswerWithoutEndIsCutOff() {
    answer("/", 200, "x".repeat(200_000));
    HttpHandler http = new HttpHandler(() -> Map.of(port(), "things"));
    assertThatThrownBy(() -> http.run(context("{\"service\":\"things\"}")))
        .isInstanceOfSatisfying(
            TaskFailed.class, failed -> assertThat(failed.code()).isEqualTo("result"));
  }

  @Test
  void aModelAnswersInPartsWithProgress() throws Exception {
    answer(
        "/api/generate",
        200,
        """
        {"model":"m","response":"Hello ","done":false}
        {"model":"m","response":"there","done":false}
        {"model":"m","response":"","done":true,"eval_count":2}
        """);
    AiHandler ai = new AiHandler("127.0.0.1:" + port());
    assertThat(ai.run(context("{\"model\":\"m\",\"prompt\":\"Hi\",\"evil\":1}")))
        .isEqualTo("{\"response\":\"Hello there\",\"model\":\"m\",\"eval_count\":2}");
    assertThat(body).isEqualTo("{\"stream\":true,\"model\":\"m\",\"prompt\":\"Hi\"}");
    assertThat(notes).hasSize(3).last().isEqualTo("3 parts, 11 characters");
  }

  @Test
  void aModelThatIsNotThereIsNoRetryAndAServerThatIsNotThereIs() {
    answer("/api/generate", 404, "{\"error\":\"model 'x' not found\"}");
    String payload = "{\"model\":\"x\",\"prompt\":\"Hi\"}";
    assertThatThrownBy(() -> new AiHandler("127.0.0.1:" + port()).run(context(payload)))
        .hasMessage("The model server says: model 'x' not found")
        .isInstanceOfSatisfying(TaskFailed.class, e -> assertThat(e.mendable()).isFalse());
    int port = port();
    server.stop(0);
    assertThatThrownBy(() -> new AiHandler("127.0.0.1:" + port).run(context(payload)))
        .isInstanceOfSatisfying(TaskFailed.class, e -> assertThat(e.mendable()).isTrue());
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private void answer(String path, int status, String text) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
  }

  private TaskContext context(String payload) {
    return new TaskContext() {
      @Override
      public String payload() {
        return payload;
      }

      @Override
      public String task() {
        return "t-1";
      }

      @Override
      public long epoch() {
        return 3;
      }

      @Override
      public void progress(int percent, @Nullable String note) {
        notes.add(String.valueOf(note));
      }

      @Override
      public boolean cancelled() {
        return false;
      }
    };
  }
}
