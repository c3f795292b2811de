package dev.caelum.cluster;

import dev.caelum.cluster.DialPlan.Target;
import dev.caelum.cluster.Input.Origin;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom to dial, when somebody names an address, and what follows when a dial fails. */
final class DialRules {
  private static final String UDP = "UDP_BEACON";
  private static final long BEACON_NANOS = Duration.ofSeconds(15).toNanos();

  /** A sign of life that is older than this says nothing about now. */
  private static final long SILENT_NANOS = Duration.ofSeconds(2).toNanos();

  /** Who announces itself more rarely than this is one of so many that it dials no strangers. */
  private static final long CROWD_NANOS = Duration.ofSeconds(30).toNanos();

  private final Table table;
  private final StateRules states;

  DialRules(Table table, StateRules states) {
    this.table = table;
    this.states = states;
  }

  /**
   * A beacon of {@code row} came from {@code source}: dial it, unless that is planned already.
   *
   * @param fresh whether the beacon is news, so that a backoff from before it is void
   */
  void hint(Row row, Endpoint source, boolean fresh) {
    boolean unwanted = row.up() && !table.topology.wants(row);
    if (row.foreign || row.parted || table.stopping || unwanted) {
      return;
    }
    boolean waits = row.beaconIntervalNanos <= CROWD_NANOS;
    long firstAt = table.now + (waits ? table.yieldNanos(row) : 0);
    Target target = table.dials.target(row.key);
    if (target == null) {
      table.dials.plan(new Target(row.key, row, source, Origin.BEACON, UDP), firstAt);
      return;
    }
    if (target.pending) {
      return;
    }
    if (fresh && target.fallback == 0) {
      target.endpoint = source;
    }
    Long next = target.nextAt;
    if (target.welcomed && fresh) {
      target.attempts = 0;
      table.dials.schedule(target, firstAt);
    } else if (next == null || (target.welcomed && next - firstAt > BEACON_NANOS)) {
      table.dials.schedule(target, firstAt);
    }
  }

  /** A beacon names an address under the id of a connected member: a dial tells who is there. */
  void stranger(Endpoint endpoint, Announcement from) {
    if (table.stopping || table.dials.strangers() >= table.settings.contactLimit()) {
      return;
    }
    table.dials.plan(
        // Not the key of a row: one that has since moved may have it.
        new Target(endpoint.toString(), null, endpoint, Origin.BEACON, UDP),
        table.now + table.yieldNanos(from.id(), from.instance()));
  }

  /** Others told of {@code row}, or it came back: dial it if a link with it is wanted. */
  void introduced(Row row) {
    if (row.link == null && table.topology.wants(row)) {
      long wait = table.topology.sparse() ? 0 : table.yieldNanos(row);
      dialAt(row, table.now + wait);
    }
  }

  /** A link with {@code row} is needed now, wanted by the topology or not. */
  void onDemand(Row row) {
    if (row.link == null) {
      dialAt(row, table.now);
      Target target = table.dials.target(row.key);
      if (target != null) {
        target.needed = true;
      }
    }
  }

  private void dialAt(Row row, long at) {
    if (table.stopping || row.foreign || row.parted) {
      return;
    }
    Target target = table.dials.target(row.key);
    if (target == null) {
      table.dials.plan(new Target(row.key, row, row.endpoint, Origin.PEER, "PEER"), at);
      return;
    }
    // Members vouch for it, so it goes before whatever else was named at its host.
    table.dials.meet(target);
    Long planned = target.nextAt;
    // Whose dials failed is tried at the pace of one that was welcomed: it is known to run.
    long next = target.attempts > 0 ? at + DialPlan.BACKOFF_LIMIT_NANOS : at;
    if (!target.pending && (planned == null || planned - next > 0)) {
      target.endpoint = row.endpoint;
      table.dials.schedule(target, next);
    }
  }

