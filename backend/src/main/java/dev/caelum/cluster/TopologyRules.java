package dev.caelum.cluster;

/** Keeps the links that the {@link Topology} wants, and in a sparse cluster no others for long. */
final class TopologyRules {
  private final Table table;
  private final DialRules dials;

  TopologyRules(Table table, DialRules dials) {
    this.table = table;
    this.dials = dials;
  }

  /** Dials those that the topology wants since it changed. */
  void repair() {
    if (table.topology.sparse() && table.topology.stale() && !table.stopping) {
      dial();
    }
  }

  private void dial() {
    // Whatever went wrong before: who is up and wanted has a link or an attempt to come.
    for (Row row : table.topology.sparse() ? table.topology.chosen() : table.up) {
      if (row.link == null && row.state == MemberState.ALIVE) {
        dials.introduced(row);
      }
    }
  }

  /** To be called now and then. */
  void tick() {
    if (table.stopping) {
      return;
    }
    dial();
    if (!table.topology.sparse()) {
      return;
    }
    long limit = table.settings.idleLimit().toNanos();
    for (LinkEntry link : table.links.values()) {
      Row row = link.row;
      boolean idle =
          link.outbound
              && !link.closing
              && row != null
              && !row.legacy
              && row.link == link
              && table.now - link.registeredAt > limit
              && !table.topology.wants(row);
      if (idle) {
        table.close(link, CloseCode.IDLE, "not needed at present");
      }
    }
  }
}
