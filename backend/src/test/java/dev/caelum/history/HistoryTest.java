package dev.caelum.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.feed.Feed;
import dev.caelum.feed.FeedEvent;
import dev.caelum.feed.FeedState;
import dev.caelum.feed.LogLine;
import dev.caelum.feed.Machines;
import dev.caelum.feed.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A recorder on a real feed and a real file, by a clock that the test turns. */
@Timeout(60)
class HistoryTest {
  private static final long BEGIN = Instant.parse("2026-03-01T10:00:00Z").getEpochSecond();
  private static final String BETA = "id-beta";

  @SuppressWarnings("NullAway.Init") // by the extension
  @TempDir
  private Path folder;

  private int marks = 100;
  private final AtomicLong millis = new AtomicLong(BEGIN * 1_000);
  private volatile ClusterSnapshot table = Machines.table(beta());

  @SuppressWarnings("NullAway.Init") // before each
  private Feed feed;

  @SuppressWarnings("NullAway.Init") // before each
  private History history;

  @BeforeEach
  void start() {
    feed = new Feed(new InstanceId("i-1"), this::state);
    feed.start();
    history =
        new History(
            folder,
            30,
            feed,
            () -> table,
            Member::hostname,
            () -> new Tasks(3, 2),
            this::carried,
            clock());
    history.start();
    await()
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(history.about().recorded()).hasSize(1));
  }

  @AfterEach
  void stop() {
    history.close();
    feed.close();
  }

  private FeedState state() {
    return new FeedState(Values.node(), table, Values.idle());
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return Instant.ofEpochMilli(millis.get());
      }
    };
  }

  /** Each link sends 2.5 kB a second, and receives nothing. */
  private Carried carried(long link) {
    return new Carried(millis.get() * 5 / 2, 0);
  }

  private static Member beta() {
    return Machines.machine("beta").probes(10, 1, false).build();
  }

  /** Lets time pass, and the recorder see it. */
  private void pass(long seconds) throws HistoryUnusable {
    millis.addAndGet(seconds * 1_000);
    settle();
  }

  private void say(String text) {
    feed.publish(
        new FeedEvent.LogAdded(
            new LogLine(
                Instant.ofEpochMilli(millis.get()),
                LogLine.Level.WARNING,
                LogLine.Category.NODE,
                text,
                null,
                "eth0",
                "code")));
  }

  private List<PastEvent> lines(@Nullable String text) throws HistoryUnusable {
    return history.events(
        new EventQuery(
            Instant.EPOCH,
            Instant.ofEpochSecond(BEGIN).plusSeconds(100L * 86_400),
            Set.of(),
            Set.of(),
            null,
            text,
            Long.MAX_VALUE,
            1_000));
  }

  private void becomes(MemberState state) throws HistoryUnusable {
    Member now = Machines.machine("beta").state(state).unlinked().build();
    table = Machines.table(now);
    feed.publish(new FeedEvent.MachineChanged(now, MemberState.ALIVE));
    settle();
  }

  /** Until the recorder has seen what was published. */
  private void settle() throws HistoryUnusable {
    String mark = "seen " + marks++;
    say(mark);
    await().untilAsserted(() -> assertThat(lines(mark)).hasSize(1));
  }

  @Test
  void numbersAreRecordedEveryStepAndComeBackInTheirHours() throws Exception {
    for (int i = 0; i < 5; i++) {
      pass(15);
    }
    pass(3_600);
    Past.Series series = history.series(BETA, BEGIN, BEGIN + 7_200, 480).orElseThrow();
    assertThat(series.step()).isEqualTo(15);
    Past.Column rtt = column(series, Metric.RTT);
    assertThat(rtt.size()).isEqualTo(480);
    for (int step = 0; step <= 5; step++) {
      assertThat(rtt.mean(step)).as("step " + step).isEqualTo(1.5);
      assertThat(column(series, Metric.LOSS).mean(step)).isEqualTo(10);
      assertThat(column(series, Metric.CPU).mean(step)).isNaN();
    }
    for (int step = 1; step <= 5; step++) {
      assertThat(column(series, Metric.SENT).mean(step)).as("step " + step).isEqualTo(2.5);
      assertThat(column(series, Metric.RECEIVED).mean(step)).isZero();
    }
    assertThat(column(series, Metric.SENT).mean(0)).as("first seen then").isNaN();
    assertThat(column(series, Metric.SENT).mean(245)).as("not seen for an hour").isNaN();
    assertThat(rtt.mean(6)).as("nothing was seen then").isNaN();
    assertThat(rtt.mean(245)).isEqualTo(1.5);
    assertThat(rowsOf("chunk")).as("the first hour is packed").isEqualTo(3);

    Past.Series hours = history.series(BETA, BEGIN, BEGIN + 7_200, 2).orElseThrow();
    assertThat(hours.step()).isEqualTo(3_600);
    assertThat(column(hours, Metric.RTT).most(0)).isEqualTo(1.5);
  }

  @Test
  void theClusterIsASeriesOfItsOwn() throws Exception {
    pass(15);
    becomes(MemberState.DEAD);
    pass(15);
    Past.Series series = history.series(null, BEGIN, BEGIN + 60, 4).orElseThrow();
    assertThat(column(series, Metric.ONLINE).mean(1)).isEqualTo(2);
    assertThat(column(series, Metric.ONLINE).mean(2)).isEqualTo(1);
    assertThat(column(series, Metric.OFFLINE).mean(2)).isEqualTo(1);
    assertThat(column(series, Metric.WAITING).mean(2)).isEqualTo(3);
    Past.Series beta = history.series(BETA, BEGIN, BEGIN + 60, 4).orElseThrow();
    assertThat(column(beta, Metric.RTT).mean(2)).as("of the dead nothing").isNaN();
    assertThat(history.series("nobody", BEGIN, BEGIN + 60, 4)).isEmpty();
  }

  @Test
  void theClusterIsShownAsItWasAtAMoment() throws Exception {
    pass(20);
    becomes(MemberState.DEAD);
    pass(20);
    feed.publish(new FeedEvent.MachineRemoved("id-beta@10.0.0.7:8080"));
    settle();
    pass(20);
    assertThat(history.at((BEGIN + 10) * 1_000).machines())
        .extracting(Past.Then::body)
        .containsExactly("alpha", "beta");
    Past.Then dead = history.at((BEGIN + 30) * 1_000).machines().getLast();
    assertThat(dead.since()).isEqualTo((BEGIN + 20) * 1_000);
    assertThat(dead.values()).isEmpty();
    assertThat(history.at((BEGIN + 50) * 1_000).machines()).hasSize(1);
    assertThat(history.at((BEGIN - 500) * 1_000).recorded()).isFalse();
  }

  @Test
  void aRestartIsAGapAndWhoLeftMeanwhileIsGone() throws Exception {
    pass(15);
    history.close();
    millis.addAndGet(600_000);
    table = Machines.table();
    feed.close();
    feed = new Feed(new InstanceId("i-2"), this::state);
    feed.start();
    history =
        new History(
            folder, 30, feed, () -> table, Member::hostname, () -> null, this::carried, clock());
    history.start();
    await()
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(history.about().recorded()).hasSize(2));
    pass(15);
    assertThat(history.at((BEGIN + 300) * 1_000).recorded()).isFalse();
    assertThat(history.at((BEGIN + 15) * 1_000).machines()).hasSize(2);
    assertThat(history.at(millis.get()).machines()).hasSize(1);
    assertThat(lines("seen")).hasSize(2);
  }

  @Test
  void eventsAreFoundByWhatTheyAre() throws Exception {
    say("first, 100 % <b>");
    say("second");
    await().untilAsserted(() -> assertThat(lines(null)).hasSize(2));
    assertThat(lines("FIRST")).hasSize(1);
    PastEvent first = lines("100 %").getFirst();
    assertThat(first.line().interfaceName()).isEqualTo("eth0");
    assertThat(first.line().level()).isEqualTo(LogLine.Level.WARNING);
    EventQuery other =
        new EventQuery(
            Instant.EPOCH,
            Instant.ofEpochSecond(BEGIN + 100),
            Set.of(LogLine.Level.INFO),
            Set.of(),
            null,
            null,
            Long.MAX_VALUE,
            10);
    assertThat(history.events(other)).isEmpty();
  }

  @Test
  void whatIsTooOldIsForgotten() throws Exception {
    pass(15);
    becomes(MemberState.DEAD);
    pass(31 * 86_400L);
    pass(15);
    await().untilAsserted(() -> assertThat(rowsOf("chunk")).isZero());
    assertThat(history.about().machines())
        .extracting(Past.Machine::hostname)
        .containsExactly("alpha");
    assertThat(lines("seen 100")).isEmpty();
  }

  @Test
  void aDamagedFileIsPutAside() throws Exception {
    history.close();
    Files.writeString(folder.resolve(HistoryFile.FILE), "no database at all, ".repeat(2_000));
    Files.deleteIfExists(folder.resolve(HistoryFile.FILE + "-wal"));
    history =
        new History(
            folder, 30, feed, () -> table, Member::hostname, () -> null, this::carried, clock());
    history.start();
    await()
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(history.about().recorded()).hasSize(1));
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.startsWith(HistoryFile.FILE + ".damaged-"));
    }
  }

  @Test
  void aFileOfTheVersionBeforeIsTakenForward() throws Exception {
    pass(15);
    history.close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute("alter table hot drop column c5");
      statement.execute("alter table hot drop column c6");
      statement.execute("delete from schema_version where version='2'");
    }
    history =
        new History(
            folder, 30, feed, () -> table, Member::hostname, () -> null, this::carried, clock());
    history.start();
    await()
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(history.about().recorded()).hasSize(2));
    pass(15);
    pass(15);
    Past.Series series = history.series(BETA, BEGIN, BEGIN + 60, 4).orElseThrow();
    assertThat(column(series, Metric.RTT).mean(0)).as("from before").isEqualTo(1.5);
    assertThat(column(series, Metric.SENT).mean(3)).isEqualTo(2.5);
  }

  @Test
  void aNewersFileIsLeftAlone() throws Exception {
    history.close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into schema_version select 9, '9', 'later', type, 'V9__later.sql', 1,"
              + " installed_by, installed_on, 1, 1 from schema_version limit 1");
    }
    history =
        new History(
            folder, 30, feed, () -> table, Member::hostname, () -> null, this::carried, clock());
    history.start();
    await().untilAsserted(() -> assertThat(history.problem()).isPresent());
    assertThat(history.problem()).get().asString().contains("newer version");
    assertThatThrownBy(() -> history.about()).isInstanceOf(HistoryUnusable.class);
  }

  private Path file() {
    return folder.resolve(HistoryFile.FILE);
  }

  private long rowsOf(String table) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement();
        var count = statement.executeQuery("select count(*) from " + table)) {
      return count.getLong(1);
    }
  }

  private static Past.Column column(Past.Series series, Metric metric) throws IOException {
    return series.columns().stream()
        .filter(column -> column.metric() == metric)
        .findFirst()
        .orElseThrow(() -> new IOException("no " + metric));
  }
}
