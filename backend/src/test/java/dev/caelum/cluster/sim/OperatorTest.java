package dev.caelum.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.Failure;
import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators wish: to end a link, to link again, to forget. */
class OperatorTest {
  private static final long SECOND = World.SECOND;

  private final World world = new World(1);
  private final List<Node> nodes = world.lan(2, 0);
  private final Node one = nodes.getFirst();
  private final Node other = nodes.getLast();

  @BeforeEach
  void twoThatAreLinked() {
    world.run(20 * SECOND);
    assertThat(one.row(other).connected()).isTrue();
  }

  private void disconnect() {
    one.step(new Input.Disconnect(world.now(), one.row(other).key()));
  }

  @Test
  void whoIsDisconnectedStaysAliveAndUnlinkedOnBothEndsWhateverIsHeardOfIt() {
    disconnect();
    world.run(120 * SECOND);
    for (Member row : List.of(one.row(other), other.row(one))) {
      assertThat(row.state()).isEqualTo(MemberState.ALIVE);
      assertThat(row.link()).isNull();
      Failure why = Objects.requireNonNull(row.lastFailure());
      assertThat(why.code()).isEqualTo(FailureCode.DISCONNECTED);
      assertThat(why.nextAttemptAt()).isNull();
    }
  }

  @Test
  void whoIsDisconnectedIsLinkedOnceSomebodyAsksAndThenDialledAgainAsEver() {
    disconnect();
    world.run(10 * SECOND);
    other.contact(one.endpoint(), Input.Origin.SCAN);
    world.run(10 * SECOND);
    assertThat(other.row(one).link()).isNull();
    other.contact(one.endpoint(), Input.Origin.OPERATOR);
    world.run(2 * SECOND);
    assertThat(one.row(other).connected()).isTrue();
    assertThat(other.row(one).connected()).isTrue();
  }

  @Test
  void whoIsGoneIsForgottenAndCanBeRememberedAndWhoIsNotStays() {
    Member row = one.row(other);
    one.step(new Input.Forget(world.now(), row.key()));
    assertThat(one.row(other).connected()).isTrue();
    other.kill();
    world.run(60 * SECOND);
    assertThat(one.state(other)).isEqualTo(MemberState.DEAD);
    one.step(new Input.Forget(world.now(), row.key()));
    world.run(20 * SECOND);
    assertThat(one.state(other)).isNull();
    one.step(
        new Input.Remembered(
            world.now(),
            row.id(),
            row.instance(),
            row.endpoint(),
            row.hostname(),
            row.clusterId(),
            row.clusterName()));
    assertThat(one.state(other)).isEqualTo(MemberState.DEAD);
  }

  @Test
  void whatIsNotedOfAMachineHasItToldOfAgain() {
    long before = one.core.snapshot().revision();
    one.step(new Input.Noted(world.now(), one.row(other).id()));
    one.step(new Input.Noted(world.now(), one.core.snapshot().self().id()));
    assertThat(one.core.snapshot().revision()).isEqualTo(before + 2);
  }
}
