package dev.caelum.work;

import dev.caelum.task.Lease;
import dev.caelum.task.ResourceNeed;
import dev.caelum.task.TaskError;
import dev.caelum.task.TaskSpec;
import dev.caelum.task.WorkMessage;
import dev.caelum.task.WorkMessage.Ending;
import dev.caelum.task.WorkMessage.Order;
import dev.caelum.task.WorkMessage.Outcome;
import dev.caelum.work.Attempt.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The worker's decisions: what runs, what waits, what is told and when. No clock, thread or socket:
 * time comes in as monotonic nanoseconds, effects go out by {@link #effects()}. Not thread-safe.
 *
 * <p>An order that was taken on ends in exactly one outcome, which is told again and again until
 * the coordinator says that it is settled. An attempt ends before its lease does.
 */
final class WorkBook {
  private static final long SWEEP_NANOS = 60_000_000_000L;
  private static final Comparator<Attempt> NEXT_FIRST =
      Comparator.<Attempt>comparingInt(each -> -each.priority)
          .thenComparingLong(each -> each.number);

  private final WorkerSettings settings;
  private final Resources resources;
  private final Map<String, Attempt> byTask = new LinkedHashMap<>();
  private final Map<Long, Attempt> inSlots = new LinkedHashMap<>();
  private final TreeSet<Attempt> waiting = new TreeSet<>(NEXT_FIRST);
  private final Audience audience;
  private final ArrayDeque<Attempt> unkept = new ArrayDeque<>();
  private List<WorkEffect> out = new ArrayList<>();
  private long numbers;
  private int kept;
  private long keptCharacters;
  private long sweepAt;
  private boolean swept;

  WorkBook(WorkerSettings settings, Resources resources) {
    this.settings = settings;
    this.resources = resources;
    this.audience = new Audience(settings, byTask, inSlots);
  }

  /** What is to be done since the last call, in this order. */
  List<WorkEffect> effects() {
    List<WorkEffect> now = out;
    out = new ArrayList<>();
    return now;
  }

  /** Who listens, and what is told. */
  Audience audience() {
    return audience;
  }

  // ---- what coordinators say ----

  void heard(long now, String machine, WorkMessage message) {
    switch (message) {
      case WorkMessage.Assign(List<Order> orders) -> {
        for (Order order : orders) {
          assigned(now, machine, order);
          fill(now);
        }
      }
      case WorkMessage.Taken(List<Lease> leases) -> {
        for (Lease lease : leases) {
          Attempt attempt = of(machine, lease);
          if (attempt != null && attempt.state == State.ENDED) {
            drop(attempt);
          }
        }
      }
      case WorkMessage.Stop(List<Lease> leases, var _) -> {
        for (Lease lease : leases) {
          Attempt attempt = of(machine, lease);
          if (attempt != null) {
            drop(attempt);
          }
        }
      }
      case WorkMessage.Query(List<Lease> leases, boolean last) -> {
        leases.forEach(lease -> adopted(machine, lease));
        Hearer hearer = audience.get(machine);
        if (last && hearer != null) {
          hearer.asks = true;
        }
      }
      case WorkMessage.Offer _,
          WorkMessage.Renew _,
          WorkMessage.Progress _,
          WorkMessage.Results _ ->
          throw new IllegalArgumentException("a worker's message from a coordinator: " + message);
    }
    fill(now);
  }

  private @Nullable Attempt of(String machine, Lease lease) {
    Attempt attempt = byTask.get(lease.task());
    return attempt != null && attempt.lease.equals(lease) && attempt.owner.equals(machine)
        ? attempt
        : null;
  }

  /** Another coordinator went on with the task. */
  private void adopted(String machine, Lease lease) {
    Attempt attempt = byTask.get(lease.task());
    Hearer hearer = audience.get(machine);
    if (attempt != null && hearer != null && attempt.lease.equals(lease)) {
      audience.forget(attempt);
      attempt.owner = machine;
      if (attempt.state == State.ENDED) {
        hearer.owe(attempt);
      }
    }
  }

  private void assigned(long now, String machine, Order order) {
    Hearer hearer = audience.get(machine);
    if (hearer == null) {
      return;
    }
    Attempt known = byTask.get(order.task());
    if (known != null && known.lease.epoch() == order.epoch()) {
      if (known.state == State.ENDED && known.owner.equals(machine)) {
        hearer.owe(known);
      }
      return;
    }
    Attempt attempt = new Attempt(order.lease(), ++numbers, order.priority(), machine);
    if (known != null && known.lease.epoch() > order.epoch()) {
      refuseOnce(attempt, new TaskError("stale", "A newer hand-out of this task is here."));
      return;
    }
    if (known != null) {
      drop(known);
    }
    TaskError refusal = refusal(hearer, order);
    if (refusal != null && full()) {
      refuseOnce(attempt, refusal);
      return;
    }
    byTask.put(order.task(), attempt);
    if (refusal != null) {
      end(now, attempt, Ending.REFUSED, null, refusal);
      return;
    }
    attempt.order = order;
    long lease = order.leaseMillis() * 1_000_000;
    attempt.leaseNanos = Math.max(lease - settings.margin().toNanos(), lease / 2);
    attempt.leaseEnds = now + attempt.leaseNanos;
    waiting.add(attempt);
    audience.changed();
  }

  private boolean full() {
    return kept >= settings.kept() || keptCharacters >= settings.keptCharacters();
  }

  /** Without a memory of it: its coordinator knows better, or there is no room. */
  private void refuseOnce(Attempt attempt, TaskError why) {
    Outcome refusal = new Outcome(attempt.lease, Ending.REFUSED, null, why, 0);
    out.add(new WorkEffect.Send(attempt.owner, new WorkMessage.Results(List.of(refusal))));
  }

  private @Nullable TaskError refusal(Hearer hearer, Order order) {
    if (!hearer.handlers.contains(order.type())) {
      return new TaskError(
          "not_accepted", "This machine does not run " + order.type() + " for it.");
    }
    if (!resources.possible(order.need())) {
      return new TaskError("resources", "This machine has not what the task needs.");
    }
    if (waiting.size() >= settings.waiting()) {
      return new TaskError("busy", waiting.size() + " tasks wait here already.");
    }
    if (full()) {
      return new TaskError("busy", kept + " results wait here to be taken.");
    }
    return null;
  }

  // ---- what runs ----

  private void fill(long now) {
    boolean blocked = false;
    for (Iterator<Attempt> rest = waiting.iterator();
        rest.hasNext() && inSlots.size() < settings.slots(); ) {
      Attempt next = rest.next();
      Order order = Objects.requireNonNull(next.order);
      if (now - next.leaseEnds >= 0) {
        continue;
      }
      boolean modest = order.need().equals(ResourceNeed.NONE);
      // One that needs more than is free lets pass only those that need nothing of it.
      if (!modest && (blocked || !resources.take(next.number, order.need()))) {
        blocked = true;
        continue;
      }
      rest.remove();
      inSlots.put(next.number, next);
      next.state = State.RUNNING;
      next.begunAt = now;
      next.endsBy = now + order.timeoutMillis() * 1_000_000;
      next.stepAt = now + settings.firstStep().toNanos();
      out.add(new WorkEffect.Begin(next.number, order));
    }
  }

  /** How far an attempt is, by its handler. */
  void progressed(long number, int percent, @Nullable String note) {
    Attempt attempt = inSlots.get(number);
    if (attempt != null && attempt.state == State.RUNNING) {
      attempt.percent = percent;
      attempt.note = note;
      attempt.stepDue = true;
    }
  }

  /** An attempt's handler is over; its slot is free. */
  void ended(
      long now, long number, Ending ending, @Nullable String result, @Nullable TaskError error) {
    Attempt attempt = inSlots.remove(number);
    if (attempt == null) {
      return;
    }
    resources.give(number);
    if (attempt.state == State.RUNNING) {
      end(now, attempt, ending, result, error);
    }
    audience.changed();
    fill(now);
  }

  private void end(
      long now,
      Attempt attempt,
      Ending ending,
      @Nullable String result,
      @Nullable TaskError error) {
    long nanos = attempt.state == State.RUNNING ? now - attempt.begunAt : 0;
    attempt.state = State.ENDED;
    attempt.order = null;
    attempt.outcome = new Outcome(attempt.lease, ending, result, error, nanos / 1_000_000);
    attempt.endedAt = now;
    kept++;
    keptCharacters += attempt.characters();
    if (ending != Ending.REFUSED) {
      unkept.add(attempt);
    }
    audience.owe(attempt);
  }

  /** Nobody wants to hear of it any more. */
  private void drop(Attempt attempt) {
    switch (attempt.state) {
      case WAITING -> waiting.remove(attempt);
      case RUNNING -> out.add(new WorkEffect.Halt(attempt.number));
      case ENDED -> {
        kept--;
        keptCharacters -= attempt.characters();
        audience.forget(attempt);
        if (attempt.onDisk) {
          out.add(new WorkEffect.Forget(attempt.lease));
        }
      }
      case DROPPED -> {}
    }
    attempt.state = State.DROPPED;
    attempt.outcome = null;
    attempt.order = null;
    byTask.remove(attempt.lease.task(), attempt);
    audience.changed();
  }

  // ---- what the disk holds ----

  /** A result of an earlier run that was not taken; {@code ageNanos} since it ended. */
  void restore(long now, String machine, Outcome outcome, long ageNanos) {
    if (byTask.containsKey(outcome.lease().task())) {
      return;
    }
    Attempt attempt = new Attempt(outcome.lease(), ++numbers, TaskSpec.DEFAULT_PRIORITY, machine);
    attempt.state = State.ENDED;
    attempt.outcome = outcome;
    attempt.endedAt = now - ageNanos;
    attempt.onDisk = true;
    kept++;
    keptCharacters += attempt.characters();
    byTask.put(attempt.lease.task(), attempt);
    audience.owe(attempt);
  }

  // ---- time ----

  /** Time went by; to be called many times a second, and after whatever happened. */
  void tick(long now) {
    overdue(now);
    unkept(now);
    sweep(now);
    audience.tick(now, waiting.size(), out);
  }

  /** The machine slept: leases of these coordinators may be over, so their attempts end here. */
  void slept(long now, Predicate<String> coordinators) {
    for (Attempt attempt : byTask.values()) {
      if (attempt.open() && coordinators.test(attempt.owner)) {
        attempt.leaseEnds = now;
      }
    }
    overdue(now);
  }

  private void overdue(long now) {
    boolean freed = false;
    for (Attempt attempt : List.copyOf(inSlots.values())) {
      if (attempt.state == State.RUNNING) {
        boolean late = now - attempt.endsBy >= 0;
        if (late || now - attempt.leaseEnds >= 0) {
          out.add(new WorkEffect.Halt(attempt.number));
          end(now, attempt, Ending.FAILED, null, late ? attempt.tooLate(now) : unheard());
        }
      }
    }
    for (Attempt attempt : List.copyOf(waiting)) {
      if (now - attempt.leaseEnds >= 0) {
        waiting.remove(attempt);
        end(now, attempt, Ending.REFUSED, null, unheard());
        freed = true;
      }
    }
    if (freed) {
      audience.changed();
    }
  }

  private static TaskError unheard() {
    return new TaskError(
        "lease", "Its coordinator was out of reach for too long, or this machine slept.");
  }

  private void unkept(long now) {
    long before = now - settings.keepAfter().toNanos();
    for (Attempt first = unkept.peek();
        first != null && (first.state != State.ENDED || first.endedAt - before <= 0);
        first = unkept.peek()) {
      unkept.remove();
      Outcome outcome = first.outcome;
      if (first.state == State.ENDED && outcome != null) {
        first.onDisk = true;
        out.add(new WorkEffect.Keep(first.owner, outcome));
      }
    }
  }

  private void sweep(long now) {
    if (swept && now - sweepAt < 0) {
      return;
    }
    swept = true;
    sweepAt = now + SWEEP_NANOS;
    for (Attempt attempt : List.copyOf(byTask.values())) {
      if (attempt.state == State.ENDED && now - attempt.endedAt >= settings.keepFor().toNanos()) {
        drop(attempt);
      }
    }
  }

  // ---- for people ----

  /** Attempts that run now. */
  int running() {
    return inSlots.size();
  }

  int waiting() {
    return waiting.size();
  }

  /** Results that wait to be taken. */
  int kept() {
    return kept;
  }
}
