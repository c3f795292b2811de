package dev.caelum.http;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Failure;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.cluster.NodeId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds members for tests; everything has a plausible default. */
final class Members {
  private String id = "caelum-beta";
  private String ip = "192.168.7.2";
  private String hostname = "beta";
  private MemberState state = MemberState.ALIVE;
  private boolean self;
  private boolean foreign;
  private boolean duplicate;
  private boolean linked = true;
  private boolean registered = true;
  private @Nullable Failure failure;
  private List<MachineInfo.ServiceInfo> services = List.of();

  static Members machine(String id, String ip) {
    var members = new Members();
    members.id = id;
    members.ip = ip;
    members.hostname = id.replace("caelum-", "");
    return members;
  }

  static Member selfNamed(String hostname) {
    var members = machine("caelum-self", "192.168.7.1");
    members.self = true;
    members.linked = false;
    members.hostname = hostname;
    members.services =
        List.of(new MachineInfo.ServiceInfo(8_102, "caelum-code-analysis", "mcp_server", "", "up"));
    return members.build();
  }

  Members state(MemberState state) {
    this.state = state;
    this.linked = state == MemberState.ALIVE;
    this.registered = state != MemberState.HEARD;
    return this;
  }

  Members hostname(String hostname) {
    this.hostname = hostname;
    return this;
  }

  Members foreign() {
    this.foreign = true;
    return state(MemberState.HEARD);
  }

  Members duplicate() {
    this.duplicate = true;
    return this;
  }

  Members failure(Failure failure) {
    this.failure = failure;
    return this;
  }

  Members services(MachineInfo.ServiceInfo... services) {
    this.services = List.of(services);
    return this;
  }

  Member build() {
    var endpoint = new Endpoint(ip, 8_080);
    return new Member(
        id + "@" + ip + ":8080",
        new NodeId(id),
        new InstanceId("0123456789abcdef"),
        state,
        endpoint,
        hostname,
        ip,
        foreign ? "99999999-0000-0000-0000-000000000000" : "11111111-2222-3333-4444-555555555555",
        foreign ? "lab-b" : "caelum-alpha-1",
        self,
        false,
        foreign,
        duplicate,
        linked ? new Member.Link(7, true, endpoint.toString(), 1_000_000_000L, 1_500L) : null,
        registered ? info() : null,
        0,
        0,
        2_000_000_000L,
        1_000_000_000L,
        failure,
        List.of(),
        null,
        null);
  }

  private MachineInfo info() {
    return new MachineInfo(
        id,
        hostname,
        ip,
        new MachineInfo.NetworkInfo(
            hostname,
            List.of(ip),
            List.of("02:00:00:00:00:01"),
            List.of(
                new MachineInfo.NetworkInterface(
                    "eth0",
                    List.of(new MachineInfo.InterfaceAddress("ipv4", ip, "255.255.255.0"))))),
        new MachineInfo.Resources(4, 12.5, 16.0, 8.0, 50.0, 100.0, 40.0, 60.0, null),
        MachineInfo.Status.ONLINE,
        services,
        List.of(8_103, 8_104),
        "2026-01-02T03:04:05Z",
        "0.2.0",
        Map.of("system", "Linux", "processor", hostname),
        "11111111-2222-3333-4444-555555555555",
        "caelum-alpha-1",
        self ? MachineInfo.Role.COORDINATOR : MachineInfo.Role.NODE);
  }
}
