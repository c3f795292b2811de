package dev.caelum.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.link.Recorder.Event;
import dev.caelum.link.TestNode.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LinkTest {
  private final TestNode dialing = new TestNode();
  private final TestNode listening = new TestNode();

  @AfterEach
  void stop() {
    dialing.close();
    listening.close();
  }

  @Test
  void bothEndsKnowWhoDialedAndWhereThePeerIs() throws Exception {
    Pair pair = dialing.link(listening);

    assertThat(pair.near().outbound()).isTrue();
    assertThat(pair.near().remote().getPort()).isEqualTo(listening.server.port());
    assertThat(pair.far().outbound()).isFalse();
    assertThat(pair.far().remote().getAddress().isLoopbackAddress()).isTrue();
    assertThat(pair.near().number()).isNotEqualTo(pair.far().number());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 40_000, 65_535, 65_536, 1 << 20})
  void aMessageOfAnySizeArrivesWholeInBothDirections(int length) throws Exception {
    Pair pair = dialing.link(listening);
    String text = "x".repeat(length);

    assertThat(pair.near().send(text)).isTrue();
    assertThat(listening.heard.message()).isEqualTo(text);
    assertThat(pair.far().send(text)).isTrue();
    assertThat(dialing.heard.message()).isEqualTo(text);
  }

  @Test
  void charactersOfAllLengthsArriveUnchanged() throws Exception {
    Pair pair = dialing.link(listening);
    // Many times what is read at once, so that characters lie across the edges.
    String text = "aé€🎯".repeat(20_000);

    pair.near().send(text);
    assertThat(listening.heard.message()).isEqualTo(text);
    pair.far().send(text);
    assertThat(dialing.heard.message()).isEqualTo(text);
  }

  @Test
  void aLoneSurrogateBecomesAQuestionMarkAndHarmsNothing() throws Exception {
    Pair pair = dialing.link(listening);

    assertThat(pair.near().send("a\ud83dz")).isTrue();
    assertThat(listening.heard.message()).isEqualTo("a?z");
    assertThat(pair.near().send("still here")).isTrue();
    assertThat(listening.heard.message()).isEqualTo("still here");
    pair.far().send("a\udc00z");
    assertThat(dialing.heard.message()).isEqualTo("a?z");
  }

  @Test
  void aMessageBeyondTheLimitIsNotSentAndTheLinkStays() throws Exception {
    Pair pair = dialing.link(listening);

    assertThat(pair.near().send("é".repeat((1 << 19) + 1))).isFalse();
    assertThat(dialing.count(LinkCount.UNSENT_TOO_BIG)).isOne();
    assertThat(pair.near().send("small")).isTrue();
    assertThat(listening.heard.message()).isEqualTo("small");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eightThreadsSendAtOnceAndEachOnesMessagesArriveInItsOrder(boolean outbound)
      throws Exception {
    Pair pair = dialing.link(listening);
    PeerLink sender = outbound ? pair.near() : pair.far();
    Recorder receiver = outbound ? listening.heard : dialing.heard;
    List<Thread> threads = new ArrayList<>();
    // The queue holds 256 for a peer that does not read; here at most 8 x 16 are under way.
    List<Semaphore> windows = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      int thread = t;
      var window = new Semaphore(16);
      windows.add(window);
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 0; i < 500; i++) {
                  window.acquireUninterruptibly();
                  sender.send(thread + " " + i + " " + "é".repeat(i));
                }
              }));
    }
    Map<Integer, Integer> next = new HashMap<>();
    for (int n = 0; n < 8 * 500; n++) {
      String[] words = receiver.message().split(" ", -1);
      int thread = Integer.parseInt(words[0]);
      int i = Integer.parseInt(words[1]);
      assertThat(i).isEqualTo(next.getOrDefault(thread, 0));
      assertThat(words[2]).isEqualTo("é".repeat(i));
      next.put(thread, i + 1);
      windows.get(thread).release();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPingIsAnsweredOnTheSameLink(boolean outbound) throws Exception {
    Pair pair = dialing.link(listening);
    PeerLink asker = outbound ? pair.near() : pair.far();
    Recorder recorder = outbound ? dialing.heard : listening.heard;

    asker.ping();
    Event.Pong pong = recorder.next(Event.Pong.class);

    assertThat(pong.link()).isSameAs(asker);
    assertThat(pong.rttNanos()).isPositive().isLessThan(TimeUnit.SECONDS.toNanos(10));
  }

  @Test
  void closingByTheDialerTellsBothSidesCodeAndReason() throws Exception {
    Pair pair = dialing.link(listening);

    pair.near().send("last words");
    pair.near().close(4001, "another link is kept");
    pair.near().close(1000, "a second wish counts for nothing");

    assertThat(listening.heard.message()).isEqualTo("last words");
    assertThat(listening.heard.closed()).isEqualTo(new LinkEnd(4001, "another link is kept", true));
    assertThat(dialing.heard.closed()).isEqualTo(new LinkEnd(4001, "another link is kept", false));
    assertThat(pair.near().send("too late")).isFalse();
    assertThat(dialing.heard.quiet() && listening.heard.quiet()).isTrue();
  }

  @Test
  void closingByTheListenerTellsBothSidesCodeAndReason() throws Exception {
    Pair pair = dialing.link(listening);

    pair.far().close(1001, "stopping");

    assertThat(dialing.heard.closed()).isEqualTo(new LinkEnd(1001, "stopping", true));
    assertThat(listening.heard.closed()).isEqualTo(new LinkEnd(1001, "stopping", false));
    assertThat(dialing.heard.quiet() && listening.heard.quiet()).isTrue();
  }

  @Test
  void bothClosingAtOnceEndsEachSideOnce() throws Exception {
    Pair pair = dialing.link(listening);

    pair.near().close(4000, "mine");
    pair.far().close(4002, "mine");

    assertThat(dialing.heard.closed().code()).isIn(4000, 4002);
    assertThat(listening.heard.closed().code()).isIn(4000, 4002);
    assertThat(dialing.heard.quiet() && listening.heard.quiet()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAbortIsALossForThePeer(boolean outbound) throws Exception {
    Pair pair = dialing.link(listening);
    PeerLink aborting = outbound ? pair.near() : pair.far();
    Recorder own = outbound ? dialing.heard : listening.heard;
    Recorder other = outbound ? listening.heard : dialing.heard;

    aborting.abort();
    aborting.abort();

    assertThat(own.closed()).isEqualTo(new LinkEnd(LinkEnd.LOST, "aborted", false));
    LinkEnd loss = other.closed();
    assertThat(loss.code()).isEqualTo(LinkEnd.LOST);
    assertThat(loss.byPeer()).isTrue();
  }

  @Test
  void stoppingTheServerEndsItsLinks() throws Exception {
    dialing.link(listening);

    listening.server.stop();

    assertThat(listening.heard.closed().byPeer()).isFalse();
    assertThat(dialing.heard.closed().byPeer()).isTrue();
  }

  @Test
  void closingTheDialerEndsItsLinks() throws Exception {
    dialing.link(listening);

    dialing.dialer.close();

    assertThat(dialing.heard.closed().code()).isEqualTo(LinkEnd.LOST);
    assertThat(listening.heard.closed().code()).isEqualTo(LinkEnd.LOST);
  }
}
