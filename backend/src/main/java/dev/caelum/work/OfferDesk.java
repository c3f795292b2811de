package dev.caelum.work;

import dev.caelum.task.ResourceNeed;
import dev.caelum.task.WorkMessage;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells each coordinator what this worker takes on for it: at once, on change, and now and then.
 */
final class OfferDesk {
  private static final int FIRST_OFFERS = 3;

  private final WorkerSettings settings;
  private Facts facts = new Facts(Map.of(), List.of(), ResourceNeed.NONE);
  private boolean changed = true;
  private long lookedAt;
  private boolean looked;

  /**
   * What an offer says of the machine.
   *
   * @param services that are ready here
   * @param free capacity less what is reserved
   */
  record Facts(Map<String, String> labels, List<String> services, ResourceNeed free) {
    Facts {
      labels = Map.copyOf(labels);
      services = List.copyOf(services);
    }
  }

  OfferDesk(WorkerSettings settings) {
    this.settings = settings;
  }

  void facts(Facts now) {
    changed |= !facts.equals(now);
    facts = now;
  }

  /** Something that an offer tells may be different now. */
  void changed() {
    changed = true;
  }

  void tell(
      long now,
      Collection<Hearer> hearers,
      Collection<Attempt> attempts,
      int running,
      int waiting,
      List<WorkEffect> out) {
    boolean due = !looked || now - lookedAt >= settings.offerEvery().toNanos();
    boolean newcomer = changed && hearers.stream().anyMatch(hearer -> hearer.offer == null);
    if (!newcomer && !due) {
      return;
    }
    Map<String, Integer> theirs = new HashMap<>();
    for (Attempt attempt : attempts) {
      if (attempt.open()) {
        theirs.merge(attempt.owner, 1, Integer::sum);
      }
    }
    for (Hearer hearer : hearers) {
      if (hearer.offer == null || due) {
        tell(now, hearer, offer(hearer, theirs, running, waiting), out);
      }
    }
    if (due) {
      changed = false;
      looked = true;
      lookedAt = now;
    }
  }

  private WorkMessage.Offer offer(
      Hearer hearer, Map<String, Integer> theirs, int running, int waiting) {
    return new WorkMessage.Offer(
        hearer.handlers,
        settings.slots(),
        running,
        waiting,
        theirs.getOrDefault(hearer.machine, 0),
        facts.labels(),
        facts.services(),
        facts.free());
  }

  private void tell(long now, Hearer hearer, WorkMessage.Offer offer, List<WorkEffect> out) {
    // Who may have nothing run here is told so once, not how busy this machine is.
    boolean differs =
        hearer.handlers.isEmpty()
            ? hearer.offer == null || !hearer.offer.handlers().isEmpty()
            : !offer.equals(hearer.offer);
    // The hearer may not have known of the link yet when the first one came, and refused it.
    boolean early = hearer.offers < FIRST_OFFERS;
    Duration pause = early ? settings.offerEvery() : settings.offerAnyway();
    boolean old = (early || !hearer.handlers.isEmpty()) && now - hearer.offerAt >= pause.toNanos();
    if (differs || old) {
      hearer.offer = offer;
      hearer.offerAt = now;
      hearer.offers++;
      out.add(new WorkEffect.Send(hearer.machine, offer));
    }
  }

  /** Whether an offer is on its way; if not, it is told anew. */
  void sent(Hearer hearer, boolean taken) {
    if (!taken) {
      hearer.offer = null;
      changed = true;
    }
  }
}
