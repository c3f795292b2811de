package dev.caelum.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A handler that keeps what it is told, in order, and lets a test wait for the next thing. */
final class Recorder implements LinkHandler {
  static final int PATIENCE_SECONDS = 10;

  sealed interface Event {
    record Opened(PeerLink link) implements Event {}

    record Message(PeerLink link, String text) implements Event {}

    record Pong(PeerLink link, long rttNanos) implements Event {}

    record Closed(PeerLink link, LinkEnd end) implements Event {}
  }

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Map<PeerLink, Integer> ends = new ConcurrentHashMap<>();

  @Override
  public void opened(PeerLink link) {
    events.add(new Event.Opened(link));
  }

  @Override
  public void message(PeerLink link, String text) {
    events.add(new Event.Message(link, text));
  }

  @Override
  public void pong(PeerLink link, long rttNanos) {
    events.add(new Event.Pong(link, rttNanos));
  }

  @Override
  public void closed(PeerLink link, LinkEnd end) {
    ends.merge(link, 1, Integer::sum);
    events.add(new Event.Closed(link, end));
  }

  <E extends Event> E next(Class<E> kind) throws InterruptedException {
    Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(event).isInstanceOf(kind);
    return kind.cast(event);
  }

  PeerLink opened() throws InterruptedException {
    return next(Event.Opened.class).link();
  }

  String message() throws InterruptedException {
    return next(Event.Message.class).text();
  }

  List<String> messages(int count) throws InterruptedException {
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(message());
    }
    return texts;
  }

  /** The end of a link, once it is sure that it was told once only. */
  LinkEnd closed() throws InterruptedException {
    Event.Closed closed = next(Event.Closed.class);
    assertThat(ends).containsEntry(closed.link(), 1);
    return closed.end();
  }

  /** Nothing has come that was not asked for. */
  boolean quiet() {
    return events.isEmpty() && ends.values().stream().allMatch(count -> count == 1);
  }
}
