package dev.caelum.http;

import dev.caelum.feed.Delivery;
import dev.caelum.feed.EventId;
import dev.caelum.feed.Feed;
import dev.caelum.feed.Subscription;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The event stream. Each reader has its connection's own virtual thread, which reads the reader's
 * own subscription and writes shared bytes; so a reader that takes nothing blocks that thread alone
 * and holds a few kilobytes, until the watch cuts it.
 */
final class EventStreams {
  /** A comment goes out after this much quiet. */
  static final Duration QUIET = Duration.ofSeconds(2);

  private static final int SLICE = 16 * 1024;
  private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");

  private final Feed feed;
  private final SseForm form;
  private final RateLimits limits;
  private final WriteWatch watch;

  EventStreams(Feed feed, SseForm form, RateLimits limits, WriteWatch watch) {
    this.feed = feed;
    this.form = form;
    this.limits = limits;
    this.watch = watch;
  }

  void serve(ServerRequest request, ServerResponse response) {
    AccessRules.Caller caller = request.context().get(AccessRules.Caller.class).orElseThrow();
    if (!limits.enter(caller)) {
      throw Problem.of(429, "too_many_streams", "Too many event streams are open.")
          .retryAfter(10)
          .refused();
    }
    try (WriteWatch.Writer writer = watch.watched();
        Subscription subscription = feed.subscribe(last(request))) {
      response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
      // Keeps reverse proxies from collecting events before they pass them on.
      response.header("X-Accel-Buffering", "no");
      write(subscription, writer, response.outputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new CloseConnectionException("an event stream ended", e);
    } finally {
      limits.leave(caller);
    }
  }

  private void write(Subscription subscription, WriteWatch.Writer writer, OutputStream out)
      throws IOException, InterruptedException {
    while (!watch.closed() && !subscription.closed()) {
      Delivery delivery = subscription.next(QUIET);
      writer.writing();
      if (delivery == null) {
        out.write(SseForm.heartbeat());
      }
      // What has piled up meanwhile goes out with it.
      for (; delivery != null; delivery = subscription.next(Duration.ZERO)) {
        byte[] bytes = form.bytes(delivery);
        // In slices, because the server copies what it is given: a copy of a whole snapshot for
        // each of 500 readers would be much.
        for (int from = 0; from < bytes.length; from += SLICE) {
          out.write(bytes, from, Math.min(SLICE, bytes.length - from));
          writer.writing();
        }
      }
      out.flush();
      writer.idle();
    }
  }

  private static @Nullable EventId last(ServerRequest request) {
    String text =
        request
            .headers()
            .first(LAST_EVENT_ID)
            .orElseGet(() -> request.query().first("last_event_id").orElse(""));
    return EventId.parse(text);
  }
}
