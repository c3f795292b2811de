package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Effect;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.Membership;
import dev.caelum.cluster.ProbeMessage;
import dev.caelum.cluster.Settings;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClusterNodeTest {
  private static final Endpoint GAMMA = new Endpoint("10.0.0.3", 8080);

  private final Queue<Effect> effects = new ConcurrentLinkedQueue<>();
  private volatile Consumer<Effect> shell = effects::add;
  private final ClusterNode node =
      new ClusterNode(
          new Membership(
              Rows.self(), Settings.defaults(), new SplittableRandom(1), System.nanoTime()),
          this::carry,
          () -> {});

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void aFullMailboxDropsHintsAndCountsThem() {
    fill();
    node.post(hint());
    node.post(new Input.LinkPong(System.nanoTime(), 1, 1));

    assertThat(node.waiting()).isEqualTo(ClusterNode.MAILBOX);
    assertThat(node.dropped()).isEqualTo(2);
  }

  @Test
  void aFloodOfHintsLeavesRoomForProofsOfLife() {
    Input beacon = new Input.Contact(System.nanoTime(), GAMMA, Input.Origin.BEACON, "UDP_BEACON");
    for (int i = 0; i < ClusterNode.MAILBOX; i++) {
      node.post(beacon);
    }
    long hints = node.dropped();
    node.post(
        new Input.ProbeHeard(
            System.nanoTime(), new ProbeMessage.Nack(1), new Endpoint("10.0.0.3", 8181)));

    assertThat(hints).isEqualTo(ClusterNode.MAILBOX / 2);
    assertThat(node.waiting()).isEqualTo(ClusterNode.MAILBOX / 2 + 1);
    assertThat(node.dropped()).isEqualTo(hints);
  }

  @Test
  void whatMustNotBeLostWaitsForItsTurn() throws Exception {
    fill();
    Thread poster = Thread.ofVirtual().start(() -> node.post(operator()));
    node.start();
    poster.join();

    await().until(() -> effects.stream().anyMatch(Effect.Dial.class::isInstance));
    assertThat(node.dropped()).isZero();
  }

  @Test
  void nobodyWaitsForALoopThatIsClosed() throws Exception {
    fill();
    Thread poster = Thread.ofVirtual().start(() -> node.post(operator()));
    node.close();

    poster.join();
    assertThat(node.waiting()).isEqualTo(ClusterNode.MAILBOX);
  }

  @Test
  void whatTheLoopAnswersItselfIsNeverDropped() {
    shell =
        effect -> {
          effects.add(effect);
          if (effect instanceof Effect.Dial dial) {
            node.post(
                new Input.DialFailed(
                    System.nanoTime(), dial.target(), FailureCode.POLICY, "not attached", 0));
          }
        };
    node.post(operator());
    while (node.waiting() < ClusterNode.MAILBOX) {
      node.post(hint());
    }
    node.start();

    await()
        .until(() ->
            effects.stream()
                .anyMatch(effect ->
                    effect instanceof Effect.Publish(ClusterEvent.DialFailed failed)
                        && failed.failure().target().equals(GAMMA)));
  }

  @Test
  void anEffectThatFailsTakesNoOtherWithIt() {
    shell =
        effect -> {
          effects.add(effect);
          if (effect instanceof Effect.Publish) {
            throw new IllegalStateException("on purpose");
          }
        };
    node.start();
    node.post(operator());

    await().until(() -> effects.stream().anyMatch(Effect.Dial.class::isInstance));
  }

  @Test
  void aLoopThatNeverBeganCloses() {
    node.close();
    node.close();
    node.post(hint());

    assertThat(node.waiting()).isZero();
  }

  private void carry(Effect effect) {
    shell.accept(effect);
  }

  private void fill() {
    while (node.waiting() < ClusterNode.MAILBOX) {
      node.post(hint());
    }
  }

  private static Input hint() {
    return new Input.LinkPong(System.nanoTime(), 99, 1);
  }

  private static Input operator() {
    return new Input.Contact(System.nanoTime(), GAMMA, Input.Origin.OPERATOR, "OPERATOR");
  }
}
