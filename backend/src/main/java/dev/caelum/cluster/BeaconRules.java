package dev.caelum.cluster;

import java.time.Duration;
import java.util.Objects;

/** What a beacon may do: make a row that is only heard, refresh one, cause a dial. Never more. */
final class BeaconRules {
  private static final long SHORTEST_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_NANOS = Duration.ofMinutes(5).toNanos();

  private final Table table;
  private final StateRules states;
  private final DialRules dials;

  BeaconRules(Table table, StateRules states, DialRules dials) {
    this.table = table;
    this.states = states;
    this.dials = dials;
  }

  void heard(Input.BeaconHeard heard) {
    Announcement from = heard.from();
    Endpoint source = heard.endpoint();
    InstanceId instance = from.instance();
    if (table.self.instance().equals(instance) || (instance != null && isPast(from, source))) {
      return;
    }
    if (instance == null) {
      Row row = table.rows.legacy(from.id(), source.host());
      if (row == null) {
        first(heard);
      } else {
        again(row, heard);
      }
      return;
    }
    Row row = table.rows.own(from.id(), instance, source);
    if (row == null) {
      first(heard);
    } else if (!instance.equals(row.instance)) {
      otherInstance(row, heard, instance);
    } else if (from.sequence() > row.lastSequence) {
      again(row, heard);
    } else {
      row.heardAt(source, table.now);
    }
  }

  /** A late beacon of this node's own last run. */
  private boolean isPast(Announcement from, Endpoint source) {
    return from.id().equals(table.self.id()) && source.equals(table.self.endpoint());
  }

  private void first(Input.BeaconHeard heard) {
    Announcement from = heard.from();
    Row stalest = table.rows.stalestHeard();
    if (stalest != null) {
      states.forget(stalest);
    }
    Row row = table.row(from.id(), from.legacy(), heard.endpoint());
    row.instance = from.instance();
    table.add(row);
    refresh(row, heard);
    discovered(row);
    dials.hint(row, heard.endpoint(), true);
  }

  private void discovered(Row row) {
    table.tell(new ClusterEvent.Discovered(row.view(false)));
    if (row.foreign) {
      table.tell(new ClusterEvent.ForeignSeen(row.view(false)));
    }
    states.markDuplicates(row);
  }

  private void again(Row row, Input.BeaconHeard heard) {
    if (row.state == MemberState.LEFT || states.late(row)) {
      return;
    }
    boolean back = row.state == MemberState.DEAD && !row.heardAgain;
    refresh(row, heard);
    if (back) {
      row.heardAgain = true;
      if (!row.registered) {
        row.to(MemberState.HEARD, table.now);
      }
      discovered(row);
    }
    if (row.link == null) {
      dials.hint(row, heard.endpoint(), back);
    } else if (!table.connected(row) && !heard.endpoint().equals(row.endpoint)) {
      dials.hint(row, heard.endpoint(), true);
    }
  }

  /**
   * A beacon under a known id with an instance that the row does not have: a restart or a clone.
   * Only where no link stands may a beacon decide which.
   */
  private void otherInstance(Row row, Input.BeaconHeard heard, InstanceId instance) {
    Endpoint source = heard.endpoint();
    boolean here = source.equals(row.endpoint);
    if (here && row.retired(instance, table.now)) {
      return;
    }
    if (row.link != null) {
      if (!table.connected(row)) {
        dials.hint(row, source, true);
      } else if (!here) {
        dials.stranger(source, heard.from());
      }
      return;
    }
    switch (row.state) {
      case DEAD, LEFT -> {
        table.rows.adopt(row, instance, here, table.now);
        row.to(MemberState.HEARD, table.now);
        refresh(row, heard);
        discovered(row);
      }
      case HEARD -> {
        table.rows.adopt(row, instance, here, table.now);
        refresh(row, heard);
      }
      // The old instance is on its way out; the link will settle it.
      case ALIVE, SUSPECT -> row.heardAt(source, table.now);
    }
    dials.hint(row, source, true);
  }

  private void refresh(Row row, Input.BeaconHeard heard) {
    Announcement from = heard.from();
    row.lastBeaconAt = table.now;
    row.lastSequence = from.sequence();
    row.beaconIntervalNanos = Math.clamp(from.interval().toNanos(), SHORTEST_NANOS, LONGEST_NANOS);
    row.heardAt(heard.endpoint(), table.now);
    table.rows.touched(row);
    if (row.info == null && !says(row, from)) {
      row.hostname = from.hostname();
      row.primaryIp = from.primaryIp();
      row.clusterId = from.clusterId();
      row.clusterName = from.clusterName();
      row.services = from.services();
      row.changed();
    }
    if (row.link != null) {
      return;
    }
    row.lastEvidenceAt = table.now;
    boolean foreign = !row.legacy && !Objects.equals(from.cluster(), table.self.cluster());
    if (foreign != row.foreign) {
      row.foreign = foreign;
      row.changed();
    }
    // Anybody may say anything in a beacon: a member is where it registered or claims to be.
    if (row.registered) {
      return;
    }
    row.incarnation = Math.max(row.incarnation, from.incarnation());
    if (!row.legacy
        && !heard.endpoint().equals(row.endpoint)
        && !row.freshAt(row.endpoint, table.now)) {
      table.rows.move(row, heard.endpoint());
    }
  }

  private static boolean says(Row row, Announcement from) {
    return row.hostname.equals(from.hostname())
        && row.primaryIp.equals(from.primaryIp())
        && row.clusterId.equals(from.clusterId())
        && row.clusterName.equals(from.clusterName())
        && row.services.equals(from.services());
  }
}
