package dev.caelum.node;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.config.NodeConfig;
import dev.caelum.feed.Feed;
import dev.caelum.feed.NodeStatus;
import dev.caelum.history.History;
import dev.caelum.http.MachineText;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The past of the cluster, where it is wanted: by default wherever somebody can look at it. */
final class HistoryParts implements AutoCloseable {
  private final Optional<History> history;

  HistoryParts(
      NodeConfig config,
      OptionalInt dashboardPort,
      Feed feed,
      Supplier<ClusterSnapshot> table,
      TaskParts tasks) {
    int days = config.historyDays().orElse(dashboardPort.isPresent() ? NodeConfig.HISTORY_DAYS : 0);
    this.history =
        days == 0
            ? Optional.empty()
            : Optional.of(
                new History(
                    config.data(),
                    days,
                    feed,
                    table,
                    member -> MachineText.of(member, table.get()),
                    tasks::totals));
  }

  /** Empty when none is kept. */
  Optional<History> history() {
    return history;
  }

  void start() {
    history.ifPresent(History::start);
  }

  /** Why nothing is recorded though it should be. */
  Stream<NodeStatus.Note> notes() {
    return history.flatMap(History::problem).stream()
        .map(text -> new NodeStatus.Note("history", text));
  }

  @Override
  public void close() {
    history.ifPresent(History::close);
  }
}
