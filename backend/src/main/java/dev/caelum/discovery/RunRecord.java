package dev.caelum.discovery;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.feed.DiscoveryRun;
import dev.caelum.feed.DiscoveryRun.Attempt;
import dev.caelum.feed.DiscoveryRun.Phase;
import dev.caelum.feed.DiscoveryRun.State;
import dev.caelum.feed.DisplayText;
import dev.caelum.feed.FailureText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one run has seen so far, and how far it is. */
final class RunRecord {
  private static final int ATTEMPTS = 1_024;
  private static final long MILLI = 1_000_000;

  private final long number;
  private final Surroundings surroundings;
  private final Surroundings.Counts before;
  private final long startedAt = System.nanoTime();
  private final Instant startedTime = Instant.now();
  private final Map<Endpoint, Attempt> attempts = new LinkedHashMap<>();
  private final Set<String> answered = new LinkedHashSet<>();
  private final Set<String> fresh = new LinkedHashSet<>();
  private final Map<String, String> freshNames = new LinkedHashMap<>();
  private final Set<String> foreign = new LinkedHashSet<>();
  private int planned;
  private int sent;
  private int percent;
  private boolean stopped;
  private boolean finished;
  private long finishedAt;

  RunRecord(long number, Surroundings surroundings) {
    this.number = number;
    this.surroundings = surroundings;
    this.before = surroundings.counts();
  }

  static DiscoveryRun idle() {
    return new DiscoveryRun(
        0,
        State.IDLE,
        null,
        0,
        Phase.FINISHED,
        0,
        "",
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        List.of(),
        null);
  }

  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  /** Whether nothing is waited for any more. */
  synchronized boolean ended() {
    if (stopped || finished) {
      return true;
    }
    long elapsed = System.nanoTime() - startedAt;
    if (elapsed < DiscoveryRunner.LISTENING.toNanos()) {
      return false;
    }
    boolean open = attempts.values().stream().anyMatch(Attempt::pending);
    return !open || elapsed > DiscoveryRunner.LISTENING.plus(DiscoveryRunner.CONNECTING).toNanos();
  }

  synchronized boolean confirmed() {
    return !answered.isEmpty();
  }

  synchronized void await(long millis) throws InterruptedException {
    long until = System.nanoTime() + millis * MILLI;
    for (long left = millis; left > 0; left = (until - System.nanoTime()) / MILLI) {
      if (stopped) {
        return;
      }
      wait(left);
    }
  }

  void pause(Duration time) throws InterruptedException {
    await(Math.max(1, time.toMillis()));
  }

  synchronized void datagrams(int more, int done) {
    sent += done;
    planned = sent + more;
  }

  synchronized void planned(Endpoint endpoint, String method) {
    if (attempts.size() < ATTEMPTS) {
      attempts.putIfAbsent(endpoint, pending(endpoint, null, null, method));
    }
  }

  private static Attempt pending(
      Endpoint endpoint, @Nullable String hostname, @Nullable String key, String method) {
    String name = hostname == null ? endpoint.toString() : hostname + " " + endpoint;
    return new Attempt(
        endpoint.toString(),
        hostname,
        key,
        method,
        true,
        false,
        null,
        null,
        "Connecting to " + name,
        null);
  }

  synchronized void saw(ClusterEvent event) {
    switch (event) {
      case ClusterEvent.Discovered(Member member) -> {
        answered(member);
        if (fresh.add(member.key())) {
          freshNames.put(member.key(), name(member));
        }
      }
      case ClusterEvent.DialStarted(Endpoint target, @Nullable Member member, String method) -> {
        Attempt known = attempts.get(target);
        if (known != null || attempts.size() < ATTEMPTS) {
          attempts.put(
              target,
              pending(
                  target,
                  member == null ? null : name(member),
                  member == null ? null : member.key(),
                  known == null ? method : known.method()));
        }
      }
      case ClusterEvent.DialFailed failed -> failed(failed);
      case ClusterEvent.Connected(Member member, Endpoint target, String method, long millis) -> {
        answered(member);
        Attempt known = attempts.get(target);
        attempts.put(
            target,
            new Attempt(
                target.toString(),
                name(member),
                member.key(),
                known == null ? method : known.method(),
                false,
                true,
                millis,
                null,
                "Connected to " + name(member) + " in " + millis + " ms",
                null));
      }
      case ClusterEvent.ForeignSeen(Member member) -> foreign.add(member.key());
      case ClusterEvent.MemberChanged changed -> {}
      case ClusterEvent.MemberRemoved removed -> {}
      case ClusterEvent.Suspected suspected -> {}
      case ClusterEvent.Died died -> {}
      case ClusterEvent.Departed departed -> {}
      case ClusterEvent.Returned(Member member, MemberState was) -> answered(member);
      case ClusterEvent.Moved moved -> {}
      case ClusterEvent.DuplicateId duplicate -> {}
    }
    notifyAll();
  }

  /** Each machine once: ours by their instance, old nodes by id and source. */
  synchronized void heard(Input.BeaconHeard beacon) {
    InstanceId instance = beacon.from().instance();
    answered.add(
        instance == null ? beacon.from().id() + "@" + beacon.endpoint().host() : instance.value());
    notifyAll();
  }

  private void answered(Member member) {
    InstanceId instance = member.instance();
    answered.add(
        instance == null ? member.id() + "@" + member.endpoint().host() : instance.value());
  }

