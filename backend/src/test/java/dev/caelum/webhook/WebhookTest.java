package dev.caelum.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caelum.config.WebhookConfig;
import dev.caelum.feed.LogLine.Level;
import dev.caelum.feed.Notification;
import dev.caelum.feed.Notification.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a receiver on a real socket. */
@Timeout(60)
class WebhookTest {
  private static final String SECRET = "0123456789abcdef";
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private record Received(Map<String, List<String>> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }
  }

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<Integer> answers = new CopyOnWriteArrayList<>();
  private final CountDownLatch held = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer receiver;
  private Webhook webhook;

  @BeforeEach
  void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.setExecutor(threads);
    receiver.createContext("/", this::answer);
    receiver.start();
    webhook =
        new Webhook(
            config("/hook", SECRET, Set.of("machine", "task")),
            notification -> notification.text().getBytes(StandardCharsets.UTF_8),
            "1.2.3",
            Duration.ofMillis(1),
            Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void stop() {
    held.countDown();
    webhook.close();
    receiver.stop(0);
    threads.shutdownNow();
  }

  @Test
  void whatFailsTwiceIsTakenAtTheThirdAttemptWithASignatureThatTheReceiverCanCheck()
      throws Exception {
    answers.addAll(List.of(500, 503));
    webhook.start();
    webhook.offer(notification(1, Kind.MACHINE, "beta is offline."));
    await().until(() -> webhook.taken() == 1);
    assertThat(received).hasSize(3).allMatch(each -> each.body().equals("beta is offline."));
    Received last = received.getLast();
    assertThat(last.header("X-caelum-event")).isEqualTo("machine");
    assertThat(received).extracting(each -> each.header("X-caelum-delivery")).containsOnly("i-1");
    assertThat(last.header("User-agent")).isEqualTo("Caelum/1.2.3");
    assertThat(last.header("X-caelum-timestamp")).isEqualTo("" + NOW.getEpochSecond());
    assertThat(last.header("X-caelum-signature"))
        .isEqualTo("sha256=" + openssl(NOW.getEpochSecond() + ".beta is offline."));
    assertThat(webhook.retries()).isEqualTo(2);
    assertThat(webhook.failed()).isZero();
    assertThat(webhook.problem()).isEmpty();
  }

  /** The signature as the example in the docs makes it, by other means than ours. */
  private static String openssl(String text) throws Exception {
    Process process =
        new ProcessBuilder("openssl", "dgst", "-sha256", "-hmac", SECRET, "-hex").start();
    try (var in = process.getOutputStream()) {
      in.write(text.getBytes(StandardCharsets.UTF_8));
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return out.substring(out.lastIndexOf(' ') + 1).strip();
  }

  @Test
  void whatIsNeverTakenIsGivenUpAndSaidAndTheNextIsTried() {
    for (int i = 0; i < Webhook.ATTEMPTS; i++) {
      answers.add(500);
    }
    webhook.start();
    webhook.offer(notification(1, Kind.TASK, "lost"));
    await().until(() -> webhook.failed() == 1);
    assertThat(webhook.problem()).get().asString().contains("did not take", "HTTP 500");
    webhook.offer(notification(2, Kind.TASK, "next"));
    await().until(() -> webhook.taken() == 1);
    assertThat(webhook.problem()).isEmpty();
  }

  @Test
  void aRefusalAndARedirectAreNotTriedForever() {
    answers.addAll(List.of(401));
    webhook.start();
    webhook.offer(notification(1, Kind.TASK, "one"));
    await().until(() -> webhook.failed() == 1);
    assertThat(received).hasSize(1);
    for (int i = 0; i < Webhook.ATTEMPTS; i++) {
      answers.add(302);
    }
    webhook.offer(notification(2, Kind.TASK, "two"));
    await().until(() -> webhook.failed() == 2);
    assertThat(received).noneMatch(each -> each.body().equals("elsewhere"));
  }

  @Test
  void otherKindsAndThoseWithoutAnAddressAreNotSent() {
    webhook.offer(notification(1, Kind.SERVICE, "down"));
    webhook.use(WebhookConfig.NONE);
    webhook.offer(notification(2, Kind.TASK, "lost"));
    assertThat(webhook.waiting()).isZero();
  }

  @Test
  void whileTheReceiverHangsTheOldestGiveWayAndNobodyWaits() {
    answers.add(0);
    webhook.start();
    webhook.offer(notification(1, Kind.TASK, "hangs"));
    await().until(() -> received.size() == 1);
    for (int i = 0; i < Webhook.QUEUE + 20; i++) {
      webhook.offer(notification(i + 2, Kind.TASK, "n" + i));
    }
    assertThat(webhook.waiting()).isEqualTo(Webhook.QUEUE);
    assertThat(webhook.dropped()).isEqualTo(20);
    held.countDown();
    await().until(() -> webhook.taken() == Webhook.QUEUE + 1);
    assertThat(received.get(1).body()).isEqualTo("n20");
  }

  @Test
  void aTestIsSentAtOnceAndOnceAndTellsTheAnswer() throws Exception {
    answers.add(418);
    Delivered first = webhook.test(notification(0, Kind.PROBLEM, "test")).orElseThrow();
    assertThat(first.taken()).isFalse();
    assertThat(first.status()).isEqualTo(418);
    assertThat(first.text()).startsWith("answer to test").hasSizeLessThanOrEqualTo(500);
    assertThat(received).hasSize(1);
    assertThat(received.getFirst().header("X-caelum-event")).isEqualTo("test");
    int port = receiver.getAddress().getPort();
    receiver.stop(0);
    Delivered second = webhook.test(notification(0, Kind.PROBLEM, "test")).orElseThrow();
    assertThat(second.status()).as("at port " + port).isZero();
    assertThat(second.text()).isEqualTo("Nothing could be connected there.");
    webhook.use(WebhookConfig.NONE);
    assertThat(webhook.test(notification(0, Kind.PROBLEM, "test"))).isEmpty();
  }

  @Test
  void withoutASecretNothingIsSigned() throws Exception {
    webhook.use(config("/hook", "", Set.of("task")));
    assertThat(webhook.test(notification(0, Kind.TASK, "t")).orElseThrow().taken()).isTrue();
    assertThat(received.getFirst().headers()).doesNotContainKey("X-caelum-signature");
  }

  private WebhookConfig config(String path, String secret, Set<String> events) {
    return new WebhookConfig(
        Optional.of(URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + path)),
        secret,
        events);
  }

  private static Notification notification(long number, Kind kind, String text) {
    return new Notification(number, "i", NOW, kind, Level.INFO, "code", text, List.of(), 1);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (exchange.getRequestURI().getPath().equals("/elsewhere")) {
      body = "elsewhere";
    }
    received.add(new Received(Map.copyOf(exchange.getRequestHeaders()), body));
    int status = answers.isEmpty() ? 200 : answers.removeFirst();
    if (status == 0) {
      try {
        held.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      status = 200;
    }
    if (status == 302) {
      exchange.getResponseHeaders().add("Location", "/elsewhere");
    }
    byte[] text = ("answer to " + body + " x".repeat(5_000)).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, text.length);
    try (exchange) {
      exchange.getResponseBody().write(text);
    } catch (IOException e) {
      // it hung up on the rest
    }
  }
}
