package dev.caelum.service;

import org.jspecify.annotations.Nullable;

/**
 * One service of one machine, as that machine sees it.
 *
 * @param port where it listens, or should; 0 when a client's file starts it as a program
 * @param name the slot's name, else what the server calls itself
 * @param reason one sentence: what was seen; empty when it is ready
 * @param holder the process that holds the port, {@code java (pid 4711)}; null when unknown
 * @param spoken what it said; null unless it is ready
 * @param configured whether it stands in a client's configuration file, see docs/services.md
 * @param sinceMillis when it came into this state, by its machine's clock, since 1970
 */
public record Service(
    int port,
    String name,
    ServiceState state,
    String reason,
    @Nullable String holder,
    @Nullable Spoken spoken,
    boolean configured,
    long sinceMillis) {
  public static final int NAME = 64;
  public static final int REASON = 512;

  public Service {
    name = Cut.to(name, NAME);
    reason = Cut.to(reason, REASON);
    holder = holder == null ? null : Cut.to(holder, NAME);
    if ((spoken != null) != (state == ServiceState.READY)) {
      throw new IllegalArgumentException(state + " and what was said do not fit");
    }
  }

  public boolean ready() {
    return state == ServiceState.READY;
  }

  /** Whether others need not hear of it: nothing but its latency is different. */
  public boolean sameAs(Service other) {
    Spoken mine = spoken;
    Spoken theirs = other.spoken;
    return port == other.port
        && name.equals(other.name)
        && state == other.state
        && reason.equals(other.reason)
        && configured == other.configured
        && String.valueOf(holder).equals(String.valueOf(other.holder))
        && (mine == null ? theirs == null : theirs != null && mine.sameAs(theirs));
  }
}
