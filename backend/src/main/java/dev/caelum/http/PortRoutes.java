package dev.caelum.http;

import dev.caelum.cluster.KnownPorts;
import dev.caelum.cluster.Member;
import dev.caelum.mcp.PortBook;
import dev.caelum.service.Service;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** MCP servers of all machines as they are now, and who has which port. */
final class PortRoutes {
  private final NodePort node;
  private final ServicePort services;

  PortRoutes(NodePort node, ServicePort services) {
    this.node = node;
    this.services = services;
  }

  /** The services of all machines. */
  public record ServicesView(List<ServiceView> services, Map<String, Integer> counts) {}

  /** The ports of all machines. */
  public record MapView(List<MachinePortsView> machines, List<String> conflicts) {}

  /**
   * The ports of one machine that somebody has.
   *
   * @param nextFree null when there is none, or the machine is another one
   */
  public record MachinePortsView(
      String key,
      String machineId,
      String hostname,
      boolean self,
      List<PortView> ports,
      @Nullable Integer nextFree) {}

  /**
   * One port.
   *
   * @param reserved whether this machine keeps it for the name; null for other machines
   */
  public record PortView(
      int port, String name, String state, @Nullable String holder, @Nullable Boolean reserved) {}

  /** A port and whom it is kept for, or was. */
  public record ReservationView(String name, int port, boolean reserved) {}

  void register(Routes routes) {
    routes.get(HttpApi.BASE + "/services", request -> Reply.ok(all()));
    routes.post(HttpApi.BASE + "/services/check", this::check);
    routes.get(HttpApi.BASE + "/ports", request -> Reply.ok(map()));
    routes.post(HttpApi.BASE + "/ports/reserve", this::reserve);
    routes.post(HttpApi.BASE + "/ports/release", this::release);
  }

  /** The services of all machines. */
  ServicesView all() {
    List<ServiceView> all = new ArrayList<>();
    Map<String, Integer> counts = new TreeMap<>();
    for (Member member : node.snapshot().members()) {
      for (Service service : services.of(member).orElse(List.of())) {
        ServiceView view = ServiceView.of(member, service);
        all.add(view);
        counts.merge(view.state(), 1, Integer::sum);
      }
    }
    return new ServicesView(all, counts);
  }

  private Reply check(ServerRequest request) throws Exception {
    Waiting.on(services.check(), Waiting.DISCOVERY);
    return Reply.ok(all());
  }

  /** The ports of all machines. */
  MapView map() {
    List<MachinePortsView> machines = new ArrayList<>();
    Map<String, TreeSet<String>> places = new TreeMap<>();
    List<String> conflicts = new ArrayList<>();
    for (Member member : node.snapshot().members()) {
      List<Service> told = services.of(member).orElse(null);
      if (told == null) {
        continue;
      }
      for (Service service : told) {
        conflict(member, service, conflicts);
        if (service.port() != 0) {
          places
              .computeIfAbsent(service.name() + " on " + member.hostname(), _ -> new TreeSet<>())
              .add(String.valueOf(service.port()));
        }
      }
      machines.add(machine(member, told));
    }
    places.forEach((who, ports) -> {
      if (ports.size() > 1) {
        conflicts.add(who + " has several ports: " + String.join(", ", ports) + ".");
      }
    });
    return new MapView(machines, conflicts);
  }

  /** A slot in which something else is than the slot is for. */
  private static void conflict(Member member, Service service, List<String> conflicts) {
    KnownPorts.KnownPort slot = KnownPorts.of(service.port());
    String there = service.holder() == null ? service.name() : service.holder();
    switch (service.state()) {
      case TAKEN ->
          conflicts.add(
              "Port %d of %s is for %s and is held by %s."
                  .formatted(service.port(), member.hostname(), service.name(), there));
      case READY, RUNNING, CONFIGURED, LISTENING_NO_ANSWER, DOWN -> {
        if (slot != null && !slot.name().equals(service.name())) {
          conflicts.add(
              "Port %d of %s is the slot of %s and is kept for %s."
                  .formatted(service.port(), member.hostname(), slot.name(), service.name()));
        }
      }
    }
  }

  private MachinePortsView machine(Member member, List<Service> told) {
    Map<Integer, String> kept = member.self() ? services.book().kept() : Map.of();
    List<PortView> ports =
        told.stream()
            .filter(service -> service.port() != 0)
            .map(service ->
                new PortView(
                    service.port(),
                    service.name(),
                    ServiceView.of(member, service).state(),
                    service.holder(),
                    member.self() ? kept.containsKey(service.port()) : null))
            .toList();
    OptionalInt free = member.self() ? services.book().nextFree() : OptionalInt.empty();
    return new MachinePortsView(
        member.key(),
        member.id().value(),
        member.hostname(),
        member.self(),
        ports,
        free.isPresent() ? free.getAsInt() : null);
  }

  private Reply reserve(ServerRequest request) throws Exception {
    JsonObject body = Bodies.json(request);
    String name = Bodies.text(body, "name", Service.NAME);
    if (!PortBook.valid(name)) {
      throw Json.bad("name has letters, digits, dots, hyphens and underscores only.").refused();
    }
    int port = Bodies.port(body, "port", 0);
    if (port != 0) {
      watched(port);
    }
    try {
      int got = services.book().reserve(name, port == 0 ? null : port);
      return Reply.ok(new ReservationView(name, got, true));
    } catch (PortBook.Conflict e) {
      throw Problem.of(409, "port_conflict", String.valueOf(e.getMessage())).refused();
    } catch (IOException e) {
      throw unwritten(e);
    }
  }

  private Reply release(ServerRequest request) throws Exception {
    int port = Bodies.port(Bodies.json(request), "port", 0);
    watched(port);
    try {
      String name =
          services
              .book()
              .release(port)
              .orElseThrow(() ->
                  Problem.of(404, "not_reserved", "Port " + port + " is kept for nobody.")
                      .refused());
      return Reply.ok(new ReservationView(name, port, false));
    } catch (IOException e) {
      throw unwritten(e);
    }
  }

  private void watched(int port) {
    if (!services.ports().contains(port)) {
      throw Json.bad("port must be one of the watched ports; see mcp-ports.").refused();
    }
  }

  private static Problem.Refused unwritten(IOException e) {
    return Problem.of(503, "unwritten", "It could not be written: " + e.getMessage()).refused();
  }
}
