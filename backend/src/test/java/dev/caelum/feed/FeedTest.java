package dev.caelum.feed;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FeedTest {
  private static final Duration NOW = Duration.ZERO;
  private static final Duration LONG = Duration.ofSeconds(10);

  private final AtomicLong clock = new AtomicLong();
  private final AtomicInteger statesRead = new AtomicInteger();
  private final Feed feed = new Feed(new InstanceId("i-1"), this::state, clock::get);

  @BeforeEach
  void start() {
    feed.start();
  }

  @AfterEach
  void stop() {
    feed.close();
  }

  @Test
  void aNewReaderGetsTheSnapshotAndThenEveryEventInOrder() throws Exception {
    publish(3);
    try (Subscription reader = feed.subscribe(null)) {
      publish(2);
      assertThat(next(reader)).isEqualTo("snapshot 5");
      publish(2);
      assertThat(drain(reader)).containsExactly("6", "7");
    }
  }

  @Test
  void aSnapshotHoldsExactlyTheLogLinesUpToItsNumber() throws Exception {
    publish(Feed.LOG_LINES + 5);
    try (Subscription reader = feed.subscribe(null)) {
      var snapshot = (Delivery.Snapshot) requireNonNull(reader.next(NOW));
      assertThat(snapshot.log()).hasSize(Feed.LOG_LINES);
      assertThat(snapshot.log().getLast().text()).isEqualTo("line 205");
    }
    assertThat(feed.log(2)).extracting(LogLine::text).containsExactly("line 204", "line 205");
    assertThat(feed.log(-1)).isEmpty();
  }

  @Test
  void aReaderThatComesBackGoesOnBehindItsLastEvent() throws Exception {
    publish(500);
    try (Subscription reader = feed.subscribe(EventId.parse("i-1-300"))) {
      clock.addAndGet(TimeUnit.MINUTES.toNanos(5));
      assertThat(drain(reader)).hasSize(200).startsWith("301").endsWith("500");
    }
  }

  @Test
  void aReaderThatComesBackTooLateOrFromAnotherStartGetsASnapshot() throws Exception {
    publish(Feed.RING + 10);
    for (String last : List.of("i-1-9", "other-1030", "i-1-9999999", "i-1-0")) {
      try (Subscription reader = feed.subscribe(EventId.parse(last))) {
        assertThat(drain(reader)).as(last).containsExactly("snapshot " + (Feed.RING + 10));
      }
    }
    try (Subscription reader = feed.subscribe(EventId.parse("i-1-10"))) {
      assertThat(drain(reader)).hasSize(Feed.RING);
    }
  }

  @Test
  void aReaderThatFallsOffTheRingGetsAGapAndASnapshot() throws Exception {
    try (Subscription reader = feed.subscribe(null)) {
      assertThat(next(reader)).isEqualTo("snapshot 0");
      publish(1);
      assertThat(next(reader)).isEqualTo("1");
      publish(Feed.RING + 1);
      assertThat(drain(reader))
          .containsExactly("gap of " + (Feed.RING + 1) + " after 1", "snapshot " + (Feed.RING + 2));
    }
  }

  @Test
  void aReaderThatLagsForLongGetsAGapButABurstAloneIsDelivered() throws Exception {
    try (Subscription quick = feed.subscribe(null);
        Subscription slow = feed.subscribe(null)) {
      next(quick);
      next(slow);
      publish(Feed.MAX_LAG + 40);
      assertThat(drain(quick)).hasSize(Feed.MAX_LAG + 40);
      clock.addAndGet(Feed.MAX_LAG_NANOS + 1);
      assertThat(drain(slow)).containsExactly("gap of 104 after 0", "snapshot 104");
    }
  }

  @Test
  void aWaitingReaderIsWokenByAnEventAndByTheEnd() throws Exception {
    Subscription reader = feed.subscribe(null);
    next(reader);
    var got = new CompletableFuture<List<@Nullable Delivery>>();
    Thread.ofVirtual()
        .start(() -> {
          var all = new ArrayList<@Nullable Delivery>();
          try {
            all.add(reader.next(LONG));
            all.add(reader.next(LONG));
            got.complete(all);
          } catch (InterruptedException e) {
            got.completeExceptionally(e);
          }
        });
    publish(1);
    feed.close();
    assertThat(got.get(5, TimeUnit.SECONDS).getLast()).isNull();
    assertThat(reader.closed()).isTrue();
    assertThat(feed.subscribers()).isZero();
    assertThat(feed.subscribe(null).closed()).isTrue();
  }

  @Test
  void manyReadersThatComeTogetherShareOneSnapshotAndOneSerialisation() throws Exception {
    publish(1);
    var made = new AtomicInteger();
    for (int i = 0; i < 500; i++) {
      try (Subscription reader = feed.subscribe(null)) {
        var snapshot = (Delivery.Snapshot) requireNonNull(reader.next(NOW));
        snapshot.bytes().get(() -> new byte[] {(byte) made.incrementAndGet()});
      }
    }
    assertThat(statesRead).hasValue(1);
    assertThat(made.get()).isBetween(1, 10);
    clock.addAndGet(TimeUnit.SECONDS.toNanos(2));
    feed.subscribe(null).next(NOW);
    assertThat(statesRead).hasValue(2);
  }

  @Test
  void idsAreReadBackAndAnythingElseIsRefused() {
    assertThat(EventId.parse("a-b-7")).isEqualTo(new EventId("a-b", 7));
    for (String bad :
        List.of("", "7", "-7", "a-", "a-x", "a-9999999999999999999", "a".repeat(70))) {
      assertThat(EventId.parse(bad)).as(bad).isNull();
    }
  }

  private void publish(int count) {
    for (int i = 0; i < count; i++) {
      feed.publish(
          new FeedEvent.LogAdded(
              new LogLine(
                  Instant.EPOCH,
                  LogLine.Level.INFO,
                  LogLine.Category.NODE,
                  "line " + (feed.head() + 1),
                  null,
                  null,
                  null)));
    }
  }

  private static String next(Subscription reader) throws InterruptedException {
    return text(reader.next(LONG));
  }

  private static List<String> drain(Subscription reader) throws InterruptedException {
    var all = new ArrayList<String>();
    for (Delivery d = reader.next(NOW); d != null; d = reader.next(NOW)) {
      all.add(text(d));
    }
    return all;
  }

  private static String text(@Nullable Delivery delivery) {
    return switch (delivery) {
      case null -> "nothing";
      case Delivery.Snapshot s -> "snapshot " + s.id().number();
      case Delivery.Event e -> "" + e.id().number();
      case Delivery.Gap g -> "gap of " + g.missed() + " after " + g.id().number();
    };
  }

  private FeedState state() {
    statesRead.incrementAndGet();
    return new FeedState(Values.node(), new ClusterSnapshot(1, 0, List.of()), Values.idle());
  }
}
