package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Failure;
import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.cluster.Rumor;
import dev.caelum.feed.DiscoveryRun;
import dev.caelum.feed.Feed;
import dev.caelum.feed.FeedState;
import dev.caelum.feed.Finding;
import dev.caelum.feed.LogLine;
import dev.caelum.feed.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventTellerTest {
  private static final Logger LOG = Logger.getLogger("dev.caelum.node.events");
  private static final Endpoint GAMMA = new Endpoint("10.0.0.3", 8080);

  private final List<String> logged = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          logged.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private ClusterSnapshot table = Rows.table();
  private final DiscoveryRun idle = Values.idle();
  private final Feed feed =
      new Feed(new InstanceId("i"), () -> new FeedState(Values.node(), Rows.table(), idle));
  private final EventTeller teller = new EventTeller(feed, () -> table);

  @BeforeEach
  void listen() {
    LOG.addHandler(handler);
    LOG.setUseParentHandlers(false);
  }

  @AfterEach
  void stop() {
    LOG.removeHandler(handler);
    LOG.setUseParentHandlers(true);
    feed.close();
  }

  @Test
  void aDiscoveredMachineIsToldInTheWordsThatPeopleGrepFor() {
    teller.tell(new ClusterEvent.Discovered(Rows.heard("gamma", GAMMA)));

    assertThat(logged).containsExactly("🎯 UDP discovered new Caelum machine: gamma (10.0.0.3)");
    assertThat(lines()).isEqualTo(logged);
  }

  @Test
  void aHostileNameStaysOneLine() {
    String hostile = "a\n2026-11-22 INFO forged\r\u001b[31m\u202e\u2028" + "x".repeat(500);
    teller.tell(new ClusterEvent.Discovered(Rows.heard(hostile, GAMMA)));
    teller.tell(new ClusterEvent.Suspected(Rows.member(hostile, GAMMA), hostile));
    teller.tell(new ClusterEvent.Died(Rows.member(hostile, GAMMA), hostile));
    teller.tell(new ClusterEvent.ForeignSeen(Rows.heard(hostile, GAMMA)));

    assertThat(logged).hasSize(4);
    assertThat(lines())
        .allSatisfy(line -> {
          assertThat(line).doesNotContainPattern("[\\p{Cc}\\u202a-\\u202e\\u2028\\u2029]");
          assertThat(line.length()).isLessThan(600);
        });
  }

  @Test
  void aFailedAttemptTellsCodeWordsAndWhatComesNext() {
    Failure failure =
        new Failure(FailureCode.REFUSED, GAMMA, "Connection refused", 2, 3, 0, 10_000_000_000L);
    teller.tell(new ClusterEvent.DialFailed(failure, Rows.member("gamma", GAMMA), "UDP_BEACON"));

    assertThat(lines())
        .containsExactly(
            "Connection to gamma failed: refused (attempt 3, next in 10 s). gamma (10.0.0.3) is up"
                + " but nothing listens on TCP 8080.");
  }

  @Test
  void aSecondLinkThatGaveWayIsNoFailure() {
    Failure failure = new Failure(FailureCode.ALREADY, GAMMA, "", 2, 1, 0, null);
    teller.tell(new ClusterEvent.DialFailed(failure, null, "UDP_BEACON"));

    assertThat(lines()).isEmpty();
  }

  @Test
  void forgedMachinesByTheThousandCostABoundedNumberOfLines() {
    for (int i = 0; i < 5_000; i++) {
      teller.tell(
          new ClusterEvent.Discovered(Rows.heard("n" + i, new Endpoint("10.0.0.3", 2_000 + i))));
    }

    assertThat(logged).hasSizeBetween(100, 150);
    assertThat(logged).filteredOn(line -> line.startsWith("More machines")).hasSize(1);
  }

  @Test
  void anAccuserIsNamed() {
    Member beta = Rows.member("beta", new Endpoint("10.0.0.2", 9_000));
    table = Rows.table(beta);
    teller.tell(
        new ClusterEvent.Refuted(
            table.self(), Objects.requireNonNull(beta.instance()), Rumor.Claim.DEAD));
    teller.tell(
        new ClusterEvent.Refuted(table.self(), new InstanceId("nobody"), Rumor.Claim.SUSPECT));

    assertThat(lines())
        .containsExactly(
            "beta counted this machine as dead; it said that it lives, with incarnation 0",
            "A machine not in the table (instance nobody) counted this machine as suspect; it said"
                + " that it lives, with incarnation 0");
    assertThat(teller.journal().of(table.self().key())).hasSize(2);
  }

  @Test
  void whatIsToldOfAMachineIsKeptUntilItsRowIsGone() {
    Member gamma = Rows.linked("gamma", GAMMA);
    teller.tell(new ClusterEvent.Connected(gamma, GAMMA, "UDP_BEACON", 42));
    teller.tell(new ClusterEvent.UdpBlocked(gamma, true));

    assertThat(teller.journal().of(gamma.key()))
        .extracting(Finding::text)
        .containsExactly(
            "UDP to gamma is blocked, TCP works", "Connected to gamma (10.0.0.3:8080) in 42 ms");
    teller.tell(new ClusterEvent.MemberRemoved(gamma.key()));
    assertThat(teller.journal().of(gamma.key())).isEmpty();
  }

  @Test
  void whoListensSeesEveryEvent() {
    List<ClusterEvent> seen = new ArrayList<>();
    teller.listen(seen::add);
    ClusterEvent event =
        new ClusterEvent.MemberChanged(Rows.member("gamma", GAMMA), MemberState.HEARD);
    teller.tell(event);

    assertThat(seen).containsExactly(event);
  }

  private List<String> lines() {
    return feed.log(200).stream().map(LogLine::text).toList();
  }
}
