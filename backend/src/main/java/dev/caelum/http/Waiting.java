package dev.caelum.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what the node works on; the caller's own virtual thread does the waiting. */
final class Waiting {
  /** The longest connect: name, three seconds of dialling, registration. */
  static final Duration CONNECT = Duration.ofSeconds(20);

  /** The longest discovery. */
  static final Duration DISCOVERY = Duration.ofSeconds(60);

  private Waiting() {}

  /** The result; 503 when it takes longer than {@code limit}. */
  static <T> T on(CompletableFuture<T> work, Duration limit) throws InterruptedException {
    try {
      return work.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw Problem.of(503, "too_slow", "The node did not finish in " + limit.toSeconds() + " s.")
          .refused();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the node's work failed", e.getCause());
    }
  }
}
