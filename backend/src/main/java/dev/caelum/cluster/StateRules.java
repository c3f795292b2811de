package dev.caelum.cluster;

import java.time.Duration;
import java.util.List;

/** When a member is alive, suspect, dead or gone, and when two of them are one id. */
final class StateRules {
  /** What was under way when a member died still arrives for a while and is no sign of life. */
  private static final long LATE_NANOS = Duration.ofSeconds(2).toNanos();

  private final Table table;

  StateRules(Table table) {
    this.table = table;
  }

  /** Something came over a link of {@code row}: it lives. */
  void evidence(Row row) {
    row.lastEvidenceAt = table.now;
    if (row.state == MemberState.ALIVE) {
      return;
    }
    MemberState was = row.state;
    row.to(MemberState.ALIVE, table.now);
    List.copyOf(table.rows.withId(row.id)).forEach(this::forgetIfMoved);
    markDuplicates(row);
    if (was != MemberState.HEARD) {
      table.tell(new ClusterEvent.Returned(row.view(false), was));
    }
  }

  void suspect(Row row, String why) {
    row.to(MemberState.SUSPECT, table.now);
    table.tell(new ClusterEvent.Suspected(row.view(false), why));
    check(row);
  }

  /** Has a suspect checked now. */
  void check(Row row) {
    row.nextCheckAt = table.now + table.settings.checkInterval().toNanos();
    table.emit(new Effect.Check(row.key, row.endpoint));
  }

  /** A check of a suspect ended: a refusal proves that its process is gone, silence nothing. */
  void checked(Input.Checked checked) {
    Row row = table.rows.get(checked.key());
    if (row == null || row.state != MemberState.SUSPECT) {
      return;
    }
    switch (checked.reach()) {
      case REFUSED -> processGone(row, row.endpoint);
      case LISTENING -> {
        DialPlan.Target target = table.dials.target(row.key);
        if (row.link == null && target != null && !target.pending && target.attempts == 0) {
          table.dials.schedule(target, table.now + table.yieldNanos(row));
        }
      }
      case SILENT -> {}
    }
  }

  void processGone(Row row, Endpoint refusing) {
    die(row, "its process is gone: " + refusing + " refuses connections");
  }

  void die(Row row, String why) {
    row.to(MemberState.DEAD, table.now);
    row.diedAt = table.now;
    row.heardAgain = false;
    table.tell(new ClusterEvent.Died(row.view(false), why));
    markDuplicates(row);
    forgetIfMoved(row);
  }

  /** Forgets the row of a node that is gone from there and lives at another address. */
  boolean forgetIfMoved(Row row) {
    boolean moved =
        (row.state == MemberState.DEAD || row.state == MemberState.LEFT)
            && row.link == null
            && !row.legacy
            && table.rows.withId(row.id).stream()
                .anyMatch(other -> !other.legacy && other.state == MemberState.ALIVE);
    if (moved) {
      forget(row);
    }
    return moved;
  }

  /** Whether what comes from a dead {@code row} now was sent before it died. */
  boolean late(Row row) {
    Long diedAt = row.diedAt;
    return row.state == MemberState.DEAD && diedAt != null && table.now - diedAt < LATE_NANOS;
  }

  /** The member said goodbye. */
  void leave(Row row) {
    for (LinkEntry link : table.links.values()) {
      if (link.row == row && !link.closing) {
        table.close(link, 1000, "goodbye");
      }
    }
    row.link = null;
    row.changed();
    table.dials.drop(row.key);
    if (row.state.next().contains(MemberState.LEFT)) {
      row.to(MemberState.LEFT, table.now);
      table.tell(new ClusterEvent.Departed(row.view(false)));
    }
    markDuplicates(row);
    forgetIfMoved(row);
  }

  void forget(Row row) {
    if (row.registered) {
      detach(row);
    }
    row.link = null;
    table.rows.remove(row);
    table.dials.drop(row.key);
    table.tellRemoved(row);
    markDuplicates(row);
  }

  private void detach(Row row) {
    for (LinkEntry link : table.links.values()) {
      if (link.row == row) {
        link.row = null;
        if (!link.closing) {
          table.close(link, 4001, "the row is gone");
        }
      }
    }
  }

  /** Marks each row with the id of {@code row} by whether several are live, and tells it once. */
  void markDuplicates(Row row) {
    List<Row> same = table.rows.withId(row.id);
    boolean was = row.duplicateId;
    long live = same.stream().filter(StateRules::live).count();
    for (Row each : same) {
      boolean duplicate = live > 1 && live(each);
      if (each.duplicateId != duplicate) {
        each.duplicateId = duplicate;
        each.changed();
      }
    }
    if (row.duplicateId && !was) {
      same.stream()
          .filter(other -> other != row && live(other))
          .findFirst()
          .ifPresent(other -> table.tell(new ClusterEvent.DuplicateId(row.view(false), other.key)));
    }
  }

  private static boolean live(Row row) {
    return row.state.online() || row.state == MemberState.HEARD;
  }

  void tick(Row row) {
    Settings settings = table.settings;
    long now = table.now;
    LinkEntry link = row.link;
    switch (row.state) {
      case ALIVE -> {
        if (link != null && table.quiet(link)) {
          suspect(row, "no answer for " + (now - link.lastHeardAt) / 1_000_000_000 + " s");
        }
      }
      case SUSPECT -> {
        if (now - row.nextCheckAt >= 0) {
          check(row);
        }
        long since = row.legacy ? Math.max(row.stateSince, row.lastBeaconAt) : row.stateSince;
        if (now - since > suspicion(row)) {
          die(row, "silent for " + (now - row.lastEvidenceAt) / 1_000_000_000 + " s");
        }
      }
      case HEARD -> {
        long limit =
            row.legacy
                ? settings.legacyBeaconLimit().toNanos()
                : Settings.STALE_INTERVALS * row.beaconIntervalNanos;
        if (now - row.lastBeaconAt > limit) {
          die(row, "no beacon for " + (now - row.lastBeaconAt) / 1_000_000_000 + " s");
        }
      }
      case DEAD, LEFT -> {
        long limit = (row.registered ? settings.goneLimit() : settings.heardGoneLimit()).toNanos();
        if (now - row.stateSince > limit && row.link == null) {
          forget(row);
        }
      }
    }
  }

  private long suspicion(Row row) {
    Settings settings = table.settings;
    return (row.legacy && row.link == null ? settings.legacyBeaconLimit() : settings.suspicion())
        .toNanos();
  }
}
