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
  private boolean unseen;
  private boolean asking;
  private int failures;
  private long nextAt;
  private @Nullable String expected;
  private ConfiguredServer.@Nullable Local configured;

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

  /** Where its endpoint is; null = where servers have it. */
  @Nullable String path() {
    return configured == null ? null : configured.path();
  }

  /** Expects a service of this name from now on, or with null none. */
  void expect(@Nullable String name, long millis) {
    expected = name;
    wanted(name != null, millis);
  }

  /** It stands in a client's file from now on, or with null in none. */
  void configure(ConfiguredServer.@Nullable Local server, long millis) {
    configured = server;
    wanted(server != null, millis);
  }

  private void wanted(boolean more, long millis) {
    Service last = service;
    if (listener != null || (last != null && more && !unseen)) {
      service = last == null ? null : renamed(last);
    } else if (expected != null) {
      unseen = true;
      service = down("It is expected on port " + port + "; nothing listens there.", millis);
    } else if (configured != null) {
      unseen = true;
      service =
          down(
              "It stands in %s; nothing listens on port %d.".formatted(configured.file(), port),
              millis);
    } else {
      service = null;
    }
  }

  private Service renamed(Service last) {
    return new Service(
        port,
        name(),
        last.state(),
        last.reason(),
        last.holder(),
        last.spoken(),
        configured != null,
        last.sinceMillis());
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
    unseen = false;
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
        configured != null,
        since(ServiceState.DOWN, millis));
  }

  private void put(
      ServiceState state,
      String reason,
      @Nullable String holder,
      @Nullable Spoken spoken,
      long millis) {
    service =
        new Service(
            port, name(), state, reason, holder, spoken, configured != null, since(state, millis));
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
    if (configured != null) {
      return configured.name();
    }
    return serverName == null || serverName.isBlank() ? "port-" + port : serverName;
  }
}
