package dev.caelum.cluster;

import dev.caelum.cluster.Rumor.Claim;
import org.jspecify.annotations.Nullable;

/** What this node has to say of each row. */
final class Claims {
  private final Table table;

  Claims(Table table) {
    this.table = table;
  }

  /** What {@code row} is now; null while it was only heard. */
  @Nullable Rumor of(Row row) {
    return switch (row.state) {
      case HEARD -> null;
      case ALIVE -> introduction(row);
      case SUSPECT -> found(row, Claim.SUSPECT);
      case DEAD -> gone(row);
      case LEFT -> claim(row, Claim.LEFT, row.instance, null);
    };
  }

  /** That {@code row} runs, and where; null without an instance. */
  @Nullable Rumor introduction(Row row) {
    return claim(
        row,
        Claim.ALIVE,
        row.instance,
        new Rumor.Introduction(
            row.endpoint, row.probe, row.hostname, row.clusterId, row.clusterName));
  }

  /** That the start of a node that {@code row} has is over; null without an instance. */
  @Nullable Rumor gone(Row row) {
    return found(row, Claim.DEAD);
  }

  private @Nullable Rumor found(Row row, Claim claim) {
    return claim(row, claim, table.self.instance(), null);
  }

  private static @Nullable Rumor claim(
      Row row,
      Claim claim,
      @Nullable InstanceId author,
      Rumor.@Nullable Introduction introduction) {
    InstanceId instance = row.instance;
    return instance == null || author == null
        ? null
        : new Rumor(row.id, instance, claim, row.incarnation, author, introduction);
  }
}