  /** The link of {@code row} is gone: dial it again, later if it is known to be dead. */
  void reconnect(Row row) {
    long wait =
        row.state == MemberState.DEAD
            ? DialPlan.BACKOFF_LIMIT_NANOS
            : DialPlan.BACKOFF_FIRST_NANOS + table.yieldNanos(row);
    Target target =
        table.dials.plan(
            new Target(row.key, row, row.endpoint, Origin.BEACON, UDP), table.now + wait);
    table.dials.meet(target);
    if (!target.pending) {
      target.endpoint = row.endpoint;
      table.dials.schedule(target, table.now + wait);
    }
  }

  /** Somebody names an address. */
  void contact(Input.Contact contact) {
    Endpoint endpoint = contact.target();
    if (table.stopping
        || endpoint.equals(table.self.endpoint())
        || table.dials.pendingAt(endpoint) != null) {
      return;
    }
    Row known = null;
    for (Row row : table.rows.at(endpoint)) {
      if (row.link != null) {
        return;
      }
      known = known == null || known.state == MemberState.DEAD ? row : known;
    }
    if (known != null && !contact.origin().trusted() && !wanted(known)) {
      return;
    }
    if (known != null && known.parted) {
      if (contact.origin() != Origin.OPERATOR) {
        return;
      }
      known.parted = false;
    }
    String owner = known == null ? endpoint.toString() : known.key;
    if (known == null
        && table.dials.target(owner) == null
        && table.dials.strangers() >= table.settings.contactLimit()) {
      return;
    }
    Target target =
        table.dials.plan(
            new Target(owner, known, endpoint, contact.origin(), contact.method()), table.now);
    if (target.pending) {
      return;
    }
    table.dials.aim(target, endpoint, contact.origin(), contact.method(), table.now);
    if (contact.origin() == Origin.OPERATOR) {
      launch(target);
    }
  }

  /** A machine of an earlier run: dead until it is met again, dialled now. */
  void remembered(Input.Remembered memory) {
    InstanceId instance = memory.instance();
    boolean legacy = instance == null;
    boolean known =
        legacy
            ? table.rows.legacy(memory.id(), memory.endpoint().host()) != null
            : memory.id().equals(table.self.id())
                || table.rows.withId(memory.id()).stream().anyMatch(row -> !row.legacy);
    if (known || !table.rows.memberFits()) {
      return;
    }
    Row row = table.row(memory.id(), legacy, memory.endpoint());
    row.instance = instance;
    row.hostname = memory.hostname();
    row.primaryIp = memory.endpoint().host();
    row.clusterId = memory.clusterId();
    row.clusterName = memory.clusterName();
    table.add(row);
    table.rows.registered(row);
    row.to(MemberState.DEAD, table.now);
    table.dials.plan(
        new Target(row.key, row, memory.endpoint(), Origin.MEMORY, "KNOWN_MACHINE"),
        table.now + table.yieldNanos(row));
  }

  /** Starts what is due. */
  void due() {
    if (table.stopping) {
      return;
    }
    for (Target target : table.dials.due(table.now)) {
      Row row = target.row;
      boolean met =
          row == null && table.rows.at(target.endpoint).stream().anyMatch(table::connected);
      if (met || target.endpoint.equals(table.self.endpoint())) {
        table.dials.finish(target);
        table.dials.drop(target.owner);
      } else if (row != null && (table.connected(row) || !wanted(target, row))) {
        table.dials.finish(target);
      } else {
        announce(target);
      }
    }
  }

  /** Whether what was planned when fewer nodes were known is still wanted. */
  private boolean wanted(Target target, Row row) {
    return target.needed || target.origin.trusted() || wanted(row);
  }

  private boolean wanted(Row row) {
    if (row.legacy) {
      return true;
    }
    return row.up()
        ? table.topology.wants(row)
        : !table.topology.crowded() || !table.topology.linked(table.dials.pendingCount());
  }

  private void launch(Target target) {
    if (table.dials.pendingAt(target.endpoint) != null) {
      table.dials.schedule(target, table.now);
      return;
    }
    table.dials.start(target, table.now);
    announce(target);
  }

