package dev.caelum.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When each address may be dialled: at once while the budget lasts, then with backoff. One pending
 * dial a target and, until it has answered once, one attempt per ten seconds a host, so that no
 * stream of beacons makes this node knock on a stranger's door more often.
 */
final class DialPlan {
  /** New dials: 20 a second, 64 at once. */
  static final double BUDGET_PER_SECOND = 20;

  static final int BURST = 64;
  static final int PENDING_LIMIT = 64;
  static final long STRANGER_NANOS = Duration.ofSeconds(10).toNanos();
  static final long STRANGER_LATER_NANOS = Duration.ofMinutes(10).toNanos();
  static final int STRANGER_ATTEMPTS = 6;
  static final long BACKOFF_FIRST_NANOS = Duration.ofMillis(500).toNanos();
  static final long BACKOFF_LIMIT_NANOS = Duration.ofSeconds(30).toNanos();
  static final int KNOWN_ATTEMPTS = 12;
  static final long NOT_CAELUM_NANOS = Duration.ofHours(1).toNanos();
  private static final int HOST_LIMIT = 4_096;

  /** One address, or the few addresses of one machine, to be dialled until a link is registered. */
  static final class Target {
    final String owner;
    final @Nullable Row row;
    final Input.Origin origin;
    final String method;
    Endpoint endpoint;
    int fallback;
    int attempts;
    boolean welcomed;
    boolean pending;
    long startedAt;
    @Nullable Long nextAt;

    Target(String owner, @Nullable Row row, Endpoint endpoint, Input.Origin origin, String method) {
      this.owner = owner;
      this.row = row;
      this.endpoint = endpoint;
      this.origin = origin;
      this.method = method;
    }
  }

  private final RandomGenerator random;
  private final Map<String, Target> targets = new LinkedHashMap<>();
  private final Map<Endpoint, Target> pending = new LinkedHashMap<>();
  private final Map<String, Long> strangerAttemptAt =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > HOST_LIMIT;
        }
      };
  private double budget = BURST;
  private long budgetAt;

  DialPlan(RandomGenerator random, long at) {
    this.random = random;
    this.budgetAt = at;
  }

  @Nullable Target target(String owner) {
    return targets.get(owner);
  }

  @Nullable Target pendingAt(Endpoint endpoint) {
    return pending.get(endpoint);
  }

  int size() {
    return targets.size();
  }

  /** Plans {@code target}; an existing plan of its owner is kept. */
  Target plan(Target target, long firstAt) {
    Target known = targets.putIfAbsent(target.owner, target);
    if (known != null) {
      return known;
    }
    target.nextAt = firstAt;
    return target;
  }

  void drop(String owner) {
    Target target = targets.remove(owner);
    if (target != null && target.pending) {
      target.nextAt = null;
    }
  }

  /** The dials that are due and allowed now; each is marked pending. */
  List<Target> due(long at) {
    refill(at);
    List<Target> out = new ArrayList<>();
    for (Target target : targets.values()) {
      Long next = target.nextAt;
      if (target.pending || next == null || next - at > 0) {
        continue;
      }
      if (budget < 1 || pending.size() >= PENDING_LIMIT) {
        break;
      }
      if (pending.containsKey(target.endpoint) || !hostAllows(target, at)) {
        continue;
      }
      budget -= 1;
      start(target, at);
      out.add(target);
    }
    return out;
  }

  /** Marks a dial of {@code target} as under way without asking the budget. */
  void start(Target target, long at) {
    target.pending = true;
    target.startedAt = at;
    target.nextAt = null;
    pending.put(target.endpoint, target);
    if (!target.welcomed) {
      strangerAttemptAt.remove(target.endpoint.host());
      strangerAttemptAt.put(target.endpoint.host(), at);
    }
  }

  /** The pending dial of {@code endpoint} is over, with a connection or without. */
  @Nullable Target finish(Endpoint endpoint) {
    Target target = pending.remove(endpoint);
    if (target != null) {
      target.pending = false;
    }
    return target;
  }

  /** A welcome came: failures start counting anew and the host is no stranger. */
  void welcomed(Target target) {
    target.welcomed = true;
    target.attempts = 0;
    target.fallback = 0;
    strangerAttemptAt.remove(target.endpoint.host());
  }

  /** Plans the next attempt after a failure; null when none is planned. */
  @Nullable Long retry(Target target, FailureCode code, long at) {
    if (targets.get(target.owner) != target) {
      return null;
    }
    target.attempts++;
    long wait =
        switch (code) {
          case NOT_CAELUM -> NOT_CAELUM_NANOS;
          case POLICY, SELF, FOREIGN, VERSION -> STRANGER_LATER_NANOS;
          case REFUSED,
              TIMEOUT,
              UNREACHABLE,
              NO_REGISTRATION,
              AUTH,
              CLOCK,
              DUPLICATE_ID,
              ALREADY,
              NAME,
              BUDGET,
              GAVE_UP,
              LOST ->
              target.welcomed ? backoff(target.attempts) : strangerWait(target.attempts);
        };
    target.nextAt = at + wait;
    return target.nextAt;
  }

  private boolean hostAllows(Target target, long at) {
    if (target.welcomed || target.origin == Input.Origin.OPERATOR) {
      return true;
    }
    Long last = strangerAttemptAt.get(target.endpoint.host());
    return last == null || at - last >= STRANGER_NANOS;
  }

  private long backoff(int attempts) {
    if (attempts > KNOWN_ATTEMPTS) {
      return STRANGER_LATER_NANOS;
    }
    long base = Math.min(BACKOFF_LIMIT_NANOS, BACKOFF_FIRST_NANOS << Math.min(attempts - 1, 10));
    return (long) (base * (0.75 + random.nextDouble() * 0.5));
  }

  private long strangerWait(int attempts) {
    long base = attempts < STRANGER_ATTEMPTS ? STRANGER_NANOS : STRANGER_LATER_NANOS;
    return (long) (base * (1 + random.nextDouble() * 0.1));
  }

  private void refill(long at) {
    budget = Math.min(BURST, budget + (at - budgetAt) / 1e9 * BUDGET_PER_SECOND);
    budgetAt = at;
  }
}
