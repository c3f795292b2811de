package dev.caelum.cluster;

import java.util.List;

/** Keeps the links that the {@link Topology} wants, and in a sparse cluster no others for long. */
final class TopologyRules {
  private final Table table;
  private final DialRules dials;

  TopologyRules(Table table, DialRules dials) {
    this.table = table;
    this.dials = dials;
  }

  void tick() {
    if (!table.topology.sparse() || table.stopping) {
      return;
    }
    for (Row row : table.topology.chosen()) {
      if (row.link == null && row.state == MemberState.ALIVE) {
        dials.introduced(row);
      }
    }
    long limit = table.settings.idleLimit().toNanos();
    for (LinkEntry link : List.copyOf(table.links.values())) {
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
        table.close(link, LinkRules.IDLE, "not needed at present");
      }
    }
  }
}
