package dev.caelum.work;

import dev.caelum.task.Lease;
import dev.caelum.task.WorkMessage;
import dev.caelum.task.WorkMessage.Outcome;
import dev.caelum.work.Attempt.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whom the worker can tell something now, and what of its attempts is told when. */
final class Audience {
  private static final long RETRY_NANOS = 50_000_000;

  private final WorkerSettings settings;
  private final Map<String, Attempt> byTask;
  private final Map<Long, Attempt> inSlots;
  private final Map<String, Hearer> hearers = new LinkedHashMap<>();
  private final OfferDesk offers;

  /**
   * @param byTask all attempts, as {@link WorkBook} keeps them
   * @param inSlots those that run
   */
  Audience(WorkerSettings settings, Map<String, Attempt> byTask, Map<Long, Attempt> inSlots) {
    this.settings = settings;
    this.byTask = byTask;
    this.inSlots = inSlots;
    this.offers = new OfferDesk(settings);
  }

  /** A coordinator can be told something; {@code handlers} are the types that it may have run. */
  void connected(long now, String machine, List<String> handlers) {
    Hearer hearer = new Hearer(machine, handlers, now);
    hearer.renewAt = now + settings.renewEvery().toNanos();
    hearers.put(machine, hearer);
    for (Attempt attempt : byTask.values()) {
      if (attempt.state == State.ENDED && attempt.owner.equals(machine)) {
        hearer.owe(attempt);
      }
    }
    offers.changed();
  }

  /** The same coordinator may have other types run. */
  void allowed(String machine, List<String> handlers) {
    Hearer hearer = hearers.get(machine);
    if (hearer != null) {
      hearer.handlers = List.copyOf(handlers);
      offers.changed();
    }
  }

  void gone(String machine) {
    hearers.remove(machine);
  }

  /** What offers say of the machine. */
  void facts(OfferDesk.Facts facts) {
    offers.facts(facts);
  }

  /** Something that an offer tells may be different now. */
  void changed() {
    offers.changed();
  }

  /** Null when it is out of reach. */
  @Nullable Hearer get(String machine) {
    return hearers.get(machine);
  }

  /** The attempt's outcome is to be told as soon as its coordinator can be. */
  void owe(Attempt attempt) {
    Hearer hearer = hearers.get(attempt.owner);
    if (hearer != null) {
      hearer.owe(attempt);
    }
  }

  /** Nothing more is to be told of it. */
  void forget(Attempt attempt) {
    Hearer hearer = hearers.get(attempt.owner);
    if (hearer != null) {
      hearer.forget(attempt);
    }
  }

  /** Says all that is due. */
  void tick(long now, int waiting, List<WorkEffect> out) {
    steps(now, out);
    for (Hearer hearer : hearers.values()) {
      if (now - hearer.quietUntil >= 0) {
        tell(now, hearer, out);
      }
    }
    offers.tell(now, hearers.values(), byTask.values(), inSlots.size(), waiting, out);
  }

  /** Tells who runs: at first after a moment, so that short ones cost no message. */
  private void steps(long now, List<WorkEffect> out) {
    Map<String, List<WorkMessage.Step>> steps = new HashMap<>();
    for (Attempt attempt : inSlots.values()) {
      if (attempt.state == State.RUNNING
          && attempt.stepDue
          && now - attempt.stepAt >= 0
          && hearers.containsKey(attempt.owner)) {
        attempt.stepDue = false;
        attempt.stepAt = now + settings.stepEvery().toNanos();
        steps
            .computeIfAbsent(attempt.owner, _ -> new ArrayList<>())
            .add(new WorkMessage.Step(attempt.lease, attempt.percent, attempt.note));
      }
    }
    steps.forEach(
        (machine, told) -> out.add(new WorkEffect.Send(machine, new WorkMessage.Progress(told))));
  }

  private void tell(long now, Hearer hearer, List<WorkEffect> out) {
    if (hearer.asks || now - hearer.renewAt >= 0) {
      hearer.renewAt = now + settings.renewEvery().toNanos();
      WorkMessage.Renew renewal = renewal(hearer.machine, hearer.asks);
      hearer.asks = false;
      if (renewal.complete() || !renewal.leases().isEmpty()) {
        out.add(new WorkEffect.Send(hearer.machine, renewal));
      }
    }
    hearer.oweAgain(now);
    while (hearer.owes()) {
      List<Outcome> outcomes = hearer.tell(now, settings.repeatEvery().toNanos());
      out.add(new WorkEffect.Send(hearer.machine, new WorkMessage.Results(outcomes)));
    }
  }

  private WorkMessage.Renew renewal(String machine, boolean complete) {
    return new WorkMessage.Renew(
        byTask.values().stream()
            .filter(attempt -> attempt.owner.equals(machine))
            .map(attempt -> attempt.lease)
            .limit(WorkMessage.LEASES)
            .toList(),
        complete);
  }

  /** Whether a message of {@link WorkEffect.Send} is on its way. */
  void sent(long now, String machine, WorkMessage message, boolean taken) {
    Hearer hearer = hearers.get(machine);
    if (hearer == null) {
      return;
    }
    if (!taken) {
      hearer.quietUntil = now + RETRY_NANOS;
    }
    switch (message) {
      case WorkMessage.Renew(List<Lease> leases, boolean complete) -> {
        if (taken) {
          leases.forEach(lease -> renewed(now, lease));
        } else {
          hearer.renewAt = now;
          hearer.asks |= complete;
        }
      }
      case WorkMessage.Results(List<Outcome> outcomes) -> {
        if (!taken) {
          outcomes.forEach(outcome -> again(hearer, outcome.lease()));
        }
      }
      case WorkMessage.Progress(List<WorkMessage.Step> steps) -> {
        if (!taken) {
          steps.forEach(step -> stepAgain(step.lease()));
        }
      }
      case WorkMessage.Offer _ -> offers.sent(hearer, taken);
      case WorkMessage.Assign _, WorkMessage.Taken _, WorkMessage.Stop _, WorkMessage.Query _ -> {}
    }
  }

  private void renewed(long now, Lease lease) {
    Attempt attempt = byTask.get(lease.task());
    if (attempt != null && attempt.lease.equals(lease)) {
      attempt.leaseEnds = now + attempt.leaseNanos;
    }
  }

  private void again(Hearer hearer, Lease lease) {
    Attempt attempt = byTask.get(lease.task());
    if (attempt != null && attempt.lease.equals(lease) && attempt.state == State.ENDED) {
      hearer.owe(attempt);
    }
  }

  private void stepAgain(Lease lease) {
    Attempt attempt = byTask.get(lease.task());
    if (attempt != null && attempt.lease.equals(lease)) {
      attempt.stepDue = true;
    }
  }
}
