package dev.caelum.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.feed.Notification.Kind;
import dev.caelum.inbox.Happening.Way;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboxTest {
  private static final long SECOND = 1_000_000_000L;

  private final Inbox inbox = new Inbox(0);
  private final List<String> told = new ArrayList<>();
  private long now;

  @Test
  void oneMachineThatDiesIsToldWhenNoOtherCanJoinIt() {
    machine("beta", Way.DOWN);
    pass(2);
    assertThat(told).isEmpty();
    pass(1);
    assertThat(told).containsExactly("beta is offline.");
    pass(600);
    assertThat(told).hasSize(1);
    assertThat(inbox.idle()).isTrue();
  }

  @Test
  void manyAtOnceAreOneAndTheNetworkIsSuspected() {
    for (String name : List.of("a", "b", "c", "d", "e", "f", "g")) {
      machine(name, Way.DOWN);
    }
    pass(3);
    assertThat(told)
        .containsExactly(
            "7 machines went offline within 3 s: network problem? (a, b, c, d, e and 2 more)");
    for (String name : List.of("a", "b")) {
      machine(name, Way.UP);
    }
    machine("c", Way.LEFT);
    pass(3);
    assertThat(told.subList(1, 3))
        .containsExactly("2 machines are back: a, b", "c left the cluster.");
  }

  @Test
  void whatComesAndGoesThreeTimesInAMinuteIsUnstableOnceAndSteadyLater() {
    for (int i = 0; i < 20; i++) {
      machine("beta", i % 2 == 0 ? Way.DOWN : Way.UP);
      pass(4);
    }
    assertThat(told)
        .containsExactly(
            "beta is offline.",
            "beta is back.",
            "beta is unstable: it came or went 3 times within 1 min.");
    pass(70);
    assertThat(told.getLast()).isEqualTo("beta is steady again, and online.");
    machine("beta", Way.DOWN);
    pass(3);
    assertThat(told.getLast()).isEqualTo("beta is offline.");
    assertThat(told).hasSize(5);
  }

  @Test
  void threeTurnsWithinAMomentAreNothingButUnstable() {
    machine("beta", Way.DOWN);
    machine("beta", Way.UP);
    machine("beta", Way.DOWN);
    pass(3);
    assertThat(told).containsExactly("beta is unstable: it came or went 3 times within 1 min.");
    pass(70);
    assertThat(told.getLast()).isEqualTo("beta came and went, and is offline now.");
  }

  @Test
  void aProblemThatRepeatsIsToldOnceUntilItWasQuiet() {
    for (int i = 0; i < 100; i++) {
      trouble("store", "The disk is full, attempt " + i);
      pass(20);
    }
    assertThat(told).containsExactly("The disk is full, attempt 0");
    pass(600);
    trouble("store", "The disk is full again");
    pass(3);
    assertThat(told).hasSize(2);
  }

  @Test
  void problemsOfOneKindAreOneAndOthersAreTheirOwn() {
    inbox.take(new Happening.Trouble("refused", "k1", "Connection to a failed"), now);
    inbox.take(new Happening.Trouble("refused", "k2", "Connection to b failed"), now);
    trouble("store", "The disk is full");
    pass(3);
    assertThat(told)
        .containsExactly(
            "2 problems of one kind within 3 s: Connection to a failed · Connection to b failed",
            "The disk is full");
  }

  @Test
  void aTaskIsToldOnceHoweverOftenItsEventComes() {
    Happening lost = new Happening.TaskLost("t-1", "echo", null, "the handler threw");
    inbox.take(lost, now);
    inbox.take(lost, now);
    pass(3);
    inbox.take(lost, now);
    pass(3);
    assertThat(told).containsExactly("Task echo failed for good: the handler threw");
  }

  @Test
  void aServiceHasWordsOfItsOwn() {
    turned(Kind.SERVICE, "code on beta", Way.DOWN);
    pass(3);
    turned(Kind.SERVICE, "code on beta", Way.UP);
    pass(3);
    assertThat(told)
        .containsExactly(
            "MCP server code on beta is down.", "MCP server code on beta is ready again.");
  }

  @Test
  void aStormOfProblemsIsBounded() {
    for (int i = 0; i < 500; i++) {
      trouble("", "Problem " + i);
    }
    pass(3);
    assertThat(told).hasSize(Inbox.MOST);
    pass(60);
    assertThat(told).hasSize(Inbox.MOST + 1);
    assertThat(told.getLast()).isEqualTo("470 more notifications within 1 min; see the events");
    trouble("", "After it");
    pass(3);
    assertThat(told.getLast()).isEqualTo("After it");
  }

  private void machine(String name, Way way) {
    turned(Kind.MACHINE, name, way);
  }

  private void turned(Kind kind, String name, Way way) {
    inbox.take(new Happening.Turned(kind, name, name, "key-" + name, way), now);
  }

  private void trouble(String code, String text) {
    inbox.take(new Happening.Trouble(code, null, text), now);
  }

  /** Lets time pass, a quarter of a second at a time, as the reader does. */
  private void pass(int seconds) {
    for (int i = 0; i < 4 * seconds; i++) {
      now += SECOND / 4;
      inbox.due(now).forEach(draft -> told.add(draft.text()));
    }
  }
}
