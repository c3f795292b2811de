package dev.caelum.ui.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The running discovery, or the last one.
 *
 * @param state {@code idle}, {@code running}, {@code done} or {@code stopped}
 * @param percent 0 to 100
 * @param phase {@code sending}, {@code listening}, {@code connecting} or {@code finished}
 */
public record Discovery(
    long run,
    String state,
    @Nullable Instant startedAt,
    long elapsedMillis,
    int percent,
    String phase,
    String phaseLine,
    long interfacesUsed,
    long interfacesTotal,
    long sent,
    long received,
    long own,
    long unreadable,
    long answered,
    long fresh,
    long connected,
    long attemptsPlanned,
    long attemptsDone,
    List<Attempt> attempts,
    @Nullable String verdict,
    @Nullable Previous previous) {

  /** Nothing known yet. */
  public static final Discovery NONE = read(Fields.parse("{}"));

  /** One contact that the run made; each ends in a link or a reason. */
  public record Attempt(
      String endpoint,
      @Nullable String hostname,
      @Nullable String key,
      String method,
      boolean pending,
      boolean connected,
      @Nullable Long millis,
      @Nullable String code,
      @Nullable String text,
      @Nullable String hint) {}

  /**
   * The run before.
   *
   * @param gone names of those that answered it and not this one
   * @param fresh names of those that answered this one and not it
   */
  public record Previous(
      @Nullable Instant startedAt,
      long elapsedMillis,
      long answered,
      long connected,
      List<String> gone,
      List<String> fresh) {}

  /** Whether a run is on. */
  public boolean running() {
    return state.equals("running");
  }

  /** Whether a run ended since the node started. */
  public boolean finished() {
    return state.equals("done") || state.equals("stopped");
  }

  static Discovery read(Fields f) {
    return new Discovery(
        f.count("run"),
        f.text("state", "idle"),
        f.instant("started_at"),
        f.count("elapsed_ms"),
        Math.clamp(f.count("percent"), 0, 100),
        f.text("phase", ""),
        f.text("phase_line", ""),
        f.count("interfaces_used"),
        f.count("interfaces_total"),
        f.count("sent"),
        f.count("received"),
        f.count("own"),
        f.count("unreadable"),
        f.count("answered"),
        f.count("new"),
        f.count("connected"),
        f.count("attempts_planned"),
        f.count("attempts_done"),
        f.list("attempts", Discovery::readAttempt),
        f.text("verdict"),
        f.has("previous") ? readPrevious(f.at("previous")) : null);
  }

  private static Previous readPrevious(Fields f) {
    return new Previous(
        f.instant("started_at"),
        f.count("elapsed_ms"),
        f.count("answered"),
        f.count("connected"),
        f.texts("gone"),
        f.texts("new"));
  }

  private static Attempt readAttempt(Fields f) {
    return new Attempt(
        f.text("endpoint", ""),
        f.text("hostname"),
        f.text("key"),
        f.text("method", ""),
        f.flag("pending"),
        f.flag("connected"),
        f.has("ms") ? (Long) f.count("ms") : null,
        f.text("code"),
        f.text("text"),
        f.text("hint"));
  }
}
