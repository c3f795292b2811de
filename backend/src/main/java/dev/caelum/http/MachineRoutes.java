package dev.caelum.http;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.feed.MemberNames;
import dev.caelum.feed.MemberText;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

  /** Why a machine is in its state: what holds now, and what happened, newest first. */
  public record WhyView(
      String key,
      String hostname,
      String state,
      double stateSinceSeconds,
      String summary,
      List<String> reasons,
      List<FindingView> findings) {}

  /** One thing that happened. */
  public record FindingView(String time, double ageSeconds, String code, String text) {}

  /** The answer to a registration. */
  public record RegisteredView(String status, String machineId, String message) {}

  /** The answer to a heartbeat. */
  public record HeartbeatView(String status, String timestamp) {}

  void register(Routes routes) {
    String machines = HttpApi.BASE + "/machines";
    routes.get(machines, this::list);
    routes.get(machines + "/{id}", request -> Reply.ok(view(find(request))));
    routes.get(machines + "/{id}/why", request -> Reply.ok(why(find(request))));
    new OperatorRoutes(node.operator(), this::find, this::view).register(routes);
    routes.post(machines + "/register", this::registerMachine);
    routes.post(
        machines + "/{id}/heartbeat",
        request -> {
          find(request);
          return Reply.ok(new HeartbeatView("received", Instant.now().toString()));
        });
  }

  private Reply list(ServerRequest request) {
    ClusterSnapshot table = node.snapshot();
    List<Member> all = table.members();
    MemberNames names = new MemberNames(table);
    List<Member> online = all.stream().filter(member -> member.state().online()).toList();
    String wanted = Bodies.parameter(request, "state");
    Predicate<Member> shown =
        wanted == null
            ? member -> member.state().online()
            : member -> states(wanted).contains(member.state());
    return Reply.ok(
        new MachinesView(
            count(all, MemberState.ALIVE, MemberState.SUSPECT, MemberState.DEAD, MemberState.LEFT),
            online.size(),
            count(all, MemberState.DEAD, MemberState.LEFT),
            count(all, MemberState.HEARD),
            TotalsView.of(online),
            MachineView.of(all.stream().filter(shown).toList(), names, node),
            wanted == null
                ? MachineView.of(all.stream().filter(shown.negate()).toList(), names, node)
                : List.of()));
  }

  /** Every machine, whatever its state. */
  List<MachineView> everything() {
    ClusterSnapshot table = node.snapshot();
    return MachineView.of(table.members(), new MemberNames(table), node);
  }

  /** Why the one machine of that name, id or key is in its state. */
  WhyView why(String machine) {
    List<Member> named =
        node.snapshot().members().stream()
            .filter(member -> member.hostname().equalsIgnoreCase(machine))
            .toList();
    return why(one(named.isEmpty() ? matching(machine) : named));
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
    return MachineView.of(member, new MemberNames(node.snapshot()), node);
  }

  private WhyView why(Member member) {
    long now = node.now();
    Instant moment = Instant.now();
    return new WhyView(
        member.key(),
        member.hostname(),
        Words.of(member.state()),
        Words.seconds(Math.max(0, now - member.stateSince())),
        MemberText.summary(member),
        MemberText.reasons(member, new MemberNames(node.snapshot()), now),
        node.findings(member.key()).stream()
            .map(finding -> {
              long age = Math.max(0, now - finding.at());
              return new FindingView(
                  moment.minusNanos(age).truncatedTo(ChronoUnit.MILLIS).toString(),
                  Words.seconds(age),
                  finding.code(),
                  finding.text());
            })
            .toList());
  }

  /** The one row that the path names by key or id. */
  private Member find(ServerRequest request) {
    String id = request.path().pathParameters().get("id");
    return one(matching(id));
  }

  private static Member one(List<Member> rows) {
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
