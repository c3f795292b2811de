package dev.caelum.cluster.sim;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Effect;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.Membership;
import dev.caelum.cluster.NodeId;
import dev.caelum.cluster.ProbeAddress;
import dev.caelum.cluster.Registration;
import dev.caelum.cluster.Self;
import dev.caelum.cluster.Settings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Two cores that dial each other, with every message delivered when the test says so. */
final class Storm {
  private final Interleavings order;
  private final End[] ends;
  private final List<Wire> wires = new ArrayList<>();
  private final List<String> story = new ArrayList<>();
  private long now = 1_000 * World.SECOND;

  /** One end of the pair. */
  private final class End {
    final NodeId id;
    final Endpoint endpoint;
    final Self self;
    final Membership core;
    final List<ClusterEvent> told = new ArrayList<>();

    End(String id, String instance, int host) {
      this.id = new NodeId(id);
      this.endpoint = new Endpoint("10.0.0." + host, 8080);
      this.self =
          new Self(
              this.id,
              new InstanceId(instance),
              null,
              endpoint,
              new ProbeAddress(8181, 1),
              Machines.named(id, endpoint.host()));
      this.core = new Membership(self, Settings.defaults(), new SplittableRandom(host), now);
    }

    Registration registration() {
      return new Registration(id, self.instance(), 0, null, 8080, 1, 1, self.probe(), self.info());
    }
  }

  /** One connection: a queue of deliveries each way. */
  private static final class Wire {
    final long number;
    final int dialer;
    final List<Deque<Input>> to = List.of(new ArrayDeque<>(), new ArrayDeque<>());
    final boolean[] over = new boolean[2];

    Wire(long number, int dialer) {
      this.number = number;
      this.dialer = dialer;
    }
  }

  Storm(Interleavings order, String lower, String higher) {
    this.order = order;
    this.ends = new End[] {new End(lower, "a", 1), new End(higher, "b", 2)};
  }

  /** {@code dials} names the dialer of each dial; all of them start at once. */
  void run(int... dials) {
    for (int dialer : dials) {
      End other = ends[1 - dialer];
      step(dialer, new Input.Contact(now, other.endpoint, Input.Origin.CONFIGURATION, "KNOWN"));
    }
    while (deliver()) {
      now += World.MILLI;
    }
    // Anything that was left to a timer has its chance, too.
    for (int i = 0; i < 30; i++) {
      now += World.SECOND / 2;
      step(0, new Input.Tick(now));
      step(1, new Input.Tick(now));
      while (deliver()) {
        now += World.MILLI;
      }
    }
    check();
  }

  private boolean deliver() {
    List<Runnable> possible = new ArrayList<>();
    for (Wire wire : wires) {
      for (int end = 0; end < 2; end++) {
        Deque<Input> queue = wire.to.get(end);
        int receiver = end;
        if (!queue.isEmpty()) {
          possible.add(() -> arrive(wire, receiver, queue.remove()));
        }
      }
    }
    if (possible.isEmpty()) {
      return false;
    }
    possible.get(possible.size() == 1 ? 0 : order.choose(possible.size())).run();
    return true;
  }

  private void arrive(Wire wire, int receiver, Input input) {
    if (wire.over[receiver]) {
      return;
    }
    if (input instanceof Input.LinkClosed) {
      wire.over[receiver] = true;
    }
    if (input instanceof Input.LinkOpened opened && opened.target() == null) {
      // The dialer knows only after the acceptor has answered.
      End acceptor = ends[receiver];
      wire.to
          .get(wire.dialer)
          .add(
              new Input.LinkOpened(
                  now, wire.number, true, acceptor.endpoint.host(), acceptor.endpoint));
    }
    step(receiver, input);
  }

  private void step(int end, Input input) {
    story.add(now / World.MILLI + " " + ends[end].id + " " + input);
    for (Effect effect : ends[end].core.step(input)) {
      carryOut(end, effect);
    }
  }

  private void carryOut(int end, Effect effect) {
    End here = ends[end];
    int other = 1 - end;
    switch (effect) {
      case Effect.Dial dial -> {
        Wire wire = new Wire(wires.size() + 1, end);
        wires.add(wire);
        wire.to
            .get(other)
            .add(new Input.LinkOpened(now, wire.number, false, here.endpoint.host(), null));
      }
      case Effect.Register register ->
          send(
              register.link(),
              other,
              new Input.LinkRegistered(now, register.link(), here.registration(), "m"));
      case Effect.Welcome welcome ->
          send(
              welcome.link(),
              other,
              new Input.LinkRegistered(now, welcome.link(), here.registration(), null));
      case Effect.Ping ping -> {
        // Pongs come at once, so that they do not multiply the orders.
        if (!wire(ping.link()).over[other]) {
          ends[end].core.step(new Input.LinkPong(now, ping.link(), World.MILLI));
        }
      }
      case Effect.CloseLink close -> {
        Wire wire = wire(close.link());
        Input closed = new Input.LinkClosed(now, close.link(), close.code(), close.reason());
        wire.to.get(other).add(closed);
        wire.to.get(end).add(closed);
      }
      case Effect.Publish(ClusterEvent event) -> {
        here.told.add(event);
        story.add("  " + here.id + " tells " + Story.of(event));
      }
      // UDP does not pass, and what is told beside the links' own life would multiply the orders.
      case Effect.SendProbe probe -> {}
      case Effect.TellRumors rumors -> {}
      case Effect.TellDigest digest -> {}
      case Effect.TellLines lines -> {}
      case Effect.Heartbeat heartbeat -> {}
      case Effect.Goodbye goodbye -> {}
      case Effect.Check check -> {}
      case Effect.AskMachines ask -> {}
    }
  }

  private Wire wire(long number) {
    return wires.get((int) number - 1);
  }

  private void send(long link, int to, Input input) {
    if (!wire(link).over[1 - to]) {
      wire(link).to.get(to).add(input);
    }
  }

  private void check() {
    List<Wire> open = wires.stream().filter(wire -> !wire.over[0] && !wire.over[1]).toList();
    if (open.size() != 1) {
      throw broken(open.size() + " connections are open");
    }
    for (End end : ends) {
      Member.@Nullable Link link = end.core.snapshot().members().getLast().link();
      if (end.core.snapshot().members().size() != 2
          || link == null
          || link.number() != open.getFirst().number) {
        throw broken(end.id + " keeps " + link + " and not " + open.getFirst().number);
      }
      long connected = count(end, ClusterEvent.Connected.class);
      if (connected != 1 || count(end, ClusterEvent.Suspected.class) != 0) {
        throw broken(end.id + " tells of " + connected + " connections, or of a suspicion");
      }
    }
  }

  private static long count(End end, Class<? extends ClusterEvent> kind) {
    return end.told.stream().filter(kind::isInstance).count();
  }

  private AssertionError broken(String what) {
    return new AssertionError(what + "; order " + order + "\n" + String.join("\n", story));
  }
}
