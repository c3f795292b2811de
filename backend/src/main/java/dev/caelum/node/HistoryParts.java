package dev.caelum.node;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.config.NodeConfig;
import dev.caelum.feed.Feed;
import dev.caelum.feed.NodeStatus;
import dev.caelum.history.Carried;
import dev.caelum.history.History;
import dev.caelum.http.MachineText;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The past of the cluster, where it is wanted: by default wherever somebody can look at it. */
final class HistoryParts implements AutoCloseable {
  private final boolean dashboard;
  private final IntFunction<History> make;
  private volatile Optional<History> history;
  private boolean started;

  HistoryParts(
      NodeConfig config,
      OptionalInt dashboardPort,
      Feed feed,
      Supplier<ClusterSnapshot> table,
      TaskParts tasks,
      LongFunction<@Nullable LinkSession> sessions) {
    this.dashboard = dashboardPort.isPresent();
    this.make =
        days ->
            new History(
                config.data(),
                days,
                feed,
                table,
                member -> MachineText.of(member, table.get()),
                tasks::totals,
                number -> carried(sessions.apply(number)));
    this.history = made(days(config));
  }

  private static @Nullable Carried carried(@Nullable LinkSession session) {
    return session == null
        ? null
        : new Carried(session.link().bytesSent(), session.link().bytesReceived());
  }

  private int days(NodeConfig config) {
    return config.historyDays().orElse(dashboard ? NodeConfig.HISTORY_DAYS : 0);
  }

  private Optional<History> made(int days) {
    return days == 0 ? Optional.empty() : Optional.of(make.apply(days));
  }

  /** Empty when none is kept. */
  Optional<History> history() {
    return history;
  }

  synchronized void start() {
    started = true;
    history.ifPresent(History::start);
  }

  /** Keeps as many days as {@code config} says from now on; what is kept stays when it is none. */
  synchronized void use(NodeConfig config) {
    int days = days(config);
    Optional<History> now = history;
    if (now.isPresent() && days > 0) {
      now.get().keep(days);
      return;
    }
    now.ifPresent(History::close);
    history = made(days);
    if (started) {
      history.ifPresent(History::start);
    }
  }

  /** Why nothing is recorded though it should be. */
  Stream<NodeStatus.Note> notes() {
    return history.flatMap(History::problem).stream()
        .map(text -> new NodeStatus.Note("history", text));
  }

  @Override
  public synchronized void close() {
    started = false;
    history.ifPresent(History::close);
  }
}
