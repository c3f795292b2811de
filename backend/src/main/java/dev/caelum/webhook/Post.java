package dev.caelum.webhook;

import dev.caelum.config.WebhookConfig;
import dev.caelum.feed.DisplayText;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends one message once. Redirects are not followed: they would carry it somewhere else. */
final class Post implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int ANSWER = 500;

  private final String version;
  private final Duration patience;
  private final Clock clock;
  private @Nullable HttpClient http;

  Post(String version, Duration patience, Clock clock) {
    this.version = version;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Sends {@code body} and waits for the answer.
   *
   * @param id the same for each attempt at one notification
   */
  Delivered send(WebhookConfig to, String event, String id, byte[] body)
      throws InterruptedException {
    URI url = to.url().orElseThrow();
    long timestamp = clock.instant().getEpochSecond();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .header("User-Agent", "Caelum/" + version)
            .header("X-Caelum-Event", event)
            .header("X-Caelum-Delivery", id)
            .header("X-Caelum-Timestamp", Long.toString(timestamp))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (!to.secret().isEmpty()) {
      request.header("X-Caelum-Signature", Signature.of(to.secret(), timestamp, body));
    }
    long began = System.nanoTime();
    CompletableFuture<HttpResponse<byte[]>> answering =
        http().sendAsync(request.build(), _ -> new Beginning(4 * ANSWER));
    try {
      HttpResponse<byte[]> answer = answering.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return new Delivered(
          answer.statusCode(), text(answer.statusCode(), answer.body()), since(began));
    } catch (ExecutionException e) {
      return new Delivered(0, why(e.getCause()), since(began));
    } catch (TimeoutException e) {
      return new Delivered(0, "No answer within " + patience.toSeconds() + " s.", since(began));
    } finally {
      answering.cancel(true);
    }
  }

  /** Made at the first use: most nodes have no webhook. */
  private synchronized HttpClient http() {
    HttpClient made = http;
    if (made == null) {
      made =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(CONNECT)
              .build();
      http = made;
    }
    return made;
  }

  private static String text(int status, byte[] body) {
    return status >= 300 && status < 400
        ? "It points elsewhere; redirects are not followed."
        : DisplayText.clean(new String(body, StandardCharsets.UTF_8).strip(), ANSWER);
  }

  private static String why(@Nullable Throwable cause) {
    return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
        ? "Nothing could be connected there."
        : DisplayText.line("No answer: " + (cause == null ? "" : cause.getMessage()));
  }

  private static long since(long began) {
    return (System.nanoTime() - began) / 1_000_000;
  }

  @Override
  public synchronized void close() {
    if (http != null) {
      http.shutdownNow();
    }
  }
}
