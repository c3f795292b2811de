package dev.caelum.discovery;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.cluster.NodeId;
import dev.caelum.feed.DiscoveryRun;
import dev.caelum.feed.DiscoveryRun.Attempt;
import dev.caelum.feed.DiscoveryRun.Phase;
import dev.caelum.feed.DiscoveryRun.State;
import dev.caelum.feed.DisplayText;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one run has seen so far, and how far it is. */
final class RunRecord {
  /** Machines that a run tells apart; more could only be made up. */
  private static final int MACHINES = 4_096;

  private static final long SENDING_MILLIS = 450;
  private static final long MILLI = 1_000_000;

  private final long number;
  private final Surroundings surroundings;
  private final Surroundings.Counts before;
  private final @Nullable Told previous;
  private final long startedAt = System.nanoTime();
  private final Instant startedTime = Instant.now();
  private final RunAttempts attempts = new RunAttempts();
  private final Map<String, String> answered = new LinkedHashMap<>();
  private final Map<String, String> fresh = new LinkedHashMap<>();
  private final Set<String> foreign = new LinkedHashSet<>();
  private int planned;
  private int sent;
  private int percent;
  private boolean stopped;
  private boolean finished;
  private long finishedAt;

  /**
   * @param before the run before this one, if there was one
   */
  RunRecord(long number, Surroundings surroundings, @Nullable RunRecord before) {
    this.number = number;
    this.previous = before == null ? null : before.told();
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
        null,
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
    long connecting = (System.nanoTime() - startedAt) / MILLI - listeningMillis();
    return connecting >= 0
        && (!attempts.open() || connecting > DiscoveryRunner.CONNECTING.toMillis());
  }

  /** Without an interface nobody was asked who might answer: only known machines are dialled. */
  private long listeningMillis() {
    return surroundings.interfacesUsed() == 0
        ? SENDING_MILLIS
        : DiscoveryRunner.LISTENING.toMillis();
  }

  synchronized boolean confirmed() {
    return !answered.isEmpty();
  }

  /** Waits; a stop ends the wait at once. */
  synchronized void pause(Duration time) throws InterruptedException {
    long until = System.nanoTime() + time.toNanos();
    for (long left = time.toMillis();
        left > 0 && !stopped && !finished;
        left = (until - System.nanoTime()) / MILLI) {
      wait(left);
    }
  }

  synchronized void datagrams(int more, int done) {
    sent += done;
    planned = sent + more;
  }

  /**
   * A method names an address.
   *
   * @return whether it is to be dialled: not when the run is over or a link to it stands
   */
  synchronized boolean candidate(Endpoint endpoint, String method) {
    if (ended()) {
      return false;
    }
    if (surroundings.linked(endpoint)) {
      attempts.linked(endpoint, method);
      return false;
    }
    attempts.planned(endpoint, method);
    return true;
  }

  synchronized void saw(ClusterEvent event) {
    switch (event) {
      case ClusterEvent.Discovered(Member member) -> {
        answered(member);
        if (fresh.size() < MACHINES) {
          fresh.putIfAbsent(member.key(), RunAttempts.name(member));
        }
      }
      case ClusterEvent.DialStarted started -> attempts.started(started);
      case ClusterEvent.DialFailed failed -> attempts.failed(failed);
      case ClusterEvent.Connected connected -> {
        answered(connected.member());
        attempts.connected(connected);
      }
      case ClusterEvent.Refuted refuted -> {}
      case ClusterEvent.UdpBlocked blocked -> {}
      case ClusterEvent.NetworkLost lost -> {}
      case ClusterEvent.NetworkJudged judged -> {}
      case ClusterEvent.ForeignSeen(Member member) -> {
        if (foreign.size() < MACHINES) {
          foreign.add(member.key());
        }
      }
      case ClusterEvent.Returned(Member member, MemberState was) -> answered(member);
      case ClusterEvent.MemberChanged changed -> {}
      case ClusterEvent.MemberRemoved removed -> {}
      case ClusterEvent.Suspected suspected -> {}
      case ClusterEvent.Died died -> {}
      case ClusterEvent.Departed departed -> {}
      case ClusterEvent.Moved moved -> {}
      case ClusterEvent.DuplicateId duplicate -> {}
    }
  }

