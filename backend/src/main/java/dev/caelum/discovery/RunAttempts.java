package dev.caelum.discovery;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.Member;
import dev.caelum.feed.DiscoveryRun.Attempt;
import dev.caelum.feed.DisplayText;
import dev.caelum.feed.FailureText;
import dev.caelum.feed.FailureText.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The contacts that one run made, each of which ends in a link or a reason. Not thread-safe. */
final class RunAttempts {
  static final int LIMIT = 1_024;

  private final Map<Endpoint, Attempt> all = new LinkedHashMap<>();
  private final Set<Endpoint> dialled = new HashSet<>();

  /** A method named {@code endpoint}; the core will dial it when its budget allows. */
  void planned(Endpoint endpoint, String method) {
    if (!all.containsKey(endpoint)) {
      put(endpoint, pending(endpoint, null, method));
    }
  }

  /** A method named an address to which a link stands. */
  void linked(Endpoint endpoint, String method) {
    put(endpoint, ended(endpoint, null, method, null, null, already(endpoint, null)));
  }

  void started(ClusterEvent.DialStarted dial) {
    put(dial.target(), pending(dial.target(), dial.member(), method(dial.target(), dial.method())));
    if (all.containsKey(dial.target())) {
      dialled.add(dial.target());
    }
  }

  void connected(ClusterEvent.Connected link) {
    Member member = link.member();
    String text = "Connected to " + name(member) + " in " + link.millis() + " ms";
    FailureText words = new FailureText(text, "");
    put(
        link.target(),
        ended(
            link.target(),
            member,
            method(link.target(), link.method()),
            link.millis(),
            null,
            words));
    // The peer may have dialled us, or be known by another address that is still tried.
    all.replaceAll((endpoint, attempt) ->
        attempt.pending()
                && (member.key().equals(attempt.key()) || endpoint.equals(member.endpoint()))
            ? ended(endpoint, member, attempt.method(), link.millis(), null, words)
            : attempt);
  }

  void failed(ClusterEvent.DialFailed dial) {
    Endpoint target = dial.failure().target();
    Member member = dial.member();
    boolean linked = dial.failure().code() == FailureCode.ALREADY;
    FailureText words =
        linked
            ? already(target, member)
            : FailureText.of(
                dial.failure(), member == null ? null : member.hostname(), member != null);
    put(
        target,
        ended(
            target,
            member,
            method(target, dial.method()),
            dial.failure().millis(),
            linked ? null : dial.failure().code(),
            words));
  }

  /** Gives what is still open its reason; it goes on without the run. */
  void endAll(boolean stopped, long elapsedMillis) {
    all.replaceAll((endpoint, attempt) -> {
      if (!attempt.pending()) {
        return attempt;
      }
      FailureCode code =
          stopped
              ? FailureCode.GAVE_UP
              : dialled.contains(endpoint) ? FailureCode.TIMEOUT : FailureCode.BUDGET;
      FailureText words =
          FailureText.of(
              code,
              new Subject(
                  attempt.hostname(),
                  endpoint.host(),
                  endpoint.port(),
                  attempt.key() != null,
                  stopped ? "the run was stopped" : "",
                  elapsedMillis));
      return new Attempt(
          attempt.endpoint(),
          attempt.hostname(),
          attempt.key(),
          attempt.method(),
          false,
          false,
          elapsedMillis,
          code.code(),
          words.text(),
          words.hint());
    });
  }

  boolean open() {
    return all.values().stream().anyMatch(Attempt::pending);
  }

  List<Attempt> list() {
    return new ArrayList<>(all.values());
  }

  private void put(Endpoint endpoint, Attempt attempt) {
    if (all.size() < LIMIT || all.containsKey(endpoint)) {
      all.put(endpoint, attempt);
    }
  }

  /** The method that named the address first keeps it. */
  private String method(Endpoint endpoint, String otherwise) {
    Attempt known = all.get(endpoint);
    return known == null ? otherwise : known.method();
  }

  private static Attempt pending(Endpoint endpoint, @Nullable Member member, String method) {
    return new Attempt(
        endpoint.toString(),
        member == null ? null : name(member),
        member == null ? null : member.key(),
        method,
        true,
        false,
        null,
        null,
        "Connecting to " + (member == null ? "" : name(member) + " ") + endpoint,
        null);
  }

  /** Connected without a {@code code}, else failed. */
  private static Attempt ended(
      Endpoint endpoint,
      @Nullable Member member,
      String method,
      @Nullable Long millis,
      @Nullable FailureCode code,
      FailureText words) {
    return new Attempt(
        endpoint.toString(),
        member == null ? null : name(member),
        member == null ? null : member.key(),
        method,
        false,
        code == null,
        millis,
        code == null ? null : code.code(),
        words.text(),
        code == null ? null : words.hint());
  }

  private static FailureText already(Endpoint endpoint, @Nullable Member member) {
    return FailureText.of(
        FailureCode.ALREADY,
        new Subject(
            member == null ? null : member.hostname(),
            endpoint.host(),
            endpoint.port(),
            true,
            "",
            0));
  }

  static String name(Member member) {
    return DisplayText.name(member.hostname());
  }
}
