package dev.caelum.ui.view;

import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.MachineState;
import dev.caelum.ui.client.Service;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The map as the browser draws it: places, states and words, as JSON. */
final class TopologyDrawing {
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final int NAME = 16;
  private static final int SHORT_NAME = 12;
  private static final int SERVERS = 8;

  /** So many have their names in a small picture: this machine, and one ring. */
  private static final int FEW = 10;

  private final TopologyPlan plan;
  private final TopologyChoice choice;
  private final Map<String, List<Service>> services;

  private TopologyDrawing(
      TopologyPlan plan, TopologyChoice choice, Map<String, List<Service>> services) {
    this.plan = plan;
    this.choice = choice;
    this.services = services;
  }

  /**
   * The drawing of {@code plan}.
   *
   * @param services of each machine, by its key
   */
  static String of(TopologyPlan plan, TopologyChoice choice, Map<String, List<Service>> services) {
    return new TopologyDrawing(plan, choice, services).json();
  }

  private String json() {
    JsonArrayBuilder nodes = JSON.createArrayBuilder();
    JsonArrayBuilder links = JSON.createArrayBuilder();
    JsonArrayBuilder arcs = JSON.createArrayBuilder();
    for (TopologyPlan.Spot spot : plan.spots()) {
      nodes.add(node(spot));
      link(spot, links);
    }
    if (choice.subnets()) {
      plan.arcs().forEach(arc -> arcs.add(arc(arc)));
    }
    int machines = plan.spots().stream().mapToInt(spot -> spot.members().size()).sum();
    return JSON.createObjectBuilder()
        .add("label", Words.of("topology.label", machines))
        .add("width", plan.width())
        .add("height", plan.height())
        .add("alone", plan.spots().size() <= 1)
        .add("nobody", Words.of("topology.nobody"))
        .add("nodes", nodes)
        .add("links", links)
        .add("arcs", arcs)
        .build()
        .toString();
  }

  private JsonObjectBuilder node(TopologyPlan.Spot spot) {
    Machine machine = spot.machine();
    JsonObjectBuilder node =
        JSON.createObjectBuilder()
            .add("id", spot.id())
            .add("kind", spot.kind().name().toLowerCase(Locale.ROOT))
            .add("x", spot.x())
            .add("y", spot.y())
            .add("r", spot.radius());
    return machine == null ? group(node, spot) : machine(node, machine);
  }

  private JsonObjectBuilder machine(JsonObjectBuilder node, Machine machine) {
    String marks = marks(machine);
    String said =
        Words.of("topology.said", Words.name(machine), Words.state(machine), wayHere(machine))
            + (marks.isEmpty() ? "" : ", " + marks);
    JsonArrayBuilder squares = JSON.createArrayBuilder();
    if (choice.servers()) {
      List<Service> all = services.getOrDefault(machine.key(), List.of());
      all.stream().limit(SERVERS).forEach(each -> squares.add(each.state().word()));
      ServerCount count = ServerCount.of(all);
      said += ", " + Words.of("topology.servers", count.up(), count.expected());
    }
    boolean named = named(machine);
    return node.add("state", machine.foreign() ? "foreign" : machine.state().word())
        .add("name", named ? cut(Words.name(machine)) : "")
        .add("sub", named ? marks : "")
        .add("said", said)
        .add("servers", squares);
  }

  /** A small picture of many names those that need attention. */
  private boolean named(Machine machine) {
    return !choice.small()
        || plan.spots().size() <= FEW
        || machine.self()
        || machine.state() == MachineState.SUSPECT
        || machine.state() == MachineState.DEAD;
  }

  /** A small picture tells no round trips: it would change with each of them. */
  private String wayHere(Machine machine) {
    return choice.small() && !machine.self()
        ? Words.of("topology.way." + TopologyLink.of(machine).word())
        : way(machine);
  }

  /** What tells this machine from a common one: simulated ones are named so everywhere. */
  private static String marks(Machine machine) {
    List<String> marks = new ArrayList<>();
    if (machine.self()) {
      marks.add(Words.of("mark.self"));
    }
    if (machine.simulated()) {
      marks.add(Words.of("mark.simulated"));
    } else if (machine.legacy()) {
      marks.add(Words.of("mark.legacy"));
    }
    if (machine.foreign()) {
      marks.add(Words.of("mark.foreign"));
    }
    return String.join(", ", marks);
  }

