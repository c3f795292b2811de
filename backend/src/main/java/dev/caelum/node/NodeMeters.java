package dev.caelum.node;

import dev.caelum.beacon.BeaconInterface;
import dev.caelum.beacon.BeaconSockets;
import dev.caelum.beacon.DatagramIntake;
import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.discovery.BeaconDiscovery;
import dev.caelum.discovery.DiscoveryRunner;
import dev.caelum.http.NodeMetrics;
import dev.caelum.link.LinkCount;
import dev.caelum.link.Links;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The node's own meters; every name and help text stands here. */
final class NodeMeters implements AutoCloseable {
  private final NodeMetrics metrics;
  private final BeaconSockets sockets;
  private final DatagramIntake intake;
  private final Set<String> metered = new HashSet<>();

  NodeMeters(NodeMetrics metrics, BeaconSockets sockets, DatagramIntake intake) {
    this.metrics = metrics;
    this.sockets = sockets;
    this.intake = intake;
  }

  @Override
  public void close() {
    metrics.close();
  }

  void register(
      BeaconDiscovery beacons,
      Links links,
      EffectRunner effects,
      LinkTraffic traffic,
      ClusterNode node,
      DiscoveryRunner discovery,
      EventTeller teller) {
    beacons(beacons);
    links(links, effects, traffic);
    members(node, teller, effects);
    for (MemberState state : MemberState.values()) {
      metrics.gauge(
          "caelum_machines",
          "Machines in the table, this one included",
          () ->
              node.snapshot().members().stream().filter(member -> member.state() == state).count(),
          "state",
          state.name().toLowerCase(Locale.ROOT));
    }
    metrics.gauge(
        "caelum_links",
        "Registered links that are open now",
        () ->
            node.snapshot().members().stream()
                .filter(member -> member.connected() && !member.self())
                .count());
    metrics.gauge(
        "caelum_link_rtt_seconds",
        "Median round trip over the registered links",
        () -> median(node, NodeMeters::linkMicros));
    metrics.gauge("caelum_mailbox", "Inputs that wait for the core", node::waiting);
    metrics.counted(
        "caelum_mailbox_dropped",
        "Hints and proofs of life dropped for want of room in the mailbox",
        node::dropped);
    metrics.counted("caelum_discovery_runs", "Discovery runs begun", discovery::runs);
    metrics.counted(
        "caelum_discovery_answered",
        "Discovery runs that at least one machine answered",
        discovery::answeredRuns);
  }

  /** Adds meters for interfaces that have none yet; to be called when interfaces came. */
  synchronized void interfaces() {
    for (BeaconInterface each : sockets.interfaces()) {
      String name = each.name();
      if (metered.size() >= 64 || !metered.add(name)) {
        continue;
      }
      metrics.counted(
          "caelum_beacons_sent",
          "Datagrams that left, every copy counted",
          () -> of(name, BeaconInterface::sent),
          "interface",
          name);
      metrics.counted(
          "caelum_beacons_send_failures",
          "Datagrams that could not leave",
          () -> of(name, BeaconInterface::sendFailures),
          "interface",
          name);
      metrics.counted(
          "caelum_beacons_received",
          "Datagrams that arrived, before anything is refused",
          () -> of(name, BeaconInterface::received),
          "interface",
          name);
      for (dev.caelum.beacon.Refusal reason : dev.caelum.beacon.Refusal.values()) {
        metrics.counted(
            "caelum_beacons_refused",
            "Datagrams refused, by reason",
            () -> intake.refused().getOrDefault(name, Map.of()).getOrDefault(reason, 0L),
            "interface",
            name,
            "reason",
            reason.word());
      }
    }
  }

  private void beacons(BeaconDiscovery beacons) {
    for (dev.caelum.wire.Refusal reason : dev.caelum.wire.Refusal.values()) {
      metrics.counted(
          "caelum_beacons_refused",
          "Datagrams refused, by reason",
          () -> sum(beacons.refused().get(reason)),
          "interface",
          "",
          "reason",
          reason.code());
    }
    metrics.counted("caelum_beacons_own", "Own beacons that came back", beacons::ownHeard);
    metrics.counted("caelum_beacons_heard", "Readable beacons of others", beacons::heard);
    metrics.gauge(
        "caelum_kernel_drops", "Datagrams the system dropped unread", sockets::kernelDrops);
  }

