package dev.caelum.feed;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One press of Discover Network, while it runs and after; one at a time.
 *
 * @param run 0 when none ran yet, else counted from 1
 * @param percent 0 to 100, never falling within a run
 * @param phaseLine one sentence for people, for example {@code Step 2 of 3 · Listening for answers,
 *     3 s left}
 * @param received all datagrams heard during the run, of which {@code own} were our echo and {@code
 *     unreadable} refused
 * @param answered machines that answered
 * @param fresh of those, machines not known before the run
 * @param connected of those, machines linked now
 * @param verdict the result in one or two sentences; null while running
 * @param previous the run before it; null while running, and for the first one
 */
public record DiscoveryRun(
    long run,
    State state,
    @Nullable Instant startedAt,
    long elapsedMillis,
    Phase phase,
    int percent,
    String phaseLine,
    int interfacesUsed,
    int interfacesTotal,
    long sent,
    long received,
    long own,
    long unreadable,
    int answered,
    int fresh,
    int connected,
    int attemptsPlanned,
    int attemptsDone,
    List<Attempt> attempts,
    @Nullable String verdict,
    @Nullable Previous previous) {
  public DiscoveryRun {
    attempts = List.copyOf(attempts);
  }

  /** Where the run stands. */
  public enum State {
    IDLE,
    RUNNING,
    DONE,
    STOPPED
  }

  /** What it is doing. */
  public enum Phase {
    SENDING,
    LISTENING,
    CONNECTING,
    FINISHED
  }

  /**
   * The run before, and how its answers differ from those of this one.
   *
   * @param gone names of machines that answered then and not now, at most {@link #NAMES}
   * @param fresh names of machines that answer now and did not then, at most {@link #NAMES}
   */
  public record Previous(
      long run,
      Instant startedAt,
      long elapsedMillis,
      int answered,
      int connected,
      List<String> gone,
      List<String> fresh) {
    /** More nobody reads. */
    public static final int NAMES = 50;

    public Previous {
      gone = List.copyOf(gone);
      fresh = List.copyOf(fresh);
    }
  }

  /**
   * One contact that the run made; each ends in a link or a reason.
   *
   * @param method the discovery method that named the target: {@code UDP_BEACON}, {@code
   *     NETWORK_SCAN}, {@code KNOWN_MACHINE}, ...
   * @param millis null while pending
   * @param code null while pending or connected
   * @param text for people; while pending {@code Connecting to ...}
   */
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
}
