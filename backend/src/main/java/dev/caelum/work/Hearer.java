package dev.caelum.work;

import dev.caelum.task.WorkMessage;
import dev.caelum.task.WorkMessage.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A coordinator that can be told something now, and which results it is still owed. */
final class Hearer {
  private static final int MESSAGE_CHARACTERS = 1 << 20;

  final String machine;
  List<String> handlers;
  WorkMessage.@Nullable Offer offer;
  long offerAt;
  int offers;
  long renewAt;

  /** Whether it waits for a complete renewal. */
  boolean asks;

  long quietUntil;
  private final LinkedHashSet<Attempt> due = new LinkedHashSet<>();
  private final LinkedHashSet<Attempt> told = new LinkedHashSet<>();

  Hearer(String machine, List<String> handlers, long now) {
    this.machine = machine;
    this.handlers = List.copyOf(handlers);
    this.quietUntil = now;
  }

  /** The attempt's outcome is to be told as soon as possible. */
  void owe(Attempt attempt) {
    told.remove(attempt);
    due.add(attempt);
  }

  /** What was told too long ago without being taken is to be told again. */
  void oweAgain(long now) {
    while (!told.isEmpty() && now - told.getFirst().tellAt >= 0) {
      due.add(told.removeFirst());
    }
  }

  boolean owes() {
    return !due.isEmpty();
  }

  void forget(Attempt attempt) {
    due.remove(attempt);
    told.remove(attempt);
  }

  /** As many results that are due as fit into one message; they are told now. */
  List<Outcome> tell(long now, long repeatNanos) {
    List<Outcome> outcomes = new ArrayList<>();
    long characters = 0;
    while (!due.isEmpty()
        && outcomes.size() < WorkMessage.LIMIT
        && characters < MESSAGE_CHARACTERS) {
      Attempt attempt = due.removeFirst();
      Outcome outcome = attempt.outcome;
      if (outcome == null) {
        throw new IllegalStateException(attempt.lease + " is owed and has no outcome");
      }
      outcomes.add(outcome);
      characters += attempt.characters();
      attempt.tellAt = now + repeatNanos;
      told.add(attempt);
    }
    return outcomes;
  }
}
