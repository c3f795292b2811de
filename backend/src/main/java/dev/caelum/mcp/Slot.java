package dev.caelum.mcp;

import dev.caelum.cluster.KnownPorts;
import dev.caelum.service.Service;
import dev.caelum.service.ServiceState;
import dev.caelum.service.Spoken;
import org.jspecify.annotations.Nullable;

/** One port that this node watches, with what is known of its service. Guarded by the watch. */
final class Slot {
  private static final long SECOND = 1_000_000_000;

  /** How often a ready server is asked again. */
  private static final long AGAIN = 10 * SECOND;

  /** The longest wait between attempts with one that does not answer. */
  private static final long LONGEST = 60 * SECOND;

  private final int port;
  private @Nullable Listener listener;
  private @Nullable Service service;
  private @Nullable Speaker speaker;
  private @Nullable String serverName;
  private boolean asking;
  private int failures;
  private long nextAt;
  private @Nullable String expected;

  Slot(int port) {
    this.port = port;
  }

  @Nullable Service service() {
    return service;
  }

  @Nullable Speaker speaker() {
    return speaker;
  }

  @Nullable Listener listener() {
    return listener;
  }

  /** Expects a service of this name from now on, or with null none. */
  void expect(@Nullable String name, long millis) {
    expected = name;
    if (listener == null && (service == null || service.configured() || name == null)) {
      service =
          name == null
              ? null
              : down("It is expected on port " + port + "; nothing listens there.", millis);
    }
  }

  /** Whether the server is to be asked now; says so to the caller only once. */
  boolean due(long now) {
    if (listener == null || asking || now - nextAt < 0) {
      return false;
    }
    asking = true;
    return true;
  }

  /** Somebody wants to know now. */
  void hurry(long now) {
    nextAt = now;
  }

  /**
   * What listens on the port now.
   *
   * @return the session that is over, to be closed
   */
  @Nullable Speaker seen(@Nullable Listener found, long now, long millis) {
    Listener before = listener;
    if (before == null ? found == null : before.equals(found)) {
      return null;
    }
    Speaker over = speaker;
    listener = found;
    speaker = null;
    failures = 0;
    nextAt = now;
    Service last = service;
    if (found == null && last != null) {
      String who = last.holder() == null ? "It" : last.holder();
      service = down(who + " stopped listening on port " + port + ".", millis);
    }
    return over;
  }

  /** It answered. */
  void spoke(Speaker with, Spoken spoken, @Nullable String holder, long now, long millis) {
    asking = false;
    speaker = with;
    failures = 0;
    nextAt = now + AGAIN;
    serverName = spoken.name();
    put(ServiceState.READY, "", holder, spoken, millis);
  }

  /** It did not, or not as an MCP server. */
  void silent(Speaker.NoAnswer why, @Nullable String holder, long now, long millis) {
    asking = false;
    speaker = null;
    failures++;
    // Soon at first: what has just begun to listen may be about to answer.
    nextAt = now + Math.min(LONGEST, SECOND << Math.min(failures - 1, 6));
    String who = holder == null ? "Something" : holder;
    if (why.other) {
      String reason = who + " listens on port " + port + " and is no MCP server: ";
      put(ServiceState.TAKEN, reason + why.getMessage(), holder, null, millis);
    } else {
      String reason = who + " listens on port " + port + ", but gave " + why.getMessage() + ".";
      put(ServiceState.LISTENING_NO_ANSWER, reason, holder, null, millis);
    }
  }

  /** The listener changed while it was asked. */
  void asked(long now) {
    asking = false;
    nextAt = now;
  }

  private Service down(String reason, long millis) {
    return new Service(
        port,
        name(),
        ServiceState.DOWN,
        reason,
        null,
        null,
        false,
        since(ServiceState.DOWN, millis));
  }

  private void put(
      ServiceState state,
      String reason,
      @Nullable String holder,
      @Nullable Spoken spoken,
      long millis) {
    service = new Service(port, name(), state, reason, holder, spoken, false, since(state, millis));
  }

  private long since(ServiceState state, long millis) {
    Service last = service;
    return last != null && last.state() == state ? last.sinceMillis() : millis;
  }

  private String name() {
    KnownPorts.KnownPort known = KnownPorts.of(port);
    if (expected != null) {
      return expected;
    }
    if (known != null) {
      return known.name();
    }
    return serverName == null || serverName.isBlank() ? "port-" + port : serverName;
  }
}
