package dev.caelum.node;

import dev.caelum.beacon.BeaconInterface;
import dev.caelum.beacon.BeaconSockets;
import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.cluster.Self;
import dev.caelum.discovery.BeaconDiscovery;
import dev.caelum.discovery.EchoWatch;
import dev.caelum.feed.DuplicateText;
import dev.caelum.feed.InterfaceStatus;
import dev.caelum.feed.NodeStatus;
import dev.caelum.feed.NodeStatus.Health;
import dev.caelum.feed.NodeStatus.Listener;
import dev.caelum.feed.NodeStatus.Note;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How this node is now, and what it would tell a person who asks why. Down means that a listener is
 * down or no beacon leaves; all else is degraded or a note.
 */
final class StatusReader {
  /** Notes of the node's parts that say that it does not do all that it should. */
  private static final Set<String> DEGRADING =
      Set.of(TaskParts.TASKS_REFUSED, ConnectionNotes.FULL, ConnectionNotes.NO_DESCRIPTORS);

  /** Own beacons are expected back by then. */
  private static final Duration SETTLED = Duration.ofSeconds(3);

  private final Supplier<Self> self;
  private final boolean clusterNameExplicit;
  private final String version;
  private final Instant startedAt = Instant.now();
  private final long startedNanos = System.nanoTime();
  private final Supplier<BeaconSockets> sockets;
  private final BeaconDiscovery beacons;
  private final Supplier<ClusterSnapshot> table;
  private final BooleanSupplier clusterPortUp;
  private final Supplier<Optional<Note>> known;
  private final Supplier<Optional<Note>> network;
  private final Supplier<List<Note>> tasks;

  StatusReader(
      Supplier<Self> self,
      boolean clusterNameExplicit,
      String version,
      Supplier<BeaconSockets> sockets,
      BeaconDiscovery beacons,
      Supplier<ClusterSnapshot> table,
      BooleanSupplier clusterPortUp,
      Supplier<Optional<Note>> known,
      Supplier<Optional<Note>> network,
      Supplier<List<Note>> tasks) {
    this.self = self;
    this.clusterNameExplicit = clusterNameExplicit;
    this.version = version;
    this.sockets = sockets;
    this.beacons = beacons;
    this.table = table;
    this.clusterPortUp = clusterPortUp;
    this.known = known;
    this.network = network;
    this.tasks = tasks;
  }

  NodeStatus read(String clusterAddress, String beaconAddress) {
    Self me = self.get();
    List<InterfaceStatus> interfaces =
        sockets.get().interfaces().stream().map(this::interfaceStatus).toList();
    boolean anyUp = interfaces.stream().anyMatch(each -> each.state() == InterfaceStatus.State.UP);
    boolean leaves = beaconsLeave();
    boolean listens = clusterPortUp.getAsBoolean();
    Listener cluster =
        new Listener(
            "cluster",
            clusterAddress,
            listens,
            listens ? null : "the cluster port does not listen");
    Listener beacon =
        new Listener("beacon", beaconAddress, anyUp, anyUp ? null : "no interface carries beacons");
    List<Note> notes = new ArrayList<>();
    Health health = health(cluster, anyUp, leaves, interfaces, notes);
    return new NodeStatus(
        me.id().value(),
        table.get().self().key(),
        me.instance().value(),
        me.info().hostname(),
        me.info().clusterId(),
        me.info().clusterName(),
        clusterNameExplicit,
        version,
        startedAt,
        health,
        List.of(cluster, beacon),
        interfaces,
        notes);
  }

  /** Whether a beacon left within the last two intervals, or the first one is not due yet. */
  private boolean beaconsLeave() {
    long now = System.nanoTime();
    Long last = beacons.lastLeft();
    long since = last == null ? startedNanos : last;
    long limit =
        last == null ? SETTLED.toNanos() : 2 * beacons.interval().toNanos() + SETTLED.toNanos();
    return now - since < limit;
  }

