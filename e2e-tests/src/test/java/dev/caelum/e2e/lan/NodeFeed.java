package dev.caelum.e2e.lan;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A node's event stream, followed by one thread: the table of machines as the node tells it, and
 * every event with the moment of its arrival on this JVM's monotonic clock.
 */
public final class NodeFeed {
  /** One event; {@code nanos} is by {@link System#nanoTime}. */
  public record Event(long nanos, String name, JsonObject data) {}

  private record Watch(Predicate<Collection<Row>> condition, CompletableFuture<Long> met) {}

  private final HttpClient client;
  private final URI uri;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Watch> watches = new ArrayList<>();
  private final List<ObjLongConsumer<Collection<Row>>> followers = new ArrayList<>();
  private boolean ended;

  NodeFeed(HttpClient client, URI node) {
    this.client = client;
    uri = node.resolve("/api/v1/events");
  }

  /** Connects and returns at once; the stream is read until it ends. */
  void start() throws IOException, InterruptedException {
    HttpResponse<Stream<String>> response =
        client.send(
            HttpRequest.newBuilder(uri).header("Accept", "text/event-stream").build(),
            HttpResponse.BodyHandlers.ofLines());
    if (response.statusCode() != 200) {
      throw new IllegalStateException(uri + " answered " + response.statusCode());
    }
    Thread.ofVirtual().name("feed " + uri.getHost()).start(() -> read(response.body()));
  }

  private void read(Stream<String> lines) {
    StringBuilder name = new StringBuilder();
    try (lines) {
      lines.forEach(line -> {
        if (line.startsWith("event:")) {
          name.append(line.substring(6).strip());
        } else if (line.startsWith("data:")) {
          take(new Event(System.nanoTime(), name.toString(), parse(line.substring(5))));
        } else if (line.isEmpty()) {
          name.setLength(0);
        }
      });
    } catch (RuntimeException e) {
      // The node is gone, which ended() tells.
      if (!(e.getCause() instanceof IOException)) {
        throw e;
      }
    } finally {
      synchronized (this) {
        ended = true;
      }
    }
  }

  private static JsonObject parse(String json) {
    try (var reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }

  private synchronized void take(Event event) {
    events.add(event);
    switch (event.name()) {
      case "snapshot" -> {
        rows.clear();
        JsonArray machines = event.data().getJsonArray("machines");
        machines.forEach(machine -> put(machine.asJsonObject()));
      }
      case "machine" -> put(event.data().getJsonObject("machine"));
      case "machine_removed" -> rows.remove(event.data().getString("key"));
      default -> {}
    }
    followers.forEach(follower -> follower.accept(rows.values(), event.nanos()));
    for (Watch watch : watches) {
      if (watch.condition().test(rows.values())) {
        watch.met().complete(event.nanos());
      }
    }
    watches.removeIf(watch -> watch.met().isDone());
  }

  private void put(JsonObject machine) {
    Row row = new Row(machine);
    rows.put(row.key(), row);
  }

  /** True when the stream has ended. */
  synchronized boolean ended() {
    return ended;
  }

  /** The machines as the node tells them now, itself included. */
  public synchronized List<Row> rows() {
    return List.copyOf(rows.values());
  }

  public synchronized List<Event> events() {
    return List.copyOf(events);
  }

  /**
   * Completes with the arrival time of the event that made {@code condition} true, or with now when
   * it is true already.
   */
  synchronized CompletableFuture<Long> when(Predicate<Collection<Row>> condition) {
    CompletableFuture<Long> met = new CompletableFuture<>();
    if (condition.test(rows.values())) {
      met.complete(System.nanoTime());
    } else {
      watches.add(new Watch(condition, met));
    }
    return met;
  }

  /** Shows {@code follower} the table now and after each event, with the time of its arrival. */
  public synchronized void follow(ObjLongConsumer<Collection<Row>> follower) {
    followers.add(follower);
    follower.accept(rows.values(), System.nanoTime());
  }

  /** Waits for {@code condition}; the failure tells {@code what} was waited for and the table. */
  public long await(String what, Duration limit, Predicate<Collection<Row>> condition)
      throws InterruptedException {
    try {
      return when(condition).get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (java.util.concurrent.TimeoutException | java.util.concurrent.ExecutionException e) {
      throw new AssertionError(
          "%s sees not within %s: %s; it sees %s".formatted(uri.getHost(), limit, what, describe()),
          e);
    }
  }

  /** Every change of state that was told of the machine at {@code ip}, in order. */
  public List<String> statesOf(String ip) {
    List<String> states = new ArrayList<>();
    for (Event event : events()) {
      if (event.name().equals("machine")) {
        Row row = new Row(event.data().getJsonObject("machine"));
        JsonValue was = event.data().get("was");
        if (row.at(ip)
            && !(was instanceof jakarta.json.JsonString before
                && before.getString().equals(row.state()))) {
          states.add(row.state());
        }
      }
    }
    return states;
  }

  private String heard() {
    if (events.isEmpty()) {
      return "no event at all";
    }
    long nanos = System.nanoTime() - events.getLast().nanos();
    return "%d events, the last %d ms ago".formatted(events.size(), nanos / 1_000_000);
  }

  String describe() {
    StringBuilder text = new StringBuilder();
    synchronized (this) {
      text.append(ended ? "(the stream has ended) " : "").append(heard());
    }
    for (Row row : rows()) {
      text.append(
          "%n  %s %s %s%s"
              .formatted(
                  row.key(), row.address(), row.state(), row.connected() ? " connected" : ""));
    }
    return text.toString();
  }
}
