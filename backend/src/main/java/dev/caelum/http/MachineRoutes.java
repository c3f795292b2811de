package dev.caelum.http;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The table of machines. */
final class MachineRoutes {
  private final NodePort node;

  MachineRoutes(NodePort node) {
    this.node = node;
  }

  /** All machines, counted. */
  public record MachinesView(
      int totalMachines,
      int onlineMachines,
      int offlineMachines,
      int heardMachines,
      TotalsView totalResources,
      List<MachineView> machines,
      List<MachineView> otherMachines) {}

  /** The answer to a registration. */
  public record RegisteredView(String status, String machineId, String message) {}

  /** The answer to a heartbeat. */
  public record HeartbeatView(String status, String timestamp) {}

  void register(Routes routes) {
    String machines = HttpApi.BASE + "/machines";
    routes.get(machines, this::list);
    routes.get(machines + "/{id}", request -> Reply.ok(view(find(request))));
    routes.post(machines + "/register", this::registerMachine);
    routes.post(
        machines + "/{id}/heartbeat",
        request -> {
          find(request);
          return Reply.ok(new HeartbeatView("received", Instant.now().toString()));
        });
  }

  private Reply list(ServerRequest request) {
    List<Member> all = node.snapshot().members();
    List<Member> online = all.stream().filter(member -> member.state().online()).toList();
    String wanted = Bodies.parameter(request, "state");
    Predicate<Member> shown =
        wanted == null
            ? member -> member.state().online()
            : member -> states(wanted).contains(member.state());
    long now = node.now();
    return Reply.ok(
        new MachinesView(
            count(all, MemberState.ALIVE, MemberState.SUSPECT, MemberState.DEAD, MemberState.LEFT),
            online.size(),
            count(all, MemberState.DEAD, MemberState.LEFT),
            count(all, MemberState.HEARD),
            TotalsView.of(online),
            MachineView.of(all.stream().filter(shown).toList(), now),
            wanted == null
                ? MachineView.of(all.stream().filter(shown.negate()).toList(), now)
                : List.of()));
  }

  /**
   * A machine that a script announces. Nothing is believed from the body but where to look: the
   * machine is dialled, and registers itself over the link if it is there.
   */
  private Reply registerMachine(ServerRequest request) throws Exception {
    JsonObject body = Bodies.json(request);
    MachineBody machine = MachineBody.of(body);
    List<Member> known = matching(machine.machineId());
    if (known.stream().anyMatch(Member::connected)) {
      return Reply.ok(
          new RegisteredView("registered", machine.machineId(), "This machine is connected."));
    }
    var result =
        Waiting.on(node.connect(machine.primaryIp(), MachineBody.DEFAULT_PORT), Waiting.CONNECT);
    return Reply.ok(
        new RegisteredView(
            result.connected() ? "registered" : "error", machine.machineId(), result.text()));
  }

  private MachineView view(Member member) {
    return MachineView.of(member, node.now());
  }

  /** The one row that the path names by key or id. */
  private Member find(ServerRequest request) {
    String id = request.path().pathParameters().get("id");
    List<Member> rows = matching(id);
    if (rows.isEmpty()) {
      throw Problem.of(404, "unknown_machine", "No machine goes by this id or key (any more).")
          .refused();
    }
    if (rows.size() > 1) {
      throw Problem.of(409, "duplicate_id", "Several machines use this id; ask by key.")
          .keys(rows.stream().map(Member::key).toList())
          .refused();
    }
    return rows.getFirst();
  }

  private List<Member> matching(String idOrKey) {
    ClusterSnapshot table = node.snapshot();
    Member byKey = byKey(table, idOrKey);
    return byKey != null
        ? List.of(byKey)
        : table.members().stream().filter(m -> m.id().value().equals(idOrKey)).toList();
  }

  private static @Nullable Member byKey(ClusterSnapshot table, String key) {
    return table.members().stream().filter(m -> m.key().equals(key)).findFirst().orElse(null);
  }

  private static Set<MemberState> states(String list) {
    var states = EnumSet.noneOf(MemberState.class);
    for (String word : list.split(",", -1)) {
      MemberState found = null;
      for (MemberState state : MemberState.values()) {
        if (Words.of(state).equals(word.strip().toLowerCase(Locale.ROOT))) {
          found = state;
        }
      }
      if (found == null) {
        throw Bodies.badParameter("state", "a list of alive, suspect, dead, left, heard").refused();
      }
      states.add(found);
    }
    return states;
  }

  private static int count(List<Member> members, MemberState first, MemberState... more) {
    Set<MemberState> states = EnumSet.of(first, more);
    return (int) members.stream().filter(member -> states.contains(member.state())).count();
  }
}