  private void announce(Target target) {
    Row row = target.row;
    boolean other =
        row != null && row.instance != null && !table.self.instance().equals(row.instance);
    table.tell(new ClusterEvent.DialStarted(target.endpoint, view(row), target.method));
    table.emit(new Effect.Dial(target.endpoint, target.origin, other));
  }

  void failed(Input.DialFailed failed) {
    Target target = table.dials.finish(failed.target());
    if (target != null) {
      failed(target, failed.target(), failed.code(), failed.evidence(), failed.millis());
    }
  }

  /** An attempt of {@code target} is over and brought no registered link. */
  void failed(Target target, Endpoint tried, FailureCode code, String evidence, long millis) {
    Row row = target.row;
    if (row != null && table.connected(row)) {
      table.dials.pause(target);
      return;
    }
    int attempt = target.attempts + 1;
    Long next;
    boolean nextPort =
        row != null && row.legacy && code == FailureCode.REFUSED && nextPort(target, row);
    if (nextPort) {
      next = table.now;
    } else if (isOver(target, code, attempt) || (row != null && row.parted)) {
      table.dials.drop(target.owner);
      next = null;
    } else {
      next = table.dials.retry(target, code, table.now);
      if (row != null && !row.legacy) {
        Endpoint other = row.otherAddress(tried);
        boolean allowed = next != null && table.dials.allows(target, other, next);
        target.endpoint = allowed ? other : tried;
      }
    }
    Failure failure = new Failure(code, tried, evidence, millis, attempt, table.now, next);
    if (row != null) {
      row.lastFailure = failure;
      row.changed();
      boolean refused = code == FailureCode.REFUSED && tried.equals(row.endpoint);
      if (refused && (row.state == MemberState.SUSPECT || spared(row))) {
        states.processGone(row, tried);
      } else if (row.state == MemberState.DEAD && row.heardAgain) {
        row.to(MemberState.HEARD, table.now);
      }
    }
    table.tell(new ClusterEvent.DialFailed(failure, view(row), target.method));
    if (nextPort) {
      // All ports of one source are one attempt, so no budget is asked in between.
      launch(target);
    }
  }

  /**
   * Whether {@code row} counts as alive only because its silence, and the end of its link, were
   * laid to this node's own network. A refusal comes from the host itself.
   */
  private boolean spared(Row row) {
    return row.state == MemberState.ALIVE
        && row.link == null
        && row.met
        && !table.judges()
        && table.now - row.lastEvidenceAt > SILENT_NANOS;
  }

  /** Whether {@code attempt} was the last: the peer is not for us, or was only named once. */
  private static boolean isOver(Target target, FailureCode code, int attempt) {
    if (code == FailureCode.SELF || code == FailureCode.FOREIGN) {
      return true;
    }
    return target.row == null && target.origin != Origin.CONFIGURATION && attempt >= 1;
  }

  /**
   * Old dashboards say 8080 and listen elsewhere: aim at the next port of the same source, which
   * may be this node's own machine.
   */
  private boolean nextPort(Target target, Row row) {
    List<Integer> ports = Input.LEGACY_PORTS;
    String host = target.endpoint.host();
    boolean usual = ports.contains(row.endpoint.port());
    if (usual && !(row.registered && row.state.online())) {
      for (int next = target.fallback + 1; next < ports.size(); next++) {
        int port = ports.get(next) == row.endpoint.port() ? ports.getFirst() : ports.get(next);
        Endpoint endpoint = new Endpoint(host, port);
        if (!endpoint.equals(table.self.endpoint())) {
          target.fallback = next;
          target.endpoint = endpoint;
          return true;
        }
      }
    }
    target.fallback = 0;
    target.endpoint = new Endpoint(host, row.endpoint.port());
    return false;
  }

  private static @Nullable Member view(@Nullable Row row) {
    return row == null ? null : row.view(false);
  }
}
