package dev.caelum.beacon;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The counts of one interface, kept over every rebinding. */
final class InterfaceTally {
  final LongAdder sent = new LongAdder();
  final LongAdder sendFailures = new LongAdder();
  private final LongAdder unicast = new LongAdder();
  private final LongAdder multicast = new LongAdder();
  private final LongAdder broadcast = new LongAdder();

  /** Why the last announcement left no copy here, or null. */
  volatile @Nullable String dead;

  /** What of the last announcement did not leave, or null. */
  volatile @Nullable String troubled;

  /** What could not be opened here, or null. */
  volatile @Nullable String unopened;

  void received(Via via) {
    switch (via) {
      case UNICAST, UNKNOWN -> unicast.increment();
      case MULTICAST -> multicast.increment();
      case BROADCAST -> broadcast.increment();
    }
  }

  void announced(SendOutcome.PerInterface outcome) {
    sent.add(outcome.copies());
    sendFailures.add(outcome.failures());
    troubled = outcome.problem();
    dead = outcome.copies() == 0 ? outcome.problem() : null;
  }

  BeaconInterface report(
      String name, @Nullable String address, BeaconInterface.State state, @Nullable String reason) {
    return new BeaconInterface(
        name,
        address,
        state,
        reason,
        sent.sum(),
        sendFailures.sum(),
        unicast.sum(),
        multicast.sum(),
        broadcast.sum());
  }
}
