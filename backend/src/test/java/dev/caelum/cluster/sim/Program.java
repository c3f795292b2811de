package dev.caelum.cluster.sim;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.ProbeMessage;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/** Something that runs on a host, listens on a port and can be stopped or killed. */
abstract class Program {
  final World world;
  final Host host;
  final int port;

  /** Where it alone hears unicast datagrams; several processes of a host share the beacon port. */
  final int probePort;

  final String name;
  final Set<Connection> connections = new LinkedHashSet<>();
  private final Queue<Runnable> backlog = new ArrayDeque<>();
  boolean running = true;
  boolean paused;

  Program(World world, String name, Host host, int port) {
    this.world = world;
    this.name = name;
    this.host = host;
    this.port = port;
    this.probePort = port == 8080 ? 8181 : 20_000 + port;
    host.listening.put(port, this);
    host.troubledAt = world.now();
  }

  /** A datagram came. */
  abstract void datagram(Datagram datagram);

  /** A datagram of the failure detector came. */
  void probed(ProbeMessage message, Endpoint source) {}

  /** An inbound connection stands. */
  abstract void accepted(Connection connection);

  /** A frame came. */
  abstract void frame(Connection connection, Message message);

  /** The connection is over. */
  abstract void closed(Connection connection, int code, String reason);

  /** Runs something in this process: now, when it wakes up, or never if it is dead. */
  final void execute(Runnable work) {
    if (!running) {
      return;
    }
    if (paused) {
      backlog.add(work);
    } else {
      work.run();
    }
  }

  final void after(long nanos, Runnable work) {
    world.after(nanos, () -> execute(work));
  }

  /** SIGSTOP. */
  final void pause() {
    world.say("%s is paused".formatted(this));
    paused = true;
  }

  /** SIGCONT. */
  final void resume() {
    if (paused && running) {
      world.say("%s runs again".formatted(this));
      paused = false;
      host.troubledAt = world.now();
      while (!paused && !backlog.isEmpty()) {
        backlog.remove().run();
      }
    }
  }

  /** kill -9: the kernel closes what was open. */
  final void kill() {
    if (!running) {
      return;
    }
    world.say("%s is killed".formatted(this));
    running = false;
    world.gone(this);
    backlog.clear();
    host.listening.remove(port, this);
    for (Connection connection : List.copyOf(connections)) {
      connection.send(this, new Message.End(1006, ""));
    }
  }

  /** The host loses its power with all that runs there: nobody is told. */
  final void powerOff() {
    world.say("%s loses its power".formatted(this));
    host.up = false;
    List.copyOf(host.listening.values()).forEach(Program::vanish);
  }

  private void vanish() {
    running = false;
    world.gone(this);
    backlog.clear();
    host.listening.remove(port, this);
    connections.clear();
  }

  @Override
  public final String toString() {
    return name;
  }
}
