package dev.caelum.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Whether it is this machine's own network that is down: when several members are silent within a
 * few seconds, or nobody is heard at all, a sample of all is probed at once; if more than half of
 * at least {@link #LEAST} hosts are silent, silence counts against nobody for a while (the
 * self-preservation of Netflix Eureka). Hosts, since all nodes of one fall silent with it.
 */
final class OwnNetwork {
  static final int LEAST = 5;
  private static final int SAMPLE = 20;
  private static final long WINDOW_NANOS = 3_000_000_000L;
  private static final long REPEAT_NANOS = 1_000_000_000L;

  /** So long nobody may fall silent until a silence that counts is over. */
  private static final long CALM_NANOS = 15_000_000_000L;

  private final Table table;

  /** Probes at most so many and says which. */
  private final IntFunction<List<Row>> probe;

  /** Asks again whoever was asked and has not answered. */
  private final Consumer<Row> repeat;

  /** Who did not answer lately, with the time. */
  private final Map<Row, Long> silent = new LinkedHashMap<>();

  private List<Row> sample = List.of();
  private long sampledAt;
  private long repeatAt;
  private boolean asking;

  /**
   * The grace is over and silence lasts: no second one until most are heard again, or nobody falls
   * silent any more. That somebody is heard is no sign of it: of two halves each hears itself.
   */
  private boolean judged;

  private long failedAt;

  OwnNetwork(Table table, IntFunction<List<Row>> probe, Consumer<Row> repeat) {
    this.table = table;
    this.probe = probe;
    this.repeat = repeat;
  }

  /** Whether a sample is being asked, so that nobody is to be accused yet. */
  boolean undecided() {
    return asking && !judged;
  }

  /** Somebody did not answer directly; others are asked now. */
  void missed() {
    if (table.now - table.heardAt > table.settings.probeTimeout().toNanos()) {
      ask();
    }
  }

  /** {@code row} did not answer on any way. */
  void failed(Row row) {
    silent.values().removeIf(at -> table.now - at > WINDOW_NANOS);
    silent.put(row, table.now);
    failedAt = table.now;
    if (silent.size() >= 2) {
      ask();
    }
  }

  private void ask() {
    if (table.up.size() >= LEAST && table.judges() && !asking) {
      asking = true;
      sampledAt = table.now;
      sample = probe.apply(SAMPLE);
    }
  }

  void tick() {
    if (table.graceUntil != 0) {
      grace();
    } else if (asking && table.now - sampledAt > patience()) {
      judge();
    } else if (judged && table.heardAt - sampledAt > 0 && table.now - failedAt > CALM_NANOS) {
      judged = false;
    }
  }

  private long patience() {
    return table.stretched(table.settings.probeTimeout().toNanos());
  }

  private void judge() {
    asking = false;
    long asked = hosts(sample.stream());
    long answered = answered();
    boolean lost = asked >= LEAST && 2 * answered < asked;
    if (!lost) {
      judged = false;
    } else if (!judged) {
      table.graceUntil = table.now + table.settings.networkGrace().toNanos();
      sampledAt = table.now;
      repeatAt = table.now + REPEAT_NANOS;
      table.tell(new ClusterEvent.NetworkLost((int) (asked - answered), (int) asked));
    }
  }

  private long answered() {
    return hosts(sample.stream().filter(row -> row.lastEvidenceAt - sampledAt > 0));
  }

  private static long hosts(Stream<Row> rows) {
    return rows.map(row -> row.endpoint.host()).distinct().count();
  }

  private void grace() {
    boolean back = 2 * answered() >= hosts(sample.stream());
    if (back || table.now - table.graceUntil >= 0) {
      table.graceUntil = 0;
      judged = !back;
      silent.clear();
      table.unsettled.stream()
          .map(Row::doubt)
          .filter(Objects::nonNull)
          .forEach(doubt -> doubt.again(table.now));
      table.tell(new ClusterEvent.NetworkJudged(back));
    } else if (table.now - repeatAt >= 0) {
      repeatAt = table.now + REPEAT_NANOS;
      sample.forEach(repeat);
    }
  }

  void awake() {
    silent.clear();
    asking = false;
    table.heardAt = table.now;
  }
}
