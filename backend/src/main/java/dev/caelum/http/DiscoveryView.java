package dev.caelum.http;

import dev.caelum.feed.DiscoveryRun;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Discovery object of the API. */
public record DiscoveryView(
    long run,
    String state,
    @Nullable String startedAt,
    long elapsedMs,
    String phase,
    int percent,
    String phaseLine,
    int interfacesUsed,
    int interfacesTotal,
    long sent,
    long received,
    long own,
    long unreadable,
    int answered,
    @JsonbProperty("new") int fresh,
    int connected,
    int attemptsPlanned,
    int attemptsDone,
    List<AttemptView> attempts,
    @Nullable String verdict,
    @Nullable PreviousView previous) {

  /** One contact of a run. */
  public record AttemptView(
      String endpoint,
      @Nullable String hostname,
      @Nullable String key,
      String method,
      boolean pending,
      boolean connected,
      @Nullable Long ms,
      @Nullable String code,
      @Nullable String text,
      @Nullable String hint) {

    static AttemptView of(DiscoveryRun.Attempt attempt) {
      return new AttemptView(
          attempt.endpoint(),
          attempt.hostname(),
          attempt.key(),
          attempt.method(),
          attempt.pending(),
          attempt.connected(),
          attempt.millis(),
          attempt.code(),
          attempt.text(),
          attempt.hint());
    }
  }

  /** The run before, and how its answers differ. */
  public record PreviousView(
      long run,
      String startedAt,
      long elapsedMs,
      int answered,
      int connected,
      List<String> gone,
      @JsonbProperty("new") List<String> fresh) {

    static @Nullable PreviousView of(DiscoveryRun.@Nullable Previous previous) {
      return previous == null
          ? null
          : new PreviousView(
              previous.run(),
              previous.startedAt().toString(),
              previous.elapsedMillis(),
              previous.answered(),
              previous.connected(),
              previous.gone(),
              previous.fresh());
    }
  }

  static DiscoveryView of(DiscoveryRun run) {
    return new DiscoveryView(
        run.run(),
        Words.of(run.state()),
        run.startedAt() == null ? null : run.startedAt().toString(),
        run.elapsedMillis(),
        Words.of(run.phase()),
        run.percent(),
        run.phaseLine(),
        run.interfacesUsed(),
        run.interfacesTotal(),
        run.sent(),
        run.received(),
        run.own(),
        run.unreadable(),
        run.answered(),
        run.fresh(),
        run.connected(),
        run.attemptsPlanned(),
        run.attemptsDone(),
        run.attempts().stream().map(AttemptView::of).toList(),
        run.verdict(),
        PreviousView.of(run.previous()));
  }
}
