package dev.caelum.node;

import dev.caelum.beacon.BeaconSockets;
import dev.caelum.beacon.Subnet;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.Self;
import dev.caelum.discovery.BeaconDiscovery;
import dev.caelum.feed.Feed;
import dev.caelum.feed.FeedEvent;
import dev.caelum.feed.LogLine;
import dev.caelum.feed.NodeStatus;
import dev.caelum.logging.RateLimitedLog;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a node does again and again: look at interfaces and itself, tell of changes, remember. */
final class NodeTimers {
  private static final Logger LOG = Logger.getLogger(NodeTimers.class.getName());
  private static final long INTERFACES_SECONDS = 4;
  private static final long MACHINE_SECONDS = 15;
  private static final long KNOWN_SECONDS = 60;
  private static final long PORT_SECONDS = 3;
  private static final long STATUS_MILLIS = 1_000;
  private static final long LINES_MILLIS = 250;
  private static final long TELL_ANYWAY_NANOS = 15_000_000_000L;
  private static final long SAVE_SECONDS = 5;

  private final ScheduledExecutorService timer;
  private final BeaconSockets sockets;
  private final BeaconDiscovery beacons;
  private final LinkTraffic traffic;
  private final Supplier<MachineInfo> machine;
  private final SelfState self;
  private final ClusterNode node;
  private final Feed feed;
  private final EventTeller teller;
  private final Runnable saving;
  private final Runnable reading;
  private final ConfiguredMachines known;
  private final NodeMeters meters;
  private final Supplier<NodeStatus> status;
  private final Consumer<Input> inputs;
  private final Runnable slept;
  private final Runnable port;
  private final SleepWatch sleep = SleepWatch.here();
  private final RateLimitedLog troubles = new RateLimitedLog(LOG);
  private final AtomicBoolean lookPlanned = new AtomicBoolean();
  private volatile Set<InetAddress> memberAddresses = Set.of();
  private List<Subnet> attached = List.of();
  private @Nullable NodeStatus told;
  private long toldAt;
  private long wallAhead = wallAhead();

  NodeTimers(
      ScheduledExecutorService timer,
      BeaconSockets sockets,
      BeaconDiscovery beacons,
      LinkTraffic traffic,
      Supplier<MachineInfo> machine,
      SelfState self,
      ClusterNode node,
      Feed feed,
      EventTeller teller,
      MachineMemory memory,
      ConfiguredMachines known,
      NodeMeters meters,
      Supplier<NodeStatus> status,
      Consumer<Input> inputs,
      Runnable slept,
      Runnable port) {
    this.timer = timer;
    this.sockets = sockets;
    this.beacons = beacons;
    this.traffic = traffic;
    this.machine = machine;
    this.self = self;
    this.node = node;
    this.feed = feed;
    this.teller = teller;
    this.saving = aside("memory", () -> memory.save(node.snapshot()));
    this.reading = aside("machine", this::readMachine);
    this.known = known;
    this.meters = meters;
    this.status = status;
    this.inputs = inputs;
    this.slept = slept;
    this.port = aside("cluster port", port);
  }

  void start() {
    attached = sockets.attached();
    every(INTERFACES_SECONDS * 1_000, this::lookAtInterfaces);
    every(STATUS_MILLIS, this::lookAtClocks);
    every(STATUS_MILLIS, this::tellStatus);
    every(LINES_MILLIS, teller::tick);
    every(SAVE_SECONDS * 1_000, saving);
    every(MACHINE_SECONDS * 1_000, reading);
    reading.run();
    every(KNOWN_SECONDS * 1_000, known::contact);
    every(PORT_SECONDS * 1_000, port);
  }

  /** A send failed somewhere, so the interfaces may have changed. Any thread may call it. */
  void lookSoon() {
    if (!lookPlanned.getAndSet(true)) {
      try {
        timer.execute(() -> {
          lookPlanned.set(false);
          guarded(this::lookAtInterfaces);
        });
      } catch (RejectedExecutionException stopping) {
        LOG.fine("The node is stopping");
      }
    }
  }

  /** Addresses of members, for the datagram gate. */
  Set<InetAddress> memberAddresses() {
    return memberAddresses;
  }

