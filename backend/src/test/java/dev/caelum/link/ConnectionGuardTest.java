package dev.caelum.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ConnectionGuardTest {
  private static final LinkLimits HASTY =
      TestLimits.with(limits -> limits.firstRequest = Duration.ofMillis(300));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "G",
        "GET / HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
      })
  void aConnectionThatDoesNotFinishItsRequestHeadIsClosed(String begun) throws Exception {
    try (TestNode node = new TestNode(HASTY);
        RawPeer peer = RawPeer.connect(node.server.port())) {
      peer.raw(begun);

      peer.readToEnd();
      assertThat(node.count(LinkCount.CLOSED_SILENT)).isOne();
      assertThat(node.heard.quiet()).isTrue();
    }
  }

  @Test
  void aLaterRequestThatIsNotFinishedClosesTheConnectionToo() throws Exception {
    try (TestNode node = new TestNode(HASTY);
        RawPeer peer = RawPeer.connect(node.server.port())) {
      peer.raw("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
      assertThat(peer.head()).startsWith("HTTP/1.1 200");
      peer.raw("GET / HTTP/1.1\r\nHost: 127");

      peer.readToEnd();
      assertThat(node.count(LinkCount.CLOSED_SILENT)).isOne();
    }
  }

  @Test
  void aLinkMayBeSilentForLongerThanTheDeadline() throws Exception {
    try (TestNode node = new TestNode(HASTY);
        RawPeer peer = RawPeer.upgraded(node.server.port());
        RawPeer silent = RawPeer.connect(node.server.port())) {
      node.heard.opened();
      // When the silent one, which came later, has been closed, the link has outlived its time.
      silent.readToEnd();

      peer.text("late");
      assertThat(node.heard.message()).isEqualTo("late");
    }
  }

  @Test
  void aThousandSilentConnectionsOfOneSourceLeaveRoomForAPeer() throws Exception {
    LinkLimits limits =
        TestLimits.with(l -> {
          l.firstRequest = Duration.ofSeconds(3);
          l.openConnections = 100;
        });
    try (TestNode node = new TestNode(limits, TestNode.CAPPED)) {
      List<RawPeer> silent = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        silent.add(RawPeer.connect(node.server.port()));
      }
      // Beyond 64 that one source may hold, each is told so and closed at once.
      assertThat(silent.getLast().head()).startsWith("HTTP/1.1 503");
      // The others lose their places when they have said nothing for too long, each at its time.
      for (RawPeer held : silent.subList(0, 64)) {
        held.readToEnd();
      }
      assertThat(node.count(LinkCount.REFUSED_FULL)).isGreaterThanOrEqualTo(1_000 - 2 * 64);

      try (RawPeer peer = RawPeer.upgraded(node.server.port())) {
        peer.text("served");
        node.heard.opened();
        assertThat(node.heard.message()).isEqualTo("served");
      }
      for (RawPeer peer : silent) {
        peer.close();
      }
    }
  }

  @Test
  void beyondTheBoundOfAllAConnectionIsToldThatThePortIsFull() throws Exception {
    try (TestNode node =
            new TestNode(TestLimits.with(l -> l.openConnections = 2), TestNode.CAPPED);
        RawPeer first = RawPeer.upgraded(node.server.port());
        RawPeer second = RawPeer.upgraded(node.server.port());
        RawPeer third = RawPeer.connect(node.server.port())) {
      assertThat(third.head()).startsWith("HTTP/1.1 503");
      assertThat(third.readToEnd()).isTrue();
      first.text("unharmed");
      node.heard.opened();
      node.heard.opened();
      assertThat(node.heard.message()).isEqualTo("unharmed");
      second.text("so is this");
      assertThat(node.heard.message()).isEqualTo("so is this");
    }
  }

  @Test
  void aFullPortStillAnswersThisMachineItselfAndSaysThatItIsFull() throws Exception {
    try (TestNode node = new TestNode(TestLimits.with(l -> l.openConnections = 2));
        RawPeer first = RawPeer.upgraded(node.server.port())) {
      node.heard.opened();
      assertThat(node.links.full()).isFalse();
      RawPeer second = RawPeer.upgraded(node.server.port());
      node.heard.opened();
      assertThat(node.links.full()).isTrue();
      try (RawPeer own = RawPeer.connect(node.server.port())) {
        own.raw("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        assertThat(own.head()).startsWith("HTTP/1.1 200");
      }
      second.close();
      node.heard.closed();
      await().until(() -> !node.links.full());
      first.text("unharmed");
      assertThat(node.heard.message()).isEqualTo("unharmed");
    }
  }

  @Test
  void garbageIsAnsweredWithAnErrorClosedCountedAndLoggedOnce() throws IOException {
    Logger logger = Logger.getLogger("io.helidon.webserver.http1.Http1Connection");
    AtomicInteger logged = new AtomicInteger();
    Handler handler = new CountingHandler(logged);
    try (TestNode node = new TestNode()) {
      logger.addHandler(handler);
      for (int i = 0; i < 20; i++) {
        try (RawPeer peer = RawPeer.connect(node.server.port())) {
          peer.raw("\u0016\u0003\u0001 this is no HTTP\r\n\r\n");
          assertThat(peer.head()).startsWith("HTTP/1.1 5");
          peer.readToEnd();
        }
      }
      assertThat(node.count(LinkCount.UNREADABLE_REQUEST)).isEqualTo(20);
      assertThat(logged.get()).isLessThanOrEqualTo(1);
    } finally {
      logger.removeHandler(handler);
    }
  }

  private static final class CountingHandler extends Handler {
    private final AtomicInteger records;

    CountingHandler(AtomicInteger records) {
      this.records = records;
    }

    @Override
    public void publish(LogRecord logged) {
      records.incrementAndGet();
    }

    @Override
    public void flush() {
      // Nothing is kept.
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
