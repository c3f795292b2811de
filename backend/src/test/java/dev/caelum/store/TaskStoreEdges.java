package dev.caelum.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.task.TaskRow;
import dev.caelum.task.TaskSpec;
import dev.caelum.task.TaskState;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The edges of the contract: late rows, repeated ones, old keys, hostile texts, any order. */
abstract class TaskStoreEdges extends TaskStoreContract {
  private static final String HOSTILE =
      "'; drop table task; -- \" \\ \u0000 \u0001 \u001a001a \r\n\t \ud83d\ude00 \ud800 \udc00"
          + " \u202e\uffff %s ${x} ? $1 :a <script>alert(1)</script>";

  @Test
  void aTaskThatWentFarBeforeItsFirstTransactionIsNew() throws StoreUnavailable {
    TaskRow leased = mine(Tasks.leased(tasks.queued(5), "one"));
    TaskRow over =
        mine(
            Tasks.done(
                Tasks.leased(Tasks.requeued(Tasks.leased(tasks.queued(5), "one")), "two"), "1"));

    assertThat(store.find(leased.id())).contains(leased);
    assertThat(store.find(over.id())).contains(over);
    assertThat(store.write(BETA, List.of(over), List.of())).containsExactly(over.id());
  }

  @Test
  void aRowOfAnEarlierHandOutIsRefused() throws StoreUnavailable {
    TaskRow first = mine(Tasks.leased(mine(tasks.queued(5)), "one"));
    TaskRow second = mine(Tasks.leased(mine(Tasks.requeued(first)), "two"));

    assertThat(store.write(ALPHA, List.of(Tasks.done(first, "1")), List.of()))
        .containsExactly(first.id());
    assertThat(store.find(first.id())).contains(second);
  }

  @Test
  void theSameRowsMayBeWrittenOnceMore() throws StoreUnavailable {
    TaskRow queued = mine(mine(tasks.queued(5)));
    TaskRow leased = mine(mine(Tasks.leased(queued, "one")));

    assertThat(store.find(queued.id())).contains(leased);
    assertThat(store.history(queued.id())).hasSize(2);
  }

  @Test
  void progressIsNoLineOfTheHistory() throws StoreUnavailable {
    TaskRow running = mine(Tasks.running(mine(Tasks.leased(mine(tasks.queued(5)), "one"))));
    TaskRow further = mine(Tasks.with(running, TaskState.RUNNING, 1, "one", "half", null, null));

    assertThat(store.find(running.id())).contains(further);
    assertThat(store.history(running.id())).hasSize(3);
  }

  @Test
  void aTransactionKeepsWhatItMayAndNamesTheRest() throws StoreUnavailable {
    TaskRow theirs = Tasks.leased(tasks.queued(5), "one");
    assertThat(store.write(BETA, List.of(theirs), List.of())).isEmpty();
    TaskRow known = free(tasks.queued(5));
    TaskRow mine = tasks.queued(5);
    TaskRow free = tasks.queued(5);

    Set<String> lost =
        store.write(ALPHA, List.of(Tasks.done(theirs, "1"), mine), List.of(known, free));

    assertThat(lost).containsExactlyInAnyOrder(theirs.id(), known.id());
    assertThat(store.find(mine.id())).contains(mine);
    assertThat(store.find(free.id())).contains(free);
    assertThat(store.find(theirs.id())).contains(theirs);
  }

  @Test
  void twoOfOneTransactionWithOneKeyAreOne() throws StoreUnavailable {
    TaskRow first = tasks.queued(5, "1", "key");
    TaskRow second = tasks.queued(5, "1", "key");

    assertThat(store.write(ALPHA, List.of(first, second), List.of())).containsExactly(second.id());
  }

  @Test
  void aKeyIsFreeAfterAWeekThoughItsTaskLives() throws StoreUnavailable {
    TaskRow old = mine(Tasks.older(tasks.queued(5, "1", "key"), 8 * TaskSpec.DAY_MILLIS));

    assertThat(store.byKey("local", "key")).isEmpty();
    TaskRow now = mine(tasks.queued(5, "2", "key"));
    assertThat(store.byKey("local", "key")).contains(now);
    assertThat(store.find(old.id())).isPresent();
  }

  static Stream<String> hostile() {
    return Stream.of(HOSTILE, "", " ", "\u0000", "\u001a", "\udfff\ud800", "a".repeat(10_000));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void textsAreKeptToTheCharacter(String text) throws StoreUnavailable {
    TaskRow queued = mine(Tasks.grouped(tasks.queued(5, text, text), text));
    TaskRow ended = mine(Tasks.dead(mine(Tasks.leased(queued, text)), text));

    assertThat(store.find(ended.id())).contains(ended);
    assertThat(store.byKey("local", text)).contains(ended);
    assertThat(store.history(ended.id())).last().extracting("worker", "text").containsOnly(text);
    assertThat(store.list(new TaskStore.Filter(Set.of(), text, null, 9))).hasSize(1);
    assertThat(store.find(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\u20ac", "\u0000"})
  void theLargestPayloadAndResultAreKept(String letter) throws StoreUnavailable {
    String large = letter.repeat(TaskSpec.PAYLOAD_LIMIT);
    TaskRow done = mine(Tasks.done(mine(Tasks.leased(tasks.queued(5, large, null), "w")), large));

    assertThat(store.find(done.id())).contains(done);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void anyOrderOfCallsGivesWhatAPlainTableGives(long seed) throws StoreUnavailable {
    new RandomCalls(store, tasks, seed).run(600);
  }
}