  private void every(long millis, Runnable task) {
    Future<?> _ =
        timer.scheduleWithFixedDelay(() -> guarded(task), millis, millis, TimeUnit.MILLISECONDS);
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      // A timer task that throws would never run again.
      LOG.log(Level.SEVERE, "A periodic task failed", e);
    }
  }

  /** The task on a thread of its own, for it can take long; left out while it still runs. */
  private static Runnable aside(String name, Runnable task) {
    AtomicBoolean busy = new AtomicBoolean();
    return () -> {
      if (!busy.getAndSet(true)) {
        Thread.ofVirtual()
            .name(name)
            .start(() -> {
              try {
                guarded(task);
              } finally {
                busy.set(false);
              }
            });
      }
    };
  }

  // ---- interfaces ----

  private void lookAtInterfaces() {
    boolean changed;
    try {
      changed = sockets.refresh();
    } catch (IOException e) {
      troubles.warning("interfaces", () -> "Interfaces could not be read: " + e.getMessage());
      return;
    }
    if (self.self().probe().port() != sockets.unicastPort()) {
      tellSelf();
    }
    if (changed) {
      List<Subnet> now = sockets.attached();
      List<Subnet> lost = attached.stream().filter(each -> !now.contains(each)).toList();
      attached = now;
      dropLinks(lost);
      teller.nodeLine(
          LogLine.Level.INFO,
          LogLine.Category.NODE,
          "Network changed; beacons now leave by "
              + (now.isEmpty()
                  ? "no interface"
                  : now.stream().map(Subnet::toString).collect(Collectors.joining(", "))),
          "interfaces_changed");
      meters.interfaces();
      reading.run();
      beacons.burst();
    }
  }

  /** A clock that was set is no sleep: leases do not depend on it. */
  private void lookAtClocks() {
    boolean asleep = sleep.slept();
    if (asleep) {
      slept.run();
    }
    if (woke() || asleep) {
      teller.nodeLine(
          LogLine.Level.INFO,
          LogLine.Category.NODE,
          asleep ? "This machine slept; announcing again" : "The clock jumped; announcing again",
          "woke");
      beacons.burst();
    }
  }

  /** Links that were bound to an address which is gone can never carry anything again. */
  private void dropLinks(List<Subnet> lost) {
    for (LinkSession session : traffic.sessions()) {
      InetAddress remote = session.link().remote().getAddress();
      if (lost.stream().anyMatch(subnet -> subnet.contains(remote))) {
        session.link().abort();
      }
    }
  }

  private boolean woke() {
    long now = wallAhead();
    boolean jumped = Math.abs(now - wallAhead) > SleepWatch.JUMP_MILLIS;
    wallAhead = now;
    return jumped;
  }

  private static long wallAhead() {
    return System.currentTimeMillis() - System.nanoTime() / 1_000_000;
  }

  // ---- this machine ----

  private void readMachine() {
    tell(machine.get());
  }

  /** The sockets changed: where this node hears datagrams may be another port than before. */
  void tellSelf() {
    tell(self.self().info());
  }

  private void tell(MachineInfo info) {
    Self now = self.update(info, sockets.unicastPort());
    inputs.accept(
        new Input.SelfChanged(System.nanoTime(), now.info(), now.endpoint(), now.probe().port()));
  }

  // ---- status ----

  private void tellStatus() {
    memberAddresses =
        node.snapshot().members().stream()
            .filter(member -> !member.self() && (member.connected() || expected(member)))
            .map(Member::endpoint)
            .map(endpoint -> InetAddress.ofLiteral(endpoint.host()))
            .collect(Collectors.toUnmodifiableSet());
    NodeStatus now = status.get();
    NodeStatus before = told;
    long at = System.nanoTime();
    if (before == null || differs(before, now) || at - toldAt > TELL_ANYWAY_NANOS) {
      told = now;
      toldAt = at;
      feed.publish(new FeedEvent.NodeChanged(now));
    }
  }

  /** A node of ours without a link is probed, and answers, all the same. */
  private static boolean expected(Member member) {
    return !member.legacy() && !member.foreign() && member.state().online();
  }

  /** Counters alone are no change. */
  private static boolean differs(NodeStatus a, NodeStatus b) {
    return a.health() != b.health()
        || !a.notes().equals(b.notes())
        || !a.listeners().equals(b.listeners())
        || a.interfaces().size() != b.interfaces().size()
        || !states(a).equals(states(b));
  }

  private static List<String> states(NodeStatus status) {
    return status.interfaces().stream()
        .map(each ->
            each.name()
                + each.address()
                + each.state()
                + each.multicastEcho()
                + each.broadcastEcho())
        .toList();
  }
}
