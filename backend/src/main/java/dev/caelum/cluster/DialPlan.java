package dev.caelum.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When each address may be dialled: at once while the budget lasts, then with backoff. One pending
 * dial a target and, until it has answered once, one attempt per ten seconds a host, so that no
 * stream of beacons makes this node knock on a stranger's door more often. Who was welcomed before
 * goes first, and is not kept waiting by strangers that do not answer.
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
  private static final long TOKEN_NANOS = (long) (1e9 / BUDGET_PER_SECOND);
  private static final long IDLE_NANOS = Duration.ofHours(1).toNanos();
  private static final int HOST_LIMIT = 4_096;

  /** One address, or the few addresses of one machine, to be dialled until a link is registered. */
  static final class Target {
    final String owner;
    final @Nullable Row row;
    private final Input.Origin usualOrigin;
    private final String usualMethod;

    /** Who asked for the attempt that is next, or under way. */
    Input.Origin origin;

    String method;
    Endpoint endpoint;
    int fallback;
    int attempts;
    boolean welcomed;

    /** Whether the next attempt is needed, wanted by the topology or not. */
    boolean needed;

    /** The host that answered last; at any other one the target is a stranger still. */
    private @Nullable String welcomedHost;

    boolean pending;
    @Nullable Long nextAt;
    private boolean aimed;
    private @Nullable Endpoint dialled;

    Target(String owner, @Nullable Row row, Endpoint endpoint, Input.Origin origin, String method) {
      this.owner = owner;
      this.row = row;
      this.endpoint = endpoint;
      this.usualOrigin = origin;
      this.usualMethod = method;
      this.origin = origin;
      this.method = method;
    }
  }

  private final RandomGenerator random;
  private final Map<String, Target> targets = new LinkedHashMap<>();
  private final Map<Endpoint, Target> pending = new LinkedHashMap<>();

  /** The targets that have a time, the longest planned first: those that answered once. */
  private final Set<Target> known = new LinkedHashSet<>();

  /** The same of those that never did. */
  private final Set<Target> unknown = new LinkedHashSet<>();

  private final Map<String, Long> strangerAttemptAt =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > HOST_LIMIT;
        }
      };
  private int strangers;
  private double budget = BURST;
  private long budgetAt;
  private long wakeAt;
  private boolean stirred = true;

  DialPlan(RandomGenerator random, long at) {
    this.random = random;
    this.budgetAt = at;
    this.wakeAt = at;
  }

  @Nullable Target target(String owner) {
    return targets.get(owner);
  }

  @Nullable Target pendingAt(Endpoint endpoint) {
    return pending.get(endpoint);
  }

  /** How many dials are under way. */
  int pendingCount() {
    return pending.size();
  }

  /** How many targets belong to no row. */
  int strangers() {
    return strangers;
  }

  /** Plans {@code target}; an existing plan of its owner is kept. */
  Target plan(Target target, long firstAt) {
    Target planned = targets.putIfAbsent(target.owner, target);
    if (planned != null) {
      return planned;
    }
    if (target.row == null) {
      strangers++;
    }
    schedule(target, firstAt);
    return target;
  }

  /** The next attempt of {@code target} is at {@code at}, for the usual reason. */
  void schedule(Target target, long at) {
    target.nextAt = at;
    (target.welcomed ? known : unknown).add(target);
    wake(Math.max(at, hostAllows(target, at)));
  }

  /** The next attempt of {@code target} goes to {@code endpoint} because somebody named it. */
  void aim(Target target, Endpoint endpoint, Input.Origin origin, String method, long at) {
    target.endpoint = endpoint;
    target.origin = origin;
    target.method = method;
    target.aimed = true;
    schedule(target, at);
  }

  /** No further attempt until one is scheduled. */
  void pause(Target target) {
    target.nextAt = null;
    unplan(target);
  }

  private void unplan(Target target) {
    known.remove(target);
    unknown.remove(target);
  }

  void drop(String owner) {
    Target target = targets.remove(owner);
    if (target != null) {
      pause(target);
      if (target.row == null) {
        strangers--;
      }
    }
  }

  /** The dials that are due and allowed now; each is marked pending. */
  List<Target> due(long at) {
    if (!stirred && at - wakeAt < 0) {
      return List.of();
    }
    budget = Math.min(BURST, budget + (at - budgetAt) / 1e9 * BUDGET_PER_SECOND);
    budgetAt = at;
    if (budget < 1) {
      wakeAt = at + TOKEN_NANOS;
      return List.of();
    }
    stirred = false;
    wakeAt = at + IDLE_NANOS;
    List<Target> out = new ArrayList<>();
    take(known, Integer.MAX_VALUE, at, out);
    take(unknown, PENDING_LIMIT, at, out);
    return out;
  }

  private void take(Set<Target> waiting, int pendingLimit, long at, List<Target> out) {
    for (Iterator<Target> each = waiting.iterator(); each.hasNext(); ) {
      // The end of a pending dial stirs the plan again.
      if (pending.size() >= pendingLimit) {
        return;
      }
      Target target = each.next();
      Long next = target.nextAt;
      if (target.pending || next == null) {
        continue;
      }
      long allowed = Math.max(next, hostAllows(target, at));
      if (allowed - at > 0) {
        wake(allowed);
      } else if (budget < 1) {
        wake(at + TOKEN_NANOS);
        return;
      } else if (!pending.containsKey(target.endpoint)) {
        each.remove();
        budget -= 1;
        begin(target, at);
        out.add(target);
      }
    }
  }

  private void wake(long at) {
    if (at - wakeAt < 0) {
      wakeAt = at;
    }
  }

  /** Marks a dial of {@code target} as under way without asking the budget. */
  void start(Target target, long at) {
    unplan(target);
    begin(target, at);
  }

  private void begin(Target target, long at) {
    if (!target.aimed) {
      target.origin = target.usualOrigin;
      target.method = target.usualMethod;
    }
    target.aimed = false;
    target.needed = false;
    target.pending = true;
    target.nextAt = null;
    target.dialled = target.endpoint;
    pending.put(target.endpoint, target);
    if (!knows(target, target.endpoint)) {
      strangerAttemptAt.remove(target.endpoint.host());
      strangerAttemptAt.put(target.endpoint.host(), at);
    }
  }

  private static boolean knows(Target target, Endpoint endpoint) {
    return endpoint.host().equals(target.welcomedHost);
  }

  /** The pending dial of {@code endpoint} is over. */
  @Nullable Target finish(Endpoint endpoint) {
    Target target = pending.get(endpoint);
    if (target != null) {
      finish(target);
    }
    return target;
  }

  /** The pending dial of {@code target} is over, with a connection or without. */
  void finish(Target target) {
    Endpoint dialled = target.dialled;
    if (dialled != null) {
      pending.remove(dialled, target);
    }
    target.pending = false;
    target.dialled = null;
    stirred = true;
  }

  /** A welcome came from {@code host}: failures start counting anew and it is no stranger. */
  void welcomed(Target target, String host) {
    meet(target);
    target.welcomedHost = host;
    target.attempts = 0;
    target.fallback = 0;
    strangerAttemptAt.remove(host);
    stirred = true;
  }

  /** {@code target} is a machine that was linked before. */
  void meet(Target target) {
    target.welcomed = true;
    if (unknown.remove(target)) {
      known.add(target);
    }
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
              LOST,
              DISCONNECTED ->
              target.welcomed ? backoff(target.attempts) : strangerWait(target.attempts);
        };
    schedule(target, at + wait);
    return at + wait;
  }

  /** Whether {@code target} may be dialled at {@code endpoint} as far as its host is concerned. */
  boolean allows(Target target, Endpoint endpoint, long at) {
    return strangerAllowedAt(target, endpoint, at) - at <= 0;
  }

  private long hostAllows(Target target, long at) {
    Input.Origin origin = target.aimed ? target.origin : target.usualOrigin;
    return origin == Input.Origin.OPERATOR ? at : strangerAllowedAt(target, target.endpoint, at);
  }

  /** When the host may be dialled again; {@code at} when it may be now. */
  private long strangerAllowedAt(Target target, Endpoint endpoint, long at) {
    Long last = knows(target, endpoint) ? null : strangerAttemptAt.get(endpoint.host());
    return last == null ? at : last + STRANGER_NANOS;
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
}
