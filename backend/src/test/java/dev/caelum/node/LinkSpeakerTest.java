package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.NodeId;
import dev.caelum.cluster.Rumor;
import dev.caelum.config.NodeConfig.HostPort;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one node tells another of members, over a real link. */
@Timeout(60)
class LinkSpeakerTest {
  @TempDir private static Path folder;
  private static NodeApplication first;
  private static NodeApplication second;

  private LinkSpeaker speaker;

  @BeforeAll
  static void start() throws Exception {
    first = LoopbackNode.start(folder.resolve("1"));
    second = LoopbackNode.start(folder.resolve("2"), new HostPort("127.0.0.1", first.port()));
    await().until(() -> own(first) && own(second));
  }

  @BeforeEach
  void speak() {
    speaker = new LinkSpeaker(first.traffic(), Rows::self, () -> 0, input -> {});
  }

  @AfterAll
  static void stop() {
    second.close();
    first.close();
  }

  private static boolean own(NodeApplication node) {
    return node.traffic().sessions().stream().anyMatch(LinkSession::own);
  }

  @Test
  void rumorsInManyFramesArriveAllAndOvertakeWhatWaits() {
    long before = second.traffic().news();
    long refused = refused();
    // Behind each other these would fill the receiver's allowance for ordinary messages.
    for (int i = 0; i < 400; i++) {
      if (i % 8 == 0) {
        speaker.broadcast("id", Map.of("news", "x".repeat(4_000)));
      }
      speaker.rumors(link(), rumors(1));
    }
    speaker.rumors(link(), rumors(1_000));

    await().until(() -> second.traffic().news() - before == 1_400);
    assertThat(refused()).isEqualTo(refused);
    assertThat(speaker.news()).isEqualTo(1_400);
  }

  @Test
  void aTableOfTwoThousandLinesArrivesAsOne() {
    long before = second.traffic().news();
    long refused = refused();
    speaker.lines(link(), rumors(2_048), List.of(0, 1, 31), false);

    await().until(() -> second.traffic().news() - before == 2_048);
    assertThat(refused()).isEqualTo(refused);
  }

  @Test
  void aDigestIsNoRefusal() {
    long refused = refused();
    long before = second.traffic().news();
    speaker.digest(link(), Collections.nCopies(32, 5));
    speaker.rumors(link(), rumors(1));

    await().until(() -> second.traffic().news() > before);
    assertThat(refused()).isEqualTo(refused);
  }

  @Test
  void whoTellsALinkThatIsGoneTellsNobody() {
    speaker.rumors(-1, rumors(1));
    speaker.lines(-1, rumors(1), List.of(), false);
    speaker.digest(-1, List.of());

    assertThat(speaker.news()).isZero();
  }

  private static long link() {
    return first.traffic().sessions().iterator().next().link().number();
  }

  private static long refused() {
    return second.traffic().refused().values().stream().mapToLong(LongAdder::sum).sum();
  }

  private static List<Rumor> rumors(int count) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            new Rumor(
                new NodeId("nobody-" + i),
                new InstanceId("instance-" + i),
                Rumor.Claim.LEFT,
                i,
                new InstanceId("author"),
                null))
        .toList();
  }
}
