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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The event stream. Each reader has its connection's own virtual thread, which reads the reader's
 * own subscription and writes shared bytes; so a reader that takes nothing blocks that thread alone
 * and holds a few kilobytes. A watch cuts it when one write has been stuck for long.
 */
final class EventStreams implements AutoCloseable {
  /** A comment goes out after this much quiet. */
  static final Duration QUIET = Duration.ofSeconds(2);

  private static final int SLICE = 16 * 1024;
  private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");

  private final Feed feed;
  private final SseForm form;
  private final RateLimits limits;
  private final Duration stuck;
  private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private volatile @Nullable Thread watch;

  /**
   * The streams of one API.
   *
   * @param stuck how long one write may take
   */
  EventStreams(Feed feed, SseForm form, RateLimits limits, Duration stuck) {
    this.feed = feed;
    this.form = form;
    this.limits = limits;
    this.stuck = stuck;
  }

  synchronized void start() {
    if (watch == null && !closed) {
      watch = Thread.ofVirtual().name("event-stream-watch").start(this::watch);
    }
  }

  /** Ends every stream; a stuck one is cut. */
  @Override
  public void close() {
    closed = true;
    Thread running = watch;
    if (running != null) {
      running.interrupt();
    }
    readers.forEach(Reader::cut);
  }

  void serve(ServerRequest request, ServerResponse response) {
    AccessRules.Caller caller = request.context().get(AccessRules.Caller.class).orElseThrow();
    if (!limits.enter(caller)) {
      throw Problem.of(429, "too_many_streams", "Too many event streams are open.")
          .retryAfter(10)
          .refused();
    }
    var reader = new Reader(Thread.currentThread());
    readers.add(reader);
    try (Subscription subscription = feed.subscribe(last(request))) {
      response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
      // Keeps reverse proxies from collecting events before they pass them on.
      response.header("X-Accel-Buffering", "no");
      write(subscription, reader, response.outputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new CloseConnectionException("an event stream ended", e);
    } finally {
      readers.remove(reader);
      limits.leave(caller);
    }
  }

  private void write(Subscription subscription, Reader reader, OutputStream out)
      throws IOException, InterruptedException {
    while (!closed && !subscription.closed()) {
      Delivery delivery = subscription.next(QUIET);
      reader.writingSince = System.nanoTime();
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
          reader.writingSince = System.nanoTime();
        }
      }
      out.flush();
      reader.writingSince = Reader.IDLE;
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

  private void watch() {
    while (!closed) {
      try {
        Thread.sleep(Math.max(10, stuck.toMillis() / 10));
      } catch (InterruptedException e) {
        return;
      }
      long now = System.nanoTime();
      for (Reader reader : readers) {
        long since = reader.writingSince;
        if (since != Reader.IDLE && now - since > stuck.toNanos()) {
          reader.cut();
        }
      }
    }
  }

  /** One connection. */
  private static final class Reader {
    static final long IDLE = Long.MIN_VALUE;

    private final Thread thread;
    volatile long writingSince = IDLE;

    Reader(Thread thread) {
      this.thread = thread;
    }

    /** Interrupting a virtual thread that is stuck in a socket write closes the socket. */
    void cut() {
      thread.interrupt();
    }
  }
}
