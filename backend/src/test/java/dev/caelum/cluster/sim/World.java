package dev.caelum.cluster.sim;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.MemberState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Virtual time, the network, and what happened last; everything follows from the seed. */
final class World {
  static final long MILLI = 1_000_000L;
  static final long SECOND = 1_000 * MILLI;
  private static final long BEGIN = 1_000 * SECOND;
  private static final int STORM = 10_000_000;

  /**
   * So long after its end nobody who is well sees a node alive; after twice as long nobody suspects
   * it still, not even a node that takes itself for slow since nobody is left to answer it.
   */
  static final long GONE_NANOS = 15 * SECOND;

  private record Event(long at, long serial, Runnable work) {}

  /** How a network behaves; probabilities from 0 to 1, delays in nanoseconds. */
  record Weather(
      double loss, double duplicates, long minDelay, long maxDelay, double stalls, int copies) {
    static final Weather FAIR = new Weather(0, 0, MILLI / 5, 2 * MILLI, 0, 2);

    /** Whether a node has no reason to take another one for silent. */
    boolean calm() {
      return loss == 0 && stalls == 0 && maxDelay <= 50 * MILLI;
    }

    /** No broadcast arrives, so that nobody hears a beacon. */
    static final Weather NO_BEACONS = new Weather(0, 0, MILLI / 5, 2 * MILLI, 0, 0);

    /** A good LAN; broadcasts come once, as they reach the core. */
    static final Weather LAN = new Weather(0.001, 0, MILLI / 5, 2 * MILLI, 0, 1);
  }

  final long seed;

  /** Hears what is sent, as one line each. */
  @Nullable Consumer<String> tape;

  /** Weighs what is sent. */
  Traffic traffic = Traffic.NONE;

  BiConsumer<Node, ClusterEvent> witness = (node, event) -> {};
  Weather weather = Weather.FAIR;
  final List<Host> hosts = new ArrayList<>();
  final List<Program> processes = new ArrayList<>();
  final List<Connection> connections = new ArrayList<>();
  final Network network = new Network(this);
  private final Map<String, Host> byAddress = new HashMap<>();
  private final SplittableRandom random;

  /** Whether each step of each node is checked; too slow for hundreds of nodes. */
  final boolean watched;

  private final int share;
  private int born;

  private final PriorityQueue<Event> queue =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::serial));
  private final Tale tale = new Tale();
  private long now = BEGIN;
  private long serial;
  private long events;

  World(long seed) {
    this(seed, 1);
  }

  /** Each {@code share}-th node is checked at each of its steps; none for 0. */
  World(long seed, int share) {
    this.seed = seed;
    this.share = share;
    this.watched = share == 1;
    this.random = new SplittableRandom(seed);
  }

  long now() {
    return now;
  }

  /** Whether the next node is to be checked at each of its steps. */
  boolean watchesNext() {
    return share != 0 && born++ % share == 0;
  }

  SplittableRandom random() {
    return random;
  }

  Host host(int number) {
    Host host = new Host("10.0." + number / 250 + "." + (number < 250 ? number : number % 250 + 1));
    hosts.add(host);
    byAddress.put(host.address, host);
    return host;
  }

  /** {@code count} nodes that start within {@code spread} nanoseconds of each other. */
  List<Node> lan(int count, long spread) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      Node node = new Node(this, "n" + i, host(i), 8080, null);
      nodes.add(node);
      after(spread == 0 ? 0 : random.nextLong(spread), node::start);
    }
    return nodes;
  }

  /** {@code count} nodes that all know each other, and have told nothing since. */
  List<Node> settled(int count) {
    List<Node> nodes = lan(count, 5 * MILLI);
    run(20 * SECOND);
    Quiet.check(this);
    nodes.forEach(node -> node.watch.told.clear());
    return nodes;
  }

  void after(long nanos, Runnable work) {
    queue.add(new Event(now + Math.max(0, nanos), serial++, work));
  }

  /** Lets {@code nanos} of virtual time pass. */
  void run(long nanos) {
    long end = now + nanos;
    while (true) {
      Event next = queue.peek();
      if (next == null || next.at() > end) {
        now = end;
        return;
      }
      queue.remove();
      events++;
      if (watched && events > STORM) {
        throw broken("a storm");
      }
      now = next.at();
      next.work().run();
    }
  }

  /** Is told of every event but changes of rows in a world that is not watched step by step. */
  void saw(Node node, ClusterEvent event) {
    witness.accept(node, event);
  }

  /** Has what {@code way} carries on the tape, if there is one and it is worth a line. */
  void tape(String way, Supplier<String> what) {
    Consumer<String> hearer = tape;
    String line = hearer == null ? "" : what.get();
    if (hearer != null && !line.isEmpty()) {
      hearer.accept(way + "  " + line);
    }
  }

  /** Notes for the tale what befell the cluster. */
  void say(String line) {
    tale.add(millis(), null, line);
  }

  /** Notes what {@code node} told. */
  void say(Node node, ClusterEvent event) {
    tale.add(millis(), node, event);
  }

  private long millis() {
    return (now - BEGIN) / MILLI;
  }

  /** The failure of a run; {@code kind} is a format, filled with {@code names}. */
  @SuppressWarnings("AnnotateFormatMethod") // Error Prone's own annotations are no dependency.
  Broken broken(String kind, @Nullable Object... names) {
    String what = kind.formatted(names);
    say("BROKEN: " + what);
    return new Broken(this, kind, what, tale.about(what, processes));
  }

  /** {@code process} is no more: whoever is well knows it soon. */
  void gone(Program process) {
    if (watched && process instanceof Node node) {
      after(GONE_NANOS, () -> Quiet.gone(this, node, MemberState.ALIVE));
      after(2 * GONE_NANOS, () -> Quiet.gone(this, node, MemberState.SUSPECT));
    }
  }

  // ---- what befalls hosts and the ways between them ----

  @Nullable Host hostAt(String address) {
    return byAddress.get(address);
  }

  /** DHCP gives {@code host} another address. */
  void move(Host host, String address) {
    byAddress.remove(host.address, host);
    host.troubledAt = now;
    host.address = address;
    byAddress.put(address, host);
  }

  /** A host that lost its power is back, without any process. */
  void powerOn(Host host) {
    host.up = true;
    host.troubledAt = now;
    connections.forEach(connection -> connection.healed(SECOND));
  }

  /** Cuts the ways between two hosts. */
  void cut(Host one, Host other) {
    say("%s and %s no longer reach each other".formatted(one, other));
    one.cut(other, now);
    other.cut(one, now);
  }

  /** Cuts the ways between all of {@code these} and all of {@code those}. */
  void cut(List<Node> these, List<Node> those) {
    these.forEach(one -> those.forEach(other -> cut(one.host, other.host)));
  }

  /** Cuts {@code lonely} off from all others. */
  void isolate(Host lonely) {
    say("%s is cut off".formatted(lonely));
    for (Host host : hosts) {
      if (host != lonely) {
        host.cut(lonely, now);
        lonely.cut(host, now);
      }
    }
  }

  /** Everybody reaches everybody again. */
  void heal(long outage) {
    say("the network is whole");
    hosts.forEach(host -> host.heal(now));
    connections.forEach(connection -> connection.healed(outage));
  }
}
