package dev.caelum.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.link.Recorder.Event;
import dev.caelum.link.TestNode.Pair;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer that does not read costs its own link only. */
@Timeout(60)
class SlowReaderTest {
  private static final String LARGE = "x".repeat(60_000);

  @Test
  void aPeerThatStopsReadingIsClosedWith1013AndOthersAreServed() throws Exception {
    try (TestNode node = new TestNode();
        TestNode other = new TestNode();
        RawPeer stalled = RawPeer.connect(node.server.port(), 8_192)) {
      assertThat(stalled.upgrade("")).contains(" 101 ");
      PeerLink slow = node.heard.opened();
      Pair healthy = other.link(node);

      long worst = 0;
      while (slow.send(LARGE)) {
        long start = System.nanoTime();
        healthy.far().send("beat");
        assertThat(other.heard.message()).isEqualTo("beat");
        worst = Math.max(worst, System.nanoTime() - start);
      }

      Event.Closed closed = node.heard.next(Event.Closed.class);
      assertThat(closed.link()).isSameAs(slow);
      assertThat(closed.end()).isEqualTo(new LinkEnd(1013, "send queue full", false));
      assertThat(node.count(LinkCount.CLOSED_SLOW)).isOne();
      assertThat(Duration.ofNanos(worst)).isLessThan(Duration.ofSeconds(2));
      healthy.far().send("still here");
      assertThat(other.heard.message()).isEqualTo("still here");
    }
  }

  @Test
  void aListenerThatStopsReadingIsClosedByTheDialer() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (TestNode node = new TestNode();
        RawServer stalled = RawServer.upgraded(_ -> over.await())) {
      node.dial(stalled.endpoint());
      PeerLink slow = node.heard.opened();

      while (slow.send(LARGE)) {
        assertThat(slow.sendUrgent("small")).isTrue();
      }

      assertThat(node.heard.closed()).isEqualTo(new LinkEnd(1013, "send queue full", false));
      over.countDown();
      stalled.join();
    }
  }

  @Test
  void aWriteBeyondItsDeadlineAbortsTheLink() throws Exception {
    LinkLimits hasty = TestLimits.with(limits -> limits.writeDeadline = Duration.ofMillis(200));
    try (TestNode node = new TestNode(hasty);
        RawPeer stalled = RawPeer.connect(node.server.port(), 8_192)) {
      assertThat(stalled.upgrade("")).contains(" 101 ");
      PeerLink slow = node.heard.opened();

      // Less than the queue takes, more than the kernel's buffers do.
      for (int i = 0; i < 15; i++) {
        assertThat(slow.send(LARGE)).isTrue();
      }

      assertThat(node.heard.closed().reason()).startsWith("no write within");
      assertThat(node.count(LinkCount.CLOSED_STUCK)).isOne();
    }
  }
}
