package dev.caelum.http;

import dev.caelum.feed.LogLine.Category;
import dev.caelum.feed.LogLine.Level;
import dev.caelum.history.EventQuery;
import dev.caelum.history.History;
import dev.caelum.history.HistoryUnusable;
import dev.caelum.history.Past;
import dev.caelum.history.PastEvent;
import io.helidon.webserver.http.ServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was: numbers, the cluster at a moment, events. */
final class HistoryRoutes {
  private static final String HISTORY = HttpApi.BASE + "/history";
  private static final String CSV = "text/csv; charset=utf-8";
  private static final String JSON_LINES = "application/jsonl; charset=utf-8";
  private static final int POINTS = 300;
  private static final int EVENTS = 10_000;

  private final Supplier<Optional<History>> history;
  private final Clock clock;

  HistoryRoutes(Supplier<Optional<History>> history, Clock clock) {
    this.history = history;
    this.clock = clock;
  }

  /** What is kept; {@code step_s}: how often numbers are recorded. */
  public record AboutView(
      boolean recording,
      @Nullable String problem,
      int days,
      long bytes,
      int stepS,
      List<MachineSpan> machines,
      List<Span> recorded) {}

  /** A machine with a past. */
  public record MachineSpan(String machineId, String hostname, String since, String until) {}

  /** A time from then until then. */
  public record Span(String since, String until) {
    static Span of(Past.Span span) {
      return new Span(time(span.from()), time(span.until()));
    }
  }

  /** Events, newest first; {@code before} is where the next page goes on. */
  public record EventsView(List<EventView> events, @Nullable Long before) {}

  /** One of them. */
  public record EventView(
      long id,
      String time,
      String level,
      String category,
      String text,
      @Nullable String key,
      @Nullable String code) {
    static EventView of(PastEvent event) {
      LogLineView line = LogLineView.of(event.line());
      return new EventView(
          event.id(),
          line.time(),
          line.level(),
          line.category(),
          line.text(),
          line.key(),
          line.code());
    }
  }

  void register(Routes routes) {
    routes.get(HISTORY, _ -> Reply.ok(about()));
    routes.get(HISTORY + "/series", this::series);
    routes.get(HISTORY + "/at", this::at);
    routes.get(HISTORY + "/events", this::events);
  }

  private AboutView about() {
    Past.About about = guarded(History::about);
    return new AboutView(
        about.problem() == null,
        about.problem(),
        about.days(),
        about.bytes(),
        Past.STEP_SECONDS,
        about.machines().stream()
            .map(each ->
                new MachineSpan(
                    each.name(), each.hostname(), time(each.first()), time(each.last())))
            .toList(),
        about.recorded().stream().map(Span::of).toList());
  }

  // ---- numbers ----

  private Reply series(ServerRequest request) {
    Instant now = clock.instant();
    Instant until = TimeParameter.of(request, "until", now, now);
    Instant from = TimeParameter.of(request, "from", now, until.minus(Duration.ofHours(1)));
    check(from, until);
    int points = Bodies.number(request, "points", POINTS, 1, History.MOST_STEPS);
    String machine = Bodies.parameter(request, "machine");
    Past.Series series =
        guarded(kept -> kept.series(machine, from.getEpochSecond(), until.getEpochSecond(), points))
            .orElseThrow(() ->
                Problem.of(404, "unknown_machine", "Nothing was recorded of that machine.")
                    .refused());
    return csv(request)
        ? new Reply(200, CSV, SeriesText.csv(series))
        : new Reply(200, Reply.JSON, SeriesText.json(series));
  }

  private static void check(Instant from, Instant until) {
    if (!from.isBefore(until) || Duration.between(from, until).compareTo(History.MOST) > 0) {
      throw Bodies.badParameter("from", "before until, by " + History.MOST.toDays() + " d at most")
          .refused();
    }
  }

  private static boolean csv(ServerRequest request) {
    String format = Bodies.parameter(request, "format");
    if (format != null && !format.equals("json") && !format.equals("csv")) {
      throw Bodies.badParameter("format", "json or csv").refused();
    }
    return "csv".equals(format);
  }

  // ---- the cluster then ----

  private Reply at(ServerRequest request) {
    Instant now = clock.instant();
    Instant time = TimeParameter.of(request, "time", now, now);
    Past.Cluster cluster = guarded(kept -> kept.at(time.toEpochMilli()));
    if (!cluster.recorded()) {
      throw Problem.of(404, "not_recorded", "This node did not record at " + time + ".")
          .hint("GET /api/v1/history tells when it did.")
          .refused();
    }
    return new Reply(200, Reply.JSON, PastMachines.json(cluster));
  }

  // ---- events ----

  private Reply events(ServerRequest request) {
    Instant now = clock.instant();
    int limit = Bodies.number(request, "limit", 100, 1, EVENTS);
    EventQuery query =
        new EventQuery(
            TimeParameter.of(request, "from", now, Instant.EPOCH),
            // Lines of this very moment, and those that a clock has put a little ahead.
            TimeParameter.of(request, "until", now, now.plus(Duration.ofDays(1))),
            words(request, "level", Level.class),
            words(request, "category", Category.class),
            Bodies.parameter(request, "key"),
            Bodies.parameter(request, "q"),
            before(request),
            limit);
    List<PastEvent> events = guarded(kept -> kept.events(query));
    List<EventView> views = events.stream().map(EventView::of).toList();
    if ("jsonl".equals(Bodies.parameter(request, "format"))) {
      return new Reply(200, JSON_LINES, EventsText.jsonLines(views));
    }
    return csv(request)
        ? new Reply(200, CSV, EventsText.csv(views))
        : Reply.ok(new EventsView(views, views.size() < limit ? null : views.getLast().id()));
  }

  private static long before(ServerRequest request) {
    String text = Bodies.parameter(request, "before");
    if (text == null) {
      return Long.MAX_VALUE;
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw Bodies.badParameter("before", "the before of the page above").refused();
    }
    return Long.parseLong(text);
  }

  private static <E extends Enum<E>> Set<E> words(
      ServerRequest request, String name, Class<E> type) {
    Set<E> found = EnumSet.noneOf(type);
    String list = Bodies.parameter(request, name);
    if (list != null) {
      List<String> possible = new ArrayList<>();
      for (E each : type.getEnumConstants()) {
        possible.add(Words.of(each));
      }
      for (String word : list.split(",", -1)) {
        if (!possible.contains(word)) {
          throw Bodies.badParameter(name, "a list of " + String.join(", ", possible)).refused();
        }
        found.add(Enum.valueOf(type, word.toUpperCase(Locale.ROOT)));
      }
    }
    return found;
  }

  // ---- common ----

  private interface Question<T> {
    T ask(History history) throws HistoryUnusable;
  }

  private <T> T guarded(Question<T> question) {
    History kept =
        history
            .get()
            .orElseThrow(() ->
                Problem.of(404, "no_history", "This node keeps no history.")
                    .hint("Start it with --history-days 30, or ask a node with a dashboard.")
                    .refused());
    try {
      return question.ask(kept);
    } catch (HistoryUnusable e) {
      throw Problem.of(503, "history_unavailable", String.valueOf(e.getMessage()))
          .retryAfter(2)
          .refused();
    }
  }

  /** Whole seconds as ISO 8601. */
  static String time(long seconds) {
    return Instant.ofEpochSecond(seconds).toString();
  }
}
