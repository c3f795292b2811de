package dev.caelum.cluster.sim;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.ProbeMessage;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries datagrams and connections between the hosts of a world, as its weather lets them. */
final class Network {
  private static final long CONNECT_NANOS = 3 * World.SECOND;
  private static final long CHECK_NANOS = World.SECOND / 2;

  /** What a connect shows: something accepts, nothing listens, or nobody answers. */
  enum Outcome {
    OPEN,
    REFUSED,
    SILENT
  }

  /** The end of a dial. */
  interface DialEnd {
    void ended(@Nullable Connection connection, Outcome outcome);
  }

  private final World world;

  Network(World world) {
    this.world = world;
  }

  private long udpDelay() {
    return world.random().nextLong(world.weather.minDelay(), world.weather.maxDelay() + 1);
  }

  long tcpDelay() {
    long delay = udpDelay();
    return happens(world.weather.stalls())
        ? delay + world.random().nextLong(200 * World.MILLI, 1_200 * World.MILLI)
        : delay;
  }

  private boolean happens(double probability) {
    return world.random().nextDouble() < probability;
  }

  // ---- datagrams ----

  /** Sends one beacon to every host on the LAN, its own included, in several copies. */
  void spread(Host from, Datagram datagram) {
    world.traffic.beacon(from, datagram);
    world.tape(from + " -> all", () -> "beacon" + (datagram.probe() ? ", asks for answers" : ""));
    for (Host to : world.hosts) {
      for (int copy = 0; copy < world.weather.copies(); copy++) {
        send(from, to, datagram);
      }
    }
  }

  /** Sends one beacon to one host. */
  void send(Host from, String address, Datagram datagram) {
    Host to = world.hostAt(address);
    if (to != null) {
      world.traffic.answer(from, to, datagram);
      send(from, to, datagram);
    }
  }

  private void send(Host from, Host to, Datagram datagram) {
    deliver(
        from, to, from.reaches(to), process -> process.execute(() -> process.datagram(datagram)));
  }

  /** Sends a datagram of the failure detector to one process. */
  void probe(Host from, Endpoint target, Endpoint source, ProbeMessage message) {
    world.tape(from + " -> " + target.host(), () -> Tape.of(message));
    Host to = world.hostAt(target.host());
    if (to == null) {
      return;
    }
    world.traffic.probe(from, to, message);
    deliver(
        from,
        to,
        from.reaches(to) && !from.udpBlocked && !to.udpBlocked,
        process -> {
          if (process.probePort == target.port()) {
            process.execute(() -> process.probed(message, source));
          }
        });
  }

  private void deliver(Host from, Host to, boolean passes, Consumer<Program> hears) {
    if (from != to && (!passes || happens(world.weather.loss()))) {
      return;
    }
    int times = happens(world.weather.duplicates()) ? 2 : 1;
    for (int i = 0; i < times; i++) {
      world.after(udpDelay(), () -> List.copyOf(to.listening.values()).forEach(hears));
    }
  }

  // ---- connections ----

  /** Tries a connect of {@code from}; tells once, at the time when {@code from} would know. */
  void connect(Program from, Endpoint target, Consumer<Outcome> then) {
    Host to = world.hostAt(target.host());
    if (to == null || !from.host.reaches(to) || !to.reaches(from.host)) {
      from.after(CHECK_NANOS, () -> then.accept(Outcome.SILENT));
      return;
    }
    world.after(
        tcpDelay(),
        () -> {
          Outcome outcome = to.at(target.port()) == null ? Outcome.REFUSED : Outcome.OPEN;
          from.after(tcpDelay(), () -> then.accept(outcome));
        });
  }

  /**
   * Dials; {@code then} gets the connection, after the acceptor has it, or null and why not. An
   * acceptor that is paused accepts nothing, so the dialer gives up after 3 s.
   */
  void dial(Program from, Endpoint target, DialEnd then) {
    Host to = world.hostAt(target.host());
    String address = from.host.address;
    boolean[] over = {false};
    from.after(
        CONNECT_NANOS,
        () -> {
          if (!over[0]) {
            over[0] = true;
            then.ended(null, Outcome.SILENT);
          }
        });
    if (to == null || !from.host.reaches(to) || !to.reaches(from.host)) {
      return;
    }
    world.after(
        tcpDelay(),
        () -> {
          Program acceptor = to.at(target.port());
          if (acceptor == null) {
            from.after(
                tcpDelay(),
                () -> {
                  if (!over[0]) {
                    over[0] = true;
                    then.ended(null, Outcome.REFUSED);
                  }
                });
            return;
          }
          acceptor.execute(() -> {
            if (!over[0] && from.running) {
              accept(
                  new Connection(
                      world, world.connections.size(), from, address, acceptor, target.host()),
                  then,
                  over);
            }
          });
        });
  }

  private void accept(Connection connection, DialEnd then, boolean[] over) {
    Program from = connection.dialer;
    world.connections.add(connection);
    connection.acceptor.accepted(connection);
    world.after(
        tcpDelay(),
        () ->
            from.execute(() -> {
              if (over[0]) {
                connection.close(from, 1006, "gave up");
              } else {
                over[0] = true;
                then.ended(connection, Outcome.OPEN);
              }
            }));
  }
}
