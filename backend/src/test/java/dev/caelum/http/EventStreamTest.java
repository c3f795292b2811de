package dev.caelum.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.feed.Feed;
import dev.caelum.feed.FeedEvent;
import dev.caelum.feed.LogLine;
import dev.caelum.feed.Values;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventStreamTest {
  private final TestNode node = new TestNode(Duration.ofSeconds(1));
  private final Member beta = Members.machine("caelum-beta", "192.168.7.2").build();

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void aReaderGetsTheSnapshotAndThenEveryKindOfEvent() throws IOException {
    node.feed.publish(log("before"));
    try (SseReader reader = reader("")) {
      assertThat(reader.status).contains("200");
      SseReader.Event snapshot = reader.event();
      assertThat(snapshot.name()).isEqualTo("snapshot");
      assertThat(snapshot.id()).isEqualTo("0123456789abcdef-1");
      JsonObject data = json(snapshot);
      assertThat(data.keySet()).containsExactlyInAnyOrder("node", "machines", "discovery", "log");
      assertThat(data.getJsonArray("machines")).hasSize(1);
      assertThat(data.getJsonArray("log").getJsonObject(0).getString("text")).isEqualTo("before");

      List<FeedEvent> all =
          List.of(
              new FeedEvent.MachineChanged(beta, MemberState.HEARD),
              new FeedEvent.MachineRemoved(beta.key()),
              new FeedEvent.DiscoveryChanged(Values.idle()),
              log("a line"),
              new FeedEvent.TasksChanged(List.of(), false),
              new FeedEvent.ServicesChanged(),
              new FeedEvent.PortsChanged(),
              new FeedEvent.NotificationAdded(Values.notification()),
              new FeedEvent.NodeChanged(Values.node()));
      assertThat(all).hasSize(FeedEvent.class.getPermittedSubclasses().length);
      all.forEach(node.feed::publish);
      var names = new ArrayList<String>();
      for (int number = 2; number <= 10; number++) {
        SseReader.Event event = reader.event();
        assertThat(event.id()).isEqualTo("0123456789abcdef-" + number);
        names.add(event.name() + " " + new TreeSet<>(json(event).keySet()).size());
        if (event.name().equals("machine")) {
          assertThat(json(event).getString("was")).isEqualTo("heard");
          assertThat(json(event).getJsonObject("machine").getString("key")).isEqualTo(beta.key());
        }
      }
      assertThat(names)
          .containsExactly(
              "machine 2",
              "machine_removed 1",
              "discovery 21",
              "log 7",
              "tasks 2",
              "services 2",
              "ports 2",
              "notification 8",
              "node 14");
    }
  }

  @Test
  void quietIsFilledWithComments() throws IOException {
    try (SseReader reader = reader("")) {
      reader.event();
      long start = System.nanoTime();
      assertThat(reader.next().name()).isEqualTo(":");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void aReaderThatComesBackMissesNothingAndGetsNothingTwice() throws IOException {
    for (int i = 1; i <= 50; i++) {
      node.feed.publish(log("line " + i));
    }
    for (String way : List.of("header", "query")) {
      try (SseReader reader =
          way.equals("header")
              ? new SseReader(node.server.port(), "", 0, "Last-Event-ID: 0123456789abcdef-40")
              : reader("?last_event_id=0123456789abcdef-40")) {
        for (int number = 41; number <= 50; number++) {
          SseReader.Event event = reader.event();
          assertThat(event.id()).isEqualTo("0123456789abcdef-" + number);
          assertThat(json(event).getString("text")).isEqualTo("line " + number);
        }
      }
    }
    for (String id : List.of("otherinstance-40", "0123456789abcdef-51", "%0d%0a", "40")) {
      try (SseReader reader = reader("?last_event_id=" + id)) {
        assertThat(reader.event().name()).as(id).isEqualTo("snapshot");
      }
    }
  }

  @Test
  void aReaderThatTakesNothingIsCutAndBlocksNobody() throws IOException {
    try (SseReader stalled = new SseReader(node.server.port(), "", 4_096);
        SseReader quick = reader("")) {
      assertThat(stalled.status).contains("200");
      quick.event();
      await().until(() -> node.feed.subscribers() == 2);
      int sent = 0;
      String text = "x".repeat(4_000);
      while (node.feed.subscribers() == 2) {
        node.feed.publish(log(text));
        sent++;
        assertThat(quick.event().name()).isEqualTo("log");
      }
      assertThat(sent).isGreaterThan(10);
      assertThat(node.api.streams()).isEqualTo(1);
      node.feed.publish(log("after"));
      assertThat(json(quick.event()).getString("text")).isEqualTo("after");
    }
  }

  @Test
  void aReaderThatFallsBehindGetsAGapAndANewSnapshot() throws IOException {
    try (SseReader slow = new SseReader(node.server.port(), "", 4_096)) {
      assertThat(slow.event().name()).isEqualTo("snapshot");
      String text = "x".repeat(2_000);
      for (int i = 0; i < Feed.RING + 500; i++) {
        node.feed.publish(log(text));
      }
      Set<String> names = new HashSet<>();
      SseReader.Event event = slow.event();
      while (!event.name().equals("gap")) {
        names.add(event.name());
        event = slow.event();
      }
      assertThat(json(event).getInt("missed")).isPositive();
      assertThat(slow.event().name()).isEqualTo("snapshot");
      assertThat(names).isSubsetOf("log");
    }
  }

  @Test
  void aReaderThatLeavesGivesItsSeatBack() throws IOException {
    for (int i = 0; i < 3; i++) {
      SseReader reader = reader("");
      reader.event();
      reader.close();
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> node.api.streams() == 0);
    assertThat(node.feed.subscribers()).isZero();
  }

  @Test
  void oneSourceHasTenStreamsAtMost() throws IOException {
    var open = new ArrayList<SseReader>();
    for (int i = 0; i < RateLimits.STREAMS_PER_SOURCE; i++) {
      var reader = new SseReader(node.server.port(), "", 0, "X-Forwarded-For: 10.7.7.7");
      open.add(reader);
      assertThat(reader.event().name()).isEqualTo("snapshot");
    }
    try (var one = new SseReader(node.server.port(), "", 0, "X-Forwarded-For: 10.7.7.7");
        var local = reader("")) {
      assertThat(one.status).contains("429");
      assertThat(local.status).contains("200");
    }
    for (SseReader reader : open) {
      reader.close();
    }
  }

  @Test
  void theEndOfTheNodeEndsTheStream() throws IOException {
    try (SseReader reader = reader("")) {
      reader.event();
      node.api.close();
      try {
        while (true) {
          reader.next();
        }
      } catch (IOException | NumberFormatException e) {
        assertThat(e.getMessage()).doesNotContain("timed out");
      }
    }
  }

  private SseReader reader(String query) throws IOException {
    return new SseReader(node.server.port(), query, 0);
  }

  private static FeedEvent log(String text) {
    return new FeedEvent.LogAdded(
        new LogLine(
            Instant.EPOCH, LogLine.Level.INFO, LogLine.Category.NODE, text, null, null, null));
  }

  private static JsonObject json(SseReader.Event event) {
    return Json.createReader(new StringReader(event.data())).readObject();
  }
}
