package dev.caelum.discovery;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Input;
import java.util.Map;
import java.util.function.Supplier;

/** Contacts every machine that is known and not linked: from configuration, memory or the table. */
public final class KnownMachines implements DiscoveryMethod {
  /** The method's name in results. */
  public static final String NAME = "KNOWN_MACHINE";

  private final Supplier<Map<Endpoint, Input.Origin>> unlinked;

  /** With a supplier of the addresses that are known and not linked now, and who named each. */
  public KnownMachines(Supplier<Map<Endpoint, Input.Origin>> unlinked) {
    this.unlinked = unlinked;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void search(Search search) {
    unlinked.get().forEach(search::candidate);
  }
}