  private JsonObjectBuilder group(JsonObjectBuilder node, TopologyPlan.Spot spot) {
    String name = TopologyGroup.name(spot.group());
    int count = spot.members().size();
    return switch (spot.kind()) {
      case FOLD ->
          node.add("state", "group")
              .add("count", "–")
              .add("name", cut(name))
              .add("sub", Words.of("topology.fold"))
              .add("said", Words.of("topology.fold.said", name));
      case REST ->
          node.add("state", "group")
              .add("count", "+" + count)
              .add("name", Words.of("topology.rest"))
              .add("sub", "")
              .add("said", Words.of("topology.rest.said", count, name));
      case BUBBLE, MACHINE, SELF -> {
        String states = states(spot.members());
        yield node.add("state", worst(spot.members()).word())
            .add("count", Integer.toString(count))
            .add("name", cut(name))
            .add("sub", choice.small() ? troubled(spot.members()) : states)
            .add("said", Words.of("topology.bubble.said", name, count, states));
      }
    };
  }

  private static String troubled(List<Machine> members) {
    return states(
        members.stream().filter(machine -> machine.state() != MachineState.ALIVE).toList());
  }

  /** How many are in each state, the gravest first. */
  static String states(List<Machine> members) {
    Map<MachineState, Integer> counts = new EnumMap<>(MachineState.class);
    members.forEach(each -> counts.merge(each.state(), 1, Integer::sum));
    List<String> parts = new ArrayList<>();
    for (MachineState state : GRAVEST_FIRST) {
      Integer count = counts.get(state);
      if (count != null) {
        parts.add(count + " " + Words.of("counter." + word(state)).toLowerCase(Locale.ROOT));
      }
    }
    return String.join(", ", parts);
  }

  private static final List<MachineState> GRAVEST_FIRST =
      List.of(
          MachineState.SUSPECT,
          MachineState.DEAD,
          MachineState.ALIVE,
          MachineState.HEARD,
          MachineState.LEFT);

  private static String word(MachineState state) {
    return state == MachineState.ALIVE ? "connected" : state.word();
  }

  private static MachineState worst(List<Machine> members) {
    for (MachineState state : GRAVEST_FIRST) {
      if (members.stream().anyMatch(each -> each.state() == state)) {
        return state;
      }
    }
    return MachineState.HEARD;
  }

  private void link(TopologyPlan.Spot spot, JsonArrayBuilder links) {
    TopologyLink link = strongest(spot);
    if (link == TopologyLink.NONE) {
      return;
    }
    Machine machine = spot.machine();
    String rtt =
        choice.small() || machine == null || !machine.connected() || machine.rttMillis() == null
            ? ""
            : Words.rtt(machine.rttMillis());
    links.add(
        JSON.createObjectBuilder()
            .add("id", spot.id())
            .add("kind", link.word())
            .add("x", spot.x())
            .add("y", spot.y())
            .add("text", rtt));
  }

  private static TopologyLink strongest(TopologyPlan.Spot spot) {
    return switch (spot.kind()) {
      case SELF, FOLD, REST -> TopologyLink.NONE;
      case MACHINE, BUBBLE ->
          spot.members().stream()
              .map(TopologyLink::of)
              .min(Enum::compareTo)
              .orElse(TopologyLink.NONE);
    };
  }

  /** The way to {@code machine} in words, for the table and whoever has the map read out. */
  static String way(Machine machine) {
    TopologyLink link = TopologyLink.of(machine);
    @Nullable Double rtt = machine.rttMillis();
    if (machine.self()) {
      return Words.of("topology.way.self");
    }
    return link == TopologyLink.LINKED && rtt != null
        ? Words.of("topology.way.linked.rtt", Words.rtt(rtt))
        : Words.of("topology.way." + link.word());
  }

  private static JsonObjectBuilder arc(TopologyPlan.Arc arc) {
    // what begins at the top is named there, where no name is in the way
    double middle = arc.from() < 0 ? 0 : (arc.from() + arc.to()) / 2;
    return JSON.createObjectBuilder()
        .add("id", arc.group() + " " + arc.radius() + " " + arc.from())
        .add("rx", TopologyPlan.across(arc.radius()))
        .add("ry", arc.radius())
        .add("whole", arc.whole())
        .add("wide", arc.to() - arc.from() > Math.PI)
        .add("x1", TopologyPlan.x(arc.radius(), arc.from()))
        .add("y1", TopologyPlan.y(arc.radius(), arc.from()))
        .add("x2", TopologyPlan.x(arc.radius(), arc.to()))
        .add("y2", TopologyPlan.y(arc.radius(), arc.to()))
        .add("x", TopologyPlan.x(arc.radius() + 42, middle))
        .add("y", TopologyPlan.y(arc.radius() + 42, middle))
        .add("text", TopologyGroup.name(arc.group()));
  }

  private String cut(String name) {
    int most = choice.small() ? SHORT_NAME : NAME;
    return name.codePointCount(0, name.length()) <= most
        ? name
        : name.substring(0, name.offsetByCodePoints(0, most - 1)) + "…";
  }
}
