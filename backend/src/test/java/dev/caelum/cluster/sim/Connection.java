package dev.caelum.cluster.sim;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A TCP connection: what one end sends arrives at the other in order, late when the network stalls,
 * or never when the way is cut for good.
 */
final class Connection {
  private static final long CLOSE_NANOS = 2 * World.SECOND;

  private final World world;
  final int number;
  final Program dialer;
  final Program acceptor;
  private final String dialerAddress;
  private final String acceptorAddress;
  private final Way there = new Way();
  private final Way back = new Way();

  private static final class Way {
    final Queue<Message> stalled = new ArrayDeque<>();
    long lastAt;
    boolean senderDone;
    boolean receiverDone;
  }

  Connection(
      World world,
      int number,
      Program dialer,
      String dialerAddress,
      Program acceptor,
      String acceptorAddress) {
    this.world = world;
    this.number = number;
    this.dialer = dialer;
    this.acceptor = acceptor;
    this.dialerAddress = dialerAddress;
    this.acceptorAddress = acceptorAddress;
    dialer.connections.add(this);
    acceptor.connections.add(this);
  }

  Program other(Program end) {
    return end.equals(dialer) ? acceptor : dialer;
  }

  /** Whether both ends are still attached. */
  boolean whole() {
    return dialer.connections.contains(this) && acceptor.connections.contains(this);
  }

  private Way from(Program end) {
    return end.equals(dialer) ? there : back;
  }

  private boolean passes(Program from) {
    return from.host.reaches(other(from).host)
        && dialer.host.address.equals(dialerAddress)
        && acceptor.host.address.equals(acceptorAddress);
  }

  void send(Program from, Message message) {
    Way way = from(from);
    if (way.senderDone) {
      return;
    }
    way.senderDone = message instanceof Message.End;
    world.traffic.frame(from.host, other(from).host, message, from.equals(dialer));
    world.tape(from.host + " => " + other(from).host, () -> Tape.of(message));
    if (way.stalled.isEmpty() && passes(from)) {
      schedule(from, message, world.network.tcpDelay());
    } else {
      way.stalled.add(message);
    }
  }

  private void schedule(Program from, Message message, long delay) {
    Way way = from(from);
    way.lastAt = Math.max(way.lastAt + 1, world.now() + delay);
    world.after(way.lastAt - world.now(), () -> arrive(from, message));
  }

  /** The network heals: what was stalled is sent again, after the sender's back-off. */
  void healed(long outage) {
    for (Program from : new Program[] {dialer, acceptor}) {
      Way way = from(from);
      if (way.stalled.isEmpty() || !passes(from)) {
        continue;
      }
      long wait = world.random().nextLong(1, Math.max(2, Math.min(outage, 10 * World.SECOND)));
      while (!way.stalled.isEmpty()) {
        schedule(from, way.stalled.remove(), wait);
      }
    }
  }

  private void arrive(Program from, Message message) {
    Program to = other(from);
    Way way = from(from);
    if (!passes(from)) {
      way.stalled.add(message);
      return;
    }
    if (!to.connections.contains(this)) {
      // Nobody is there any more: the kernel answers with a reset.
      if (!(message instanceof Message.End)) {
        world.after(world.network.tcpDelay(), () -> ended(from, 1006, ""));
      }
      return;
    }
    if (!to.running) {
      to.connections.remove(this);
      world.after(world.network.tcpDelay(), () -> ended(from, 1006, ""));
      return;
    }
    if (message instanceof Message.End end) {
      ended(to, end.code(), end.reason());
      from(to).senderDone = true;
      world.after(world.network.tcpDelay(), () -> ended(from, end.code(), end.reason()));
    } else {
      to.execute(() -> {
        if (to.connections.contains(this)) {
          to.frame(this, message);
        }
      });
    }
  }

  private void ended(Program end, int code, String reason) {
    Way way = from(end);
    if (way.receiverDone) {
      return;
    }
    way.receiverDone = true;
    end.execute(() -> {
      if (end.connections.remove(this)) {
        end.closed(this, code, reason);
      }
    });
    if (!end.running) {
      end.connections.remove(this);
    }
  }

  /** {@code from} closes; it waits a while for the other end to agree. */
  void close(Program from, int code, String reason) {
    send(from, new Message.End(code, reason));
    world.after(CLOSE_NANOS, () -> ended(from, code, reason));
  }

  @Override
  public String toString() {
    return "#" + number + " " + dialer + "->" + acceptor;
  }
}
