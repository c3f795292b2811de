package dev.caelum.ui.client;

import jakarta.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Follows the node's event stream for as long as it is open: connects again after every loss and
 * goes on behind the last event it read.
 */
public final class EventStream implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(EventStream.class.getName());

  /** The node sends at least a comment every 2 s; two missed ones and a half mean it is gone. */
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration LAST_RETRY = Duration.ofSeconds(2);

  private final HttpClient http;
  private final URI events;
  private final Sink sink;
  private final Thread reader = Thread.ofVirtual().name("node-events").unstarted(this::follow);
  private final Thread watch = Thread.ofVirtual().name("node-watch").unstarted(this::watch);
  private volatile boolean closed;
  private volatile long lastLine;
  private volatile @Nullable InputStream open;
  private @Nullable String lastId;

  /** Where the events go; called by one thread. */
  public interface Sink {
    /** The stream is open; the next event is a snapshot or a continuation. */
    void live();

    /** One event, in order. */
    void accept(NodeEvent event);

    /** The stream broke, or could not be opened. */
    void lost();
  }

  /**
   * @param node base address, for example {@code http://127.0.0.1:8080}
   */
  public EventStream(HttpClient http, URI node, Sink sink) {
    this.http = http;
    this.events = node.resolve("/api/v1/events");
    this.sink = sink;
  }

  public void start() {
    reader.start();
    watch.start();
  }

  private void follow() {
    Duration retry = FIRST_RETRY;
    while (!closed) {
      try {
        if (readUntilBroken()) {
          retry = FIRST_RETRY;
        }
      } catch (IOException | JsonException e) {
        LOG.log(Level.FINE, "The event stream of " + events + " broke", e);
      } catch (InterruptedException e) {
        return;
      }
      if (closed) {
        return;
      }
      sink.lost();
      try {
        Thread.sleep(retry);
      } catch (InterruptedException e) {
        return;
      }
      Duration doubled = retry.multipliedBy(2);
      retry = doubled.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : doubled;
    }
  }

  /** Returns whether the node answered with a stream. */
  private boolean readUntilBroken() throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(events).timeout(SILENCE).header("Accept", "text/event-stream").GET();
    if (lastId != null) {
      request.header("Last-Event-ID", lastId);
    }
    HttpResponse<InputStream> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        return false;
      }
      lastLine = Monotonic.millis();
      open = body;
      sink.live();
      EventReader reader = new EventReader(body, () -> lastLine = Monotonic.millis());
      for (EventReader.RawEvent raw = reader.next(); raw != null; raw = reader.next()) {
        NodeEvent.read(raw.name(), raw.data()).ifPresent(sink::accept);
        lastId = raw.id() == null ? lastId : raw.id();
      }
      return true;
    } finally {
      open = null;
    }
  }

  private void watch() {
    while (!closed) {
      try {
        Thread.sleep(Duration.ofMillis(500));
      } catch (InterruptedException e) {
        return;
      }
      InputStream stream = open;
      if (stream != null && Monotonic.millis() - lastLine > SILENCE.toMillis()) {
        closeQuietly(stream);
      }
    }
  }

  private static void closeQuietly(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      LOG.log(Level.FINE, "closing the event stream", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    InputStream stream = open;
    if (stream != null) {
      closeQuietly(stream);
    }
    reader.interrupt();
    watch.interrupt();
  }
}
