package dev.caelum.http;

import dev.caelum.cluster.KnownPorts;
import dev.caelum.cluster.KnownPorts.KnownPort;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.Member;
import dev.caelum.service.Service;
import dev.caelum.service.ServiceState;
import dev.caelum.service.Spoken;
import io.helidon.webserver.http.ServerRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Services and their ports on all machines that are online. */
final class ServiceRoutes {
  private final NodePort node;
  private final ServicePort services;

  ServiceRoutes(NodePort node, ServicePort services) {
    this.node = node;
    this.services = services;
  }

  /** One service on one machine; without a machine, a known port that nobody reports. */
  public record PortView(
      int port,
      String serviceName,
      String serviceType,
      String project,
      String purpose,
      String protocol,
      String status,
      @Nullable String machineId,
      @Nullable String ipAddress) {

    @Nullable String endpoint() {
      return ipAddress == null ? null : Words.endpoint(ipAddress, port);
    }
  }

  /** The services by machine and by kind. */
  public record DiscoveryView(
      Map<String, List<PortView>> distributedServices, EndpointsView serviceEndpoints) {}

  /** {@code ip:port} by kind. */
  public record EndpointsView(
      List<String> databases,
      List<String> apis,
      List<String> websockets,
      List<String> mcpServers,
      List<String> monitoring) {}

  /** Where one service runs. */
  public record LocationView(
      String serviceName,
      int port,
      String machineId,
      String ipAddress,
      String endpoint,
      String status) {}

  /** Who uses which port. */
  public record PortsView(
      Map<String, AllocationView> portAllocations,
      Map<String, List<PortView>> machineServices,
      SummaryView summary) {}

  /** The use of one port. */
  public record AllocationView(
      String serviceName,
      String serviceType,
      String project,
      String purpose,
      @Nullable String machineId,
      @Nullable String ipAddress,
      @Nullable String endpoint,
      String status) {}

  /** Counts over the ports. */
  public record SummaryView(int totalPorts, int assignedToMachines, int availableForAssignment) {}

  /** The slots of MCP servers. */
  public record ServersView(List<ServerView> servers, ServersSummaryView summary) {}

  /** One slot. */
  public record ServerView(
      String name,
      String status,
      @Nullable Double responseTime,
      String port,
      String lastCheck,
      int portNumber,
      List<String> endpoints) {}

  /** Counts over the slots. */
  public record ServersSummaryView(
      int total, int available, int error, int unavailable, @Nullable Integer claudeHasAccess) {}

  void register(Routes routes) {
    routes.get(HttpApi.BASE + "/services/discovery", request -> Reply.ok(discovery()));
    routes.get(HttpApi.BASE + "/services/{name}/location", this::location);
    routes.get(HttpApi.BASE + "/ports/distributed", request -> Reply.ok(ports()));
    routes.get(HttpApi.BASE + "/servers", request -> Reply.ok(servers()));
  }

  private DiscoveryView discovery() {
    List<PortView> all = running();
    return new DiscoveryView(
        byMachine(),
        new EndpointsView(
            endpoints(all, Set.of("database")),
            endpoints(all, Set.of("api", "web_ui")),
            endpoints(all, Set.of("websocket", "communication")),
            endpoints(all, Set.of("mcp_server")),
            endpoints(all, Set.of("monitoring", "analytics"))));
  }

  private Reply location(ServerRequest request) {
    String name = request.path().pathParameters().get("name");
    for (PortView found : running()) {
      String machine = found.machineId();
      String ip = found.ipAddress();
      if (found.serviceName().equals(name) && machine != null && ip != null) {
        return Reply.ok(
            new LocationView(
                name, found.port(), machine, ip, Words.endpoint(ip, found.port()), found.status()));
      }
    }
    throw Problem.of(404, "unknown_service", "No machine that is online runs this service.")
        .refused();
  }

  private PortsView ports() {
    var byPort = new TreeMap<Integer, PortView>();
    for (KnownPort known : KnownPorts.all()) {
      byPort.put(known.port(), view(known, "reserved", null, null));
    }
    int free = byPort.size();
    var assigned = new TreeMap<Integer, PortView>();
    for (PortView service : running()) {
      assigned.putIfAbsent(service.port(), service);
    }
    byPort.putAll(assigned);
    free -= (int) assigned.keySet().stream().filter(port -> KnownPorts.of(port) != null).count();
    var allocations = new LinkedHashMap<String, AllocationView>();
    byPort.forEach((port, view) -> allocations.put(String.valueOf(port), allocation(view)));
    return new PortsView(
        allocations, byMachine(), new SummaryView(byPort.size(), assigned.size(), free));
  }

