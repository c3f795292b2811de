package dev.caelum.discovery;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Input;
import java.time.Duration;

/** What a discovery method sees of the run that it works for. */
public interface Search {
  /** Whether the run has ended or was stopped. */
  boolean over();

  /** Whether any machine has answered so far. */
  boolean confirmed();

  /** Waits, but no longer than the run lasts. */
  void pause(Duration time) throws InterruptedException;

  /** Names an address that was found, to contact; the run reports how that ends. */
  default void candidate(Endpoint endpoint) {
    candidate(endpoint, Input.Origin.SCAN);
  }

  /** The same; {@code origin} says how the dial policy judges the address. */
  void candidate(Endpoint endpoint, Input.Origin origin);

  /** Counts datagrams: so many will be sent, so many were. */
  void datagrams(int planned, int sent);
}