  private void failed(ClusterEvent.DialFailed failed) {
    Endpoint target = failed.failure().target();
    Attempt known = attempts.get(target);
    if (known == null && attempts.size() >= ATTEMPTS) {
      return;
    }
    Member member = failed.member();
    FailureText words =
        FailureText.of(failed.failure(), member == null ? null : member.hostname(), member != null);
    attempts.put(
        target,
        new Attempt(
            target.toString(),
            member == null ? null : name(member),
            member == null ? null : member.key(),
            known == null ? failed.method() : known.method(),
            false,
            false,
            failed.failure().millis(),
            failed.failure().code().code(),
            words.text(),
            words.hint()));
  }

  private static String name(Member member) {
    return DisplayText.name(member.hostname());
  }

  /** Ends the run; open attempts go on without it. */
  synchronized DiscoveryRun finish() {
    finished = true;
    finishedAt = System.nanoTime();
    return view();
  }

  synchronized DiscoveryRun view() {
    long elapsed = ((finished ? finishedAt : System.nanoTime()) - startedAt) / MILLI;
    Surroundings.Counts now = surroundings.counts();
    List<Attempt> list = new ArrayList<>(attempts.values());
    int done = (int) list.stream().filter(attempt -> !attempt.pending()).count();
    Phase phase = phase(elapsed);
    percent = Math.max(percent, percent(phase, elapsed, done, list.size()));
    State state = !finished ? State.RUNNING : stopped ? State.STOPPED : State.DONE;
    return new DiscoveryRun(
        number,
        state,
        startedTime,
        elapsed,
        phase,
        percent,
        phaseLine(phase, elapsed, done, list.size()),
        surroundings.interfacesUsed(),
        surroundings.interfacesTotal(),
        now.sent() - before.sent(),
        now.received() - before.received(),
        now.own() - before.own(),
        now.unreadable() - before.unreadable(),
        answered.size(),
        fresh.size(),
        surroundings.connected(),
        list.size(),
        done,
        list,
        finished ? verdict(elapsed) : null);
  }

  private Phase phase(long elapsed) {
    if (finished) {
      return Phase.FINISHED;
    }
    if (elapsed < 450 && sent < Math.max(1, planned)) {
      return Phase.SENDING;
    }
    return elapsed < DiscoveryRunner.LISTENING.toMillis() ? Phase.LISTENING : Phase.CONNECTING;
  }

  private int percent(Phase phase, long elapsed, int done, int all) {
    return switch (phase) {
      case SENDING -> planned == 0 ? 0 : 20 * sent / planned;
      case LISTENING -> (int) (20 + 40 * elapsed / DiscoveryRunner.LISTENING.toMillis());
      case CONNECTING -> all == 0 ? 100 : 60 + 40 * done / all;
      case FINISHED -> 100;
    };
  }

  private String phaseLine(Phase phase, long elapsed, int done, int all) {
    return switch (phase) {
      case SENDING -> "Step 1 of 3 · Asking on " + surroundings.interfacesUsed() + " interfaces";
      case LISTENING ->
          "Step 2 of 3 · Listening for answers, "
              + Math.max(1, (DiscoveryRunner.LISTENING.toMillis() - elapsed + 999) / 1_000)
              + " s left";
      case CONNECTING -> "Step 3 of 3 · Connecting, " + done + " of " + all + " attempts ended";
      case FINISHED -> stopped ? "Stopped" : "Done";
    };
  }

  private String verdict(long elapsed) {
    String seconds = "%.1f s".formatted(elapsed / 1_000.0);
    if (stopped) {
      return "Stopped by you after "
          + seconds
          + ". "
          + machines(answered.size())
          + " had answered.";
    }
    if (surroundings.interfacesUsed() == 0) {
      return "This machine has no network interface that is up (only loopback). Connect a cable or"
          + " Wi-Fi.";
    }
    if (answered.isEmpty()) {
      return nobody();
    }
    StringBuilder out = new StringBuilder("Done in " + seconds + ": ");
    out.append(machines(answered.size())).append(" answered");
    if (!fresh.isEmpty()) {
      out.append(", ").append(fresh.size()).append(" new (");
      out.append(String.join(", ", freshNames.values().stream().limit(5).toList()));
      out.append(fresh.size() > 5 ? ", ...)" : ")");
    }
    out.append(", ").append(surroundings.connected()).append(" connected.");
    attempts.values().stream()
        .filter(attempt -> !attempt.pending() && !attempt.connected() && attempt.key() != null)
        .map(Attempt::text)
        .limit(2)
        .forEach(text -> out.append(' ').append(text));
    if (!foreign.isEmpty()) {
      out.append(' ').append(machines(foreign.size())).append(" of another cluster.");
    }
    return out.toString();
  }

  private String nobody() {
    if (!surroundings.echoSeen()) {
      return "No answer, and our own announcements did not come back either. A firewall on this"
          + " machine probably blocks UDP 8181, or the network drops multicast.";
    }
    return "No other machine answered. Our own announcements came back, so multicast works here."
        + " Most likely no other Caelum node is running in "
        + String.join(", ", surroundings.subnets())
        + ", or it is on another subnet.";
  }

  private static String machines(int count) {
    return count == 1 ? "1 machine" : count + " machines";
  }
}
