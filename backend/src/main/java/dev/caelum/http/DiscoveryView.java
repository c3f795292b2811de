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
    @Nullable String verdict) {

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
        run.verdict());
  }
}