  synchronized void heard(Input.BeaconHeard beacon) {
    answered(
        beacon.from().instance(),
        beacon.from().id(),
        beacon.endpoint(),
        DisplayText.name(beacon.from().hostname()));
  }

  private void answered(Member member) {
    answered(member.instance(), member.id(), member.endpoint(), RunAttempts.name(member));
  }

  /** Each machine once: ours by their instance, old nodes by id and source. */
  private void answered(@Nullable InstanceId instance, NodeId id, Endpoint source, String name) {
    if (answered.size() < MACHINES) {
      answered.putIfAbsent(instance == null ? id + "@" + source.host() : instance.value(), name);
    }
  }

  /** Ends the run; attempts that are still open go on without it. */
  synchronized DiscoveryRun finish() {
    if (!finished) {
      finishedAt = System.nanoTime();
      attempts.endAll(stopped, (finishedAt - startedAt) / MILLI);
      finished = true;
      notifyAll();
    }
    return view();
  }

  synchronized DiscoveryRun view() {
    long elapsed = ((finished ? finishedAt : System.nanoTime()) - startedAt) / MILLI;
    Surroundings.Counts now = surroundings.counts();
    List<Attempt> list = attempts.list();
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
        RunWords.phaseLine(
            phase, elapsed, surroundings.interfacesUsed(), done, list.size(), stopped),
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
        finished ? verdict(elapsed, list) : null,
        finished ? compared() : null);
  }

  /** What the next run is compared with. */
  private record Told(DiscoveryRun run, Map<String, String> answered) {}

  private synchronized @Nullable Told told() {
    return finished ? new Told(view(), Map.copyOf(answered)) : null;
  }

  private DiscoveryRun.@Nullable Previous compared() {
    if (previous == null || previous.run().startedAt() == null) {
      return null;
    }
    return new DiscoveryRun.Previous(
        previous.run().run(),
        previous.run().startedAt(),
        previous.run().elapsedMillis(),
        previous.run().answered(),
        previous.run().connected(),
        missing(previous.answered(), answered),
        missing(answered, previous.answered()));
  }

  /** The names of those in {@code all} that are not {@code in}; a restarted machine is the same. */
  private static List<String> missing(Map<String, String> all, Map<String, String> in) {
    return all.entrySet().stream()
        .filter(each -> !in.containsKey(each.getKey()) && !in.containsValue(each.getValue()))
        .map(Map.Entry::getValue)
        .sorted()
        .limit(DiscoveryRun.Previous.NAMES)
        .toList();
  }

  private Phase phase(long elapsed) {
    if (finished) {
      return Phase.FINISHED;
    }
    if (elapsed < SENDING_MILLIS && sent < Math.max(1, planned)) {
      return Phase.SENDING;
    }
    return elapsed < listeningMillis() ? Phase.LISTENING : Phase.CONNECTING;
  }

  private int percent(Phase phase, long elapsed, int done, int all) {
    return switch (phase) {
      case SENDING -> planned == 0 ? 0 : 20 * sent / planned;
      case LISTENING -> (int) (20 + 40 * elapsed / DiscoveryRunner.LISTENING.toMillis());
      case CONNECTING -> all == 0 ? 99 : 60 + 39 * done / all;
      case FINISHED -> 100;
    };
  }

  private String verdict(long elapsed, List<Attempt> list) {
    return stopped
        ? RunWords.stopped(elapsed, answered.size())
        : RunWords.done(
            elapsed, answered.size(), fresh.values(), foreign.size(), list, surroundings);
  }
}
