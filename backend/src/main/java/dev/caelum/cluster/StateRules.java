package dev.caelum.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** When a member is alive, suspect, dead or gone, and when two of them are one id. */
final class StateRules {
  /** What was under way when a member died still arrives for a while and is no sign of life. */
  private static final long LATE_NANOS = Duration.ofSeconds(2).toNanos();

  /** A process that is being killed may listen for a moment longer than its links stand. */
  private static final long DYING_NANOS = Duration.ofSeconds(1).toNanos();

  private static final long RECHECK_NANOS = Duration.ofMillis(100).toNanos();

  private final Table table;

  StateRules(Table table) {
    this.table = table;
  }

  /** Something came from {@code row} itself: it lives. */
  void evidence(Row row) {
    row.lastEvidenceAt = table.now;
    table.heardAt = table.now;
    Suspicion doubt = row.doubt();
    if (doubt != null) {
      doubt.end(Member.Doubt.Outcome.ANSWERED, table.now);
      row.touched();
    }
    alive(row);
  }

  /** The member lives, by its own word or by that of others. */
  void alive(Row row) {
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
    if (!row.legacy) {
      doubt(row, why);
      table.toVerify.add(row);
    }
    if (row.state == MemberState.ALIVE) {
      row.to(MemberState.SUSPECT, table.now);
      table.tell(new ClusterEvent.Suspected(row.view(false), why));
    }
    check(row);
  }

  /** The suspicion that is open, or a new one. */
  Suspicion doubt(Row row, String evidence) {
    Suspicion open = row.doubt();
    if (open == null) {
      open = new Suspicion(table.now, evidence);
      row.suspicion = open;
      row.touched();
    }
    return open;
  }

  /** This node's own probe of {@code row} failed. */
  void silent(Row row, String evidence) {
    Suspicion doubt = doubt(row, evidence);
    if (row.state == MemberState.ALIVE) {
      suspect(row, evidence);
    }
    boolean confirmed = doubt.confirmed();
    if (doubt.accusedBy(table.self.instance(), table.now)) {
      row.changed();
      if (!confirmed) {
        table.gossip.found(row);
      }
    }
    if (doubt.declaredDead) {
      die(row, "declared dead by others, and silent for this node, too: " + evidence);
    }
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
        if (table.now - row.stateSince < DYING_NANOS) {
          row.nextCheckAt = table.now + RECHECK_NANOS;
        }
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

  /** This node found that {@code row} is gone. */
  void die(Row row, String why) {
    dead(row, why);
    if (row.registered && !row.legacy) {
      table.gossip.found(row);
    }
    forgetIfMoved(row);
  }

  /** {@code row} is gone, by this node's finding or another's. */
  void dead(Row row, String why) {
    row.to(MemberState.DEAD, table.now);
    Suspicion doubt = row.doubt();
    if (doubt != null) {
      doubt.end(Member.Doubt.Outcome.CONFIRMED, table.now);
    }
    row.diedAt = table.now;
    row.heardAgain = false;
    table.tell(new ClusterEvent.Died(row.view(false), why));
    markDuplicates(row);
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
        table.close(link, CloseCode.NORMAL, "goodbye");
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

  /** Forgets a machine that is gone, for an operator. */
  void forget(Input.Forget wish) {
    Row row = table.rows.get(wish.key());
    if (row != null && (row.state == MemberState.DEAD || row.state == MemberState.LEFT)) {
      forget(row);
    }
  }

  void forget(Row row) {
    if (!table.rows.contains(row)) {
      return;
    }
    if (row.registered) {
      detach(row);
    }
    row.link = null;
    table.remove(row);
    table.dials.drop(row.key);
    table.tellRemoved(row);
    markDuplicates(row);
  }

  /** Whether one more member fits, if need be in the place of one that is gone. */
  boolean roomForMember() {
    if (!table.rows.memberFits()) {
      Row gone = table.rows.longestGone();
      if (gone == null) {
        return false;
      }
      forget(gone);
    }
    return true;
  }

  private void detach(Row row) {
    for (LinkEntry link : table.links.values()) {
      if (link.row == row) {
        link.row = null;
        if (!link.closing) {
          table.close(link, CloseCode.SPARE, "the row is gone");
        }
      }
    }
  }

  /**
   * Marks each row with the id of {@code row}, this node's own among them, by whether several are
   * live, and tells it once.
   */
  void markDuplicates(Row row) {
    List<Row> same = table.rows.withId(row.id);
    if (row.id.equals(table.self.id())) {
      same = new ArrayList<>(same);
      same.add(table.selfRow);
    }
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
    switch (row.state) {
      case ALIVE -> {}
      case SUSPECT -> {
        if (now - row.nextCheckAt >= 0) {
          check(row);
        }
        if (table.judges() && unanswered(row)) {
          die(row, silence(row));
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

  private boolean unanswered(Row row) {
    Settings settings = table.settings;
    if (!row.legacy) {
      Suspicion doubt = row.doubt();
      return doubt != null
          && doubt.unanswered(table.stretched(doubt.nanos(table.nodes(), settings)), table.now);
    }
    Duration limit = row.link == null ? settings.legacyBeaconLimit() : settings.legacySuspicion();
    return table.now - Math.max(row.stateSince, row.lastBeaconAt) > limit.toNanos();
  }

  private String silence(Row row) {
    String silent = "silent for " + (table.now - row.lastEvidenceAt) / 1_000_000_000 + " s";
    Suspicion doubt = row.doubt();
    int accusers = doubt == null ? 0 : doubt.view().accusers().size();
    return accusers < 2 ? silent : silent + ", found so by " + accusers + " machines";
  }
}