  private Health health(
      Listener cluster,
      boolean anyUp,
      boolean leaves,
      List<InterfaceStatus> interfaces,
      List<Note> notes) {
    Health health = Health.OK;
    if (!cluster.up()) {
      notes.add(
          new Note(
              "cluster_port_down",
              "The cluster port does not listen, so no machine can connect to this node: start it"
                  + " anew; its log tells why."));
      health = Health.DOWN;
    }
    if (!anyUp) {
      notes.add(Note.NO_INTERFACE);
      health = Health.DOWN;
    } else if (!leaves) {
      notes.add(
          new Note(
              "no_beacon_leaves",
              "No beacon leaves this machine by any interface, so no other machine finds it: a"
                  + " firewall on this machine probably blocks UDP 8181."));
      health = Health.DOWN;
    }
    boolean settled = System.nanoTime() - startedNanos > SETTLED.toNanos();
    for (InterfaceStatus each : interfaces) {
      if (each.state() == InterfaceStatus.State.FAILED) {
        notes.add(
            new Note("interface_failed", each.name() + " carries no beacons: " + each.reason()));
        health = worse(health, Health.DEGRADED);
      } else if (settled && each.state() == InterfaceStatus.State.UP) {
        health = worse(health, echo(each, notes));
      }
    }
    Optional<Note> silence = network.get();
    if (silence.isPresent()) {
      notes.addFirst(silence.get());
      health = worse(health, Health.DEGRADED);
    }
    List<Note> work = tasks.get();
    if (work.stream().anyMatch(note -> DEGRADING.contains(note.code()))) {
      health = worse(health, Health.DEGRADED);
    }
    notes.addAll(work);
    people(notes);
    return health;
  }

  private static Health echo(InterfaceStatus each, List<Note> notes) {
    if (each.multicastEcho()) {
      return Health.OK;
    }
    if (each.broadcastEcho()) {
      notes.add(
          new Note(
              "multicast_silent",
              "On "
                  + each.name()
                  + " multicast does not come back, broadcast does; a switch or firewall filters"
                  + " multicast."));
      return Health.OK;
    }
    notes.add(
        new Note(
            "echo_missing",
            "Our own announcements do not come back on "
                + each.name()
                + ". A firewall on this machine probably blocks UDP 8181."));
    return Health.DEGRADED;
  }

  private void people(List<Note> notes) {
    List<Member> others = table.get().members().stream().filter(member -> !member.self()).toList();
    known.get().ifPresent(notes::add);
    NetworkNotes.udp(others).ifPresent(notes::add);
    if (others.stream().noneMatch(Member::connected)) {
      long seen = others.stream().filter(StatusReader::seen).count();
      notes.add(
          seen == 0
              ? new Note("alone", "This node is alone in its cluster.")
              : new Note(
                  "no_links",
                  (seen == 1 ? "1 machine is" : seen + " machines are")
                      + " seen and none is connected; the machine list tells why."));
    }
    DuplicateText.note(table.get().members(), System.nanoTime())
        .ifPresent(text -> notes.add(new Note("duplicate_id", text)));
    long drops = sockets.get().kernelDrops();
    if (drops > 0) {
      notes.add(
          new Note(
              "kernel_drops",
              "The system dropped " + drops + " datagrams because they came faster than read."));
    }
  }

  /** Whether a link to it could be expected now. */
  private static boolean seen(Member member) {
    return !member.foreign() && (member.state().online() || member.state() == MemberState.HEARD);
  }

  private static Health worse(Health a, Health b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private InterfaceStatus interfaceStatus(BeaconInterface each) {
    EchoWatch.Echo echo = beacons.echoes().echo(each.name());
    @Nullable Double millis = echo.millis();
    return new InterfaceStatus(
        each.name(),
        each.address(),
        switch (each.state()) {
          case UP -> InterfaceStatus.State.UP;
          case SKIPPED -> InterfaceStatus.State.SKIPPED;
          case FAILED -> InterfaceStatus.State.FAILED;
        },
        each.reason(),
        each.sent(),
        each.sendFailures(),
        each.received(),
        millis,
        echo.multicast(),
        echo.broadcast());
  }
}
