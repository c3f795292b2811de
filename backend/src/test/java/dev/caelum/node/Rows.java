package dev.caelum.node;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.cluster.NodeId;
import dev.caelum.cluster.ProbeAddress;
import dev.caelum.cluster.Self;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of a table for tests. */
final class Rows {
  private Rows() {}

  static Self self() {
    return new Self(
        new NodeId("caelum-self"),
        new InstanceId("self1"),
        null,
        new Endpoint("10.0.0.1", 8080),
        new ProbeAddress(8181, 1),
        info("caelum-self", "alpha", "10.0.0.1"));
  }

  static MachineInfo info(String id, String hostname, String ip) {
    return info(id, hostname, ip, List.of());
  }

  /** A machine that says that it runs these. */
  static Member running(List<MachineInfo.ServiceInfo> services) {
    MachineInfo info = info("id-8080", "old", "10.0.0.9", services);
    return row("old", new Endpoint("10.0.0.9", 8080), MemberState.ALIVE, null, info);
  }

  private static MachineInfo info(
      String id, String hostname, String ip, List<MachineInfo.ServiceInfo> services) {
    return new MachineInfo(
        id,
        hostname,
        ip,
        new MachineInfo.NetworkInfo(hostname, List.of(ip), List.of(), List.of()),
        new MachineInfo.Resources(null, null, null, null, null, null, null, null, null),
        MachineInfo.Status.ONLINE,
        services,
        List.of(),
        "2026-11-22T07:00:00+00:00",
        "0.2.0",
        Map.of(),
        "c1",
        "caelum-" + hostname,
        MachineInfo.Role.NODE);
  }

  /** A machine that registered once and is not linked now. */
  static Member member(String hostname, Endpoint endpoint) {
    return row(
        hostname,
        endpoint,
        MemberState.ALIVE,
        null,
        info("id-" + endpoint.port(), hostname, endpoint.host()));
  }

  /** The same with a link. */
  static Member linked(String hostname, Endpoint endpoint) {
    return row(
        hostname,
        endpoint,
        MemberState.ALIVE,
        new Member.Link(1, true, endpoint.toString(), 0, null),
        info("id-" + endpoint.port(), hostname, endpoint.host()));
  }

  /** A machine of which only beacons came. */
  static Member heard(String hostname, Endpoint endpoint) {
    return row(hostname, endpoint, MemberState.HEARD, null, null);
  }

  /** A row as it stands after a restart, until the machine is met again. */
  static Member awaited(String hostname, Endpoint endpoint) {
    return row(hostname, endpoint, MemberState.DEAD, null, null);
  }

  private static Member row(
      String hostname,
      Endpoint endpoint,
      MemberState state,
      Member.@Nullable Link link,
      @Nullable MachineInfo info) {
    NodeId id = new NodeId("id-" + endpoint.port());
    return new Member(
        id + "@" + endpoint,
        id,
        new InstanceId("i" + endpoint.port()),
        state,
        endpoint,
        hostname,
        endpoint.host(),
        "c1",
        "caelum-" + hostname,
        false,
        false,
        false,
        false,
        link,
        info,
        0,
        0,
        0,
        0,
        null,
        List.of(),
        null,
        null);
  }

  /** A table of this node and {@code others}. */
  static ClusterSnapshot table(Member... others) {
    Self me = self();
    List<Member> all = new ArrayList<>();
    all.add(
        new Member(
            me.id() + "@" + me.endpoint(),
            me.id(),
            me.instance(),
            MemberState.ALIVE,
            me.endpoint(),
            "alpha",
            "10.0.0.1",
            "c1",
            "caelum-alpha",
            true,
            false,
            false,
            false,
            null,
            me.info(),
            0,
            0,
            0,
            0,
            null,
            List.of(),
            null,
            null));
    all.addAll(List.of(others));
    return new ClusterSnapshot(1, 0, all);
  }
}