  /** Meters of the failure detector and of what members tell each other of others. */
  void membership(ProbeTraffic probes, LinkSpeaker speaker, LinkTraffic traffic) {
    for (ProbeTraffic.Kind kind : ProbeTraffic.Kind.values()) {
      String word = kind.name().toLowerCase(Locale.ROOT);
      metrics.counted(
          "caelum_probes_sent",
          "Datagrams of the failure detector that left",
          () -> probes.sent(kind),
          "kind",
          word);
      metrics.counted(
          "caelum_probes_received",
          "Readable datagrams of the failure detector that came",
          () -> probes.heard(kind),
          "kind",
          word);
    }
    metrics.counted(
        "caelum_probes_send_failures",
        "Datagrams of the failure detector that could not leave",
        probes::failed);
    Stream<String> reasons =
        Arrays.stream(dev.caelum.wire.Refusal.values()).map(dev.caelum.wire.Refusal::code);
    Stream.concat(reasons, ProbeTraffic.OWN_REASONS.stream())
        .forEach(reason ->
            metrics.counted(
                "caelum_probes_refused",
                "Datagrams of the failure detector refused, by reason",
                () -> probes.refused(reason),
                "reason",
                reason));
    rumors("sent", "link", speaker::news);
    rumors("sent", "datagram", probes::rumorsSent);
    rumors("received", "link", traffic::news);
    rumors("received", "datagram", probes::rumorsHeard);
  }

  /** Meters of what became of members. */
  private void members(ClusterNode node, EventTeller teller, EffectRunner effects) {
    MembershipCounts counts = new MembershipCounts();
    teller.listen(counts);
    for (MembershipCounts.Kind kind : MembershipCounts.Kind.values()) {
      metrics.counted(
          "caelum_member_events",
          "What became of members, and how often this node had to refute a doubt",
          () -> counts.count(kind),
          "event",
          kind.word());
    }
    metrics.counted(
        "caelum_sync_rounds",
        "Comparisons of the table with a peer's that this node began",
        effects::comparisons);
    metrics.gauge(
        "caelum_udp_blocked",
        "Members that UDP does not reach while TCP does",
        () -> node.snapshot().members().stream().filter(NetworkNotes::udpBlocked).count());
    metrics.gauge(
        "caelum_probe_rtt_seconds",
        "Median over the members of the smoothed round trip of probes over UDP",
        () -> median(node, NodeMeters::probeMicros));
    metrics.gauge(
        "caelum_probe_loss_ratio",
        "Share of the last probes over UDP that stayed without a direct answer",
        () -> loss(node));
    metrics.gauge(
        "caelum_incarnation",
        "This node's incarnation: rises when it refutes a doubt or moves",
        () -> node.snapshot().self().incarnation());
  }

  private static double loss(ClusterNode node) {
    long asked = 0;
    long lost = 0;
    for (Member member : node.snapshot().members()) {
      Member.Probes probes = member.probes();
      if (probes != null && member.state().online()) {
        asked += probes.asked();
        lost += probes.lost();
      }
    }
    return asked == 0 ? Double.NaN : (double) lost / asked;
  }

  private static @Nullable Long probeMicros(Member member) {
    Member.Probes probes = member.probes();
    return probes == null || !member.state().online() ? null : probes.rttMicros();
  }

  private static @Nullable Long linkMicros(Member member) {
    Member.Link link = member.link();
    return link == null ? null : link.rttMicros();
  }

  private void rumors(String direction, String by, LongSupplier count) {
    metrics.counted(
        "caelum_rumors_" + direction,
        "Rumors and lines of tables told of members",
        count,
        "by",
        by);
  }

  private long of(String name, ToLongFunction<BeaconInterface> count) {
    return sockets.interfaces().stream()
        .filter(each -> each.name().equals(name))
        .mapToLong(count)
        .sum();
  }

  private void links(Links links, EffectRunner effects, LinkTraffic traffic) {
    metrics.counted(
        "caelum_dials",
        "Dials ended, by outcome",
        () -> sum(effects.dials().get("connected")),
        "outcome",
        "connected");
    for (FailureCode code : FailureCode.values()) {
      metrics.counted(
          "caelum_dials",
          "Dials ended, by outcome",
          () -> sum(effects.dials().get(code.code())),
          "outcome",
          code.code());
    }
    for (LinkCount what : LinkCount.values()) {
      metrics.counted(
          "caelum_link_events",
          "What happened on links and at the cluster port",
          () -> links.counters().value(what),
          "event",
          what.code());
    }
    for (dev.caelum.wire.Refusal reason : dev.caelum.wire.Refusal.values()) {
      metrics.counted(
          "caelum_frames_refused",
          "Frames refused, by reason",
          () -> sum(traffic.refused().get(reason.code())),
          "reason",
          reason.code());
    }
    for (String reason : LinkTraffic.OWN_REASONS) {
      metrics.counted(
          "caelum_frames_refused",
          "Frames refused, by reason",
          () -> sum(traffic.refused().get(reason)),
          "reason",
          reason);
    }
    metrics.counted(
        "caelum_unanswered", "Messages that an old node never answered", traffic::unanswered);
  }

  /** In seconds; not a number when there is none. */
  private static double median(ClusterNode node, Function<Member, @Nullable Long> micros) {
    List<Long> known = new ArrayList<>();
    for (Member member : node.snapshot().members()) {
      Long value = micros.apply(member);
      if (value != null) {
        known.add(value);
      }
    }
    Collections.sort(known);
    return known.isEmpty() ? Double.NaN : known.get(known.size() / 2) / 1e6;
  }

  private static long sum(@Nullable LongAdder adder) {
    return adder == null ? 0 : adder.sum();
  }
}