  private ServersView servers() {
    String now = Instant.now().toString();
    var servers = new ArrayList<ServerView>();
    for (KnownPort slot : KnownPorts.mcpServers()) {
      servers.add(server(slot, now));
    }
    return new ServersView(
        servers,
        new ServersSummaryView(
            servers.size(),
            count(servers, "available"),
            count(servers, "error"),
            count(servers, "unavailable"),
            null));
  }

  private static int count(List<ServerView> servers, String status) {
    return (int) servers.stream().filter(server -> server.status().equals(status)).count();
  }

  /** Available means that it spoke MCP just now; an old node only says that it runs. */
  private ServerView server(KnownPort slot, String now) {
    var endpoints = new ArrayList<String>();
    Double fastest = null;
    boolean broken = false;
    for (Member member : online()) {
      for (Service service : told(member)) {
        if (service.port() == slot.port()) {
          Spoken spoken = service.spoken();
          if (spoken != null) {
            endpoints.add(Words.endpoint(member.endpoint().host(), slot.port()));
            double seconds = Math.round(spoken.latencyMillis()) / 1e3;
            fastest = fastest == null ? seconds : Math.min(fastest, seconds);
          } else if (service.state() == ServiceState.RUNNING) {
            endpoints.add(Words.endpoint(member.endpoint().host(), slot.port()));
          } else {
            broken = broken || service.state() != ServiceState.DOWN;
          }
        }
      }
      if (services.of(member).isEmpty()) {
        services(member).stream()
            .filter(view -> view.port() == slot.port())
            .forEach(view -> endpoints.add(String.valueOf(view.endpoint())));
      }
    }
    String status = !endpoints.isEmpty() ? "available" : broken ? "error" : "unavailable";
    return new ServerView(slot.name(), status, fastest, "MCP", now, slot.port(), endpoints);
  }

  private List<Service> told(Member member) {
    boolean heard = member.self() || member.connected();
    return heard ? services.of(member).orElse(List.of()) : List.of();
  }

  /** By id, or by key where several machines share an id. */
  private Map<String, List<PortView>> byMachine() {
    var byMachine = new LinkedHashMap<String, List<PortView>>();
    for (Member member : online()) {
      String name = member.duplicateId() ? member.key() : member.id().value();
      byMachine.computeIfAbsent(name, n -> new ArrayList<>()).addAll(services(member));
    }
    return byMachine;
  }

  private List<PortView> running() {
    return online().stream().flatMap(member -> services(member).stream()).toList();
  }

  private List<Member> online() {
    return node.snapshot().members().stream().filter(m -> m.state().online()).toList();
  }

  private static List<PortView> services(Member member) {
    MachineInfo info = member.info();
    if (info == null) {
      return List.of();
    }
    String ip = member.endpoint().host();
    return info.runningServices().stream()
        .map(service -> {
          KnownPort known = KnownPorts.of(service.port());
          return new PortView(
              service.port(),
              service.serviceName(),
              service.serviceType(),
              known == null ? "unknown" : known.project(),
              service.purpose(),
              known == null ? "tcp" : known.protocol(),
              "active",
              member.id().value(),
              ip);
        })
        .toList();
  }

  private static PortView view(
      KnownPort known, String status, @Nullable String machine, @Nullable String ip) {
    return new PortView(
        known.port(),
        known.name(),
        known.type(),
        known.project(),
        known.purpose(),
        known.protocol(),
        status,
        machine,
        ip);
  }

  private static AllocationView allocation(PortView view) {
    return new AllocationView(
        view.serviceName(),
        view.serviceType(),
        view.project(),
        view.purpose(),
        view.machineId(),
        view.ipAddress(),
        view.endpoint(),
        view.status());
  }

  private static List<String> endpoints(List<PortView> all, Set<String> types) {
    return all.stream()
        .filter(p -> types.contains(p.serviceType()))
        .map(p -> String.valueOf(p.endpoint()))
        .distinct()
        .toList();
  }
}
