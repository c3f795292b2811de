package dev.caelum.ui.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.ui.client.EventFilter;
import dev.caelum.ui.client.LogLine;
import dev.caelum.ui.client.PastEvent;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Which events are new, and to whom. */
final class EventListTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  /** Newest first, a minute apart, the newest at noon. */
  private static List<PastEvent> events(int count) {
    return LongStream.range(0, count)
        .mapToObj(
            i -> new PastEvent(count - i, NOON.minusSeconds(60 * i), "info", "machine", "x", null))
        .toList();
  }

  private static LogLine line(long number, Instant time, String level, String text) {
    return new LogLine(number, time, level, "machine", text, "k", null);
  }

  @Test
  void theLineIsBeforeTheFirstThatWasThereAtTheLastVisit() {
    assertThat(EventList.firstSeen(events(5), NOON.minusSeconds(90))).hasValue(2);
    assertThat(EventList.firstSeen(events(5), NOON.minusSeconds(60))).hasValue(1);
  }

  @Test
  void thereIsNoLineWhereNothingIsNewOrAllIs() {
    assertThat(EventList.firstSeen(events(5), NOON)).isEmpty();
    assertThat(EventList.firstSeen(events(5), NOON.minusSeconds(9999))).isEmpty();
    assertThat(EventList.firstSeen(List.of(), NOON)).isEmpty();
  }

  @Test
  void newOnesAreCountedThatTheFilterTakesAndThePageDoesNotShow() {
    List<LogLine> log =
        List.of(
            line(1, NOON, "problem", "Beta is gone"),
            line(2, NOON, "problem", "beta is gone"),
            line(3, NOON.plusSeconds(1), "info", "beta is back"),
            line(4, NOON.plusSeconds(2), "problem", "BETA is gone"));
    EventFilter filter = new EventFilter("problem", "machine", "k", "beta", "60m");
    assertThat(EventsView.fresh(log, 1, filter, NOON)).isEqualTo(1);
    assertThat(EventsView.fresh(log, 1, filter, null)).isEqualTo(2);
    assertThat(EventsView.fresh(log, 0, EventFilter.ALL, null)).isEqualTo(4);
    assertThat(EventsView.fresh(log, 4, EventFilter.ALL, null)).isZero();
  }

  @Test
  void theFilterIsAQuestionOfTheApi() {
    assertThat(EventFilter.ALL.query()).isEmpty();
    assertThat(new EventFilter("problem", "", "caelum-1@[fe80::1]:8080", "a&b c", "60m").query())
        .isEqualTo("level=problem&key=caelum-1%40%5Bfe80%3A%3A1%5D%3A8080&q=a%26b%20c&from=60m");
  }
}
