package dev.caelum.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.task.TaskRow;
import dev.caelum.task.TaskSpec;
import dev.caelum.task.TaskState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does; each kind runs these on the real thing. */
abstract class TaskStoreContract {
  static final String ALPHA = "caelum-alpha";
  static final String BETA = "caelum-beta";
  private static final TaskStore.Filter ALL = new TaskStore.Filter(Set.of(), null, null, 1000);

  final Tasks tasks = new Tasks();
  TaskStore store;

  /** Opens the store of this test: empty the first time, afterwards with what it had. */
  abstract TaskStore open() throws StoreUnavailable;

  @BeforeEach
  void openStore() throws StoreUnavailable {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  void restart() throws StoreUnavailable {
    store.close();
    store = open();
  }

  TaskRow mine(TaskRow row) throws StoreUnavailable {
    assertThat(store.write(ALPHA, List.of(row), List.of())).isEmpty();
    return row;
  }

  TaskRow free(TaskRow row) throws StoreUnavailable {
    assertThat(store.write(ALPHA, List.of(), List.of(row))).isEmpty();
    return row;
  }

  private static List<String> ids(List<TaskRow> rows) {
    return rows.stream().map(TaskRow::id).toList();
  }

  @Test
  void whatWasWrittenIsFoundAfterARestart() throws StoreUnavailable {
    TaskRow done = Tasks.done(Tasks.leased(mine(tasks.queued(3)), "beta@h:1"), "{\"n\":1}");
    TaskRow dead = Tasks.dead(Tasks.leased(mine(tasks.queued(7)), "beta@h:1"), "it burnt");
    mine(done);
    mine(dead);
    restart();
    assertThat(store.find(done.id())).contains(done);
    assertThat(store.find(dead.id())).contains(dead);
    assertThat(store.find("t-none")).isEmpty();
  }

  @Test
  void anyTextIsKeptAsItIs() throws StoreUnavailable {
    String text =
        "' or 1=1; drop table task; -- \u0000 \n\u001b[31m \u202e \ud83d\ude80 %s ${x} \\";
    TaskRow row = Tasks.grouped(tasks.queued(5, text, "key ' " + text), text);
    mine(row);
    TaskRow ended = Tasks.dead(Tasks.leased(row, text), text);
    mine(ended);
    restart();
    assertThat(store.find(row.id())).contains(ended);
    assertThat(store.byKey("local", "key ' " + text)).contains(ended);
    assertThat(store.history(row.id())).last().extracting("worker", "text").containsOnly(text);
    assertThat(store.list(new TaskStore.Filter(Set.of(), text, null, 9))).hasSize(1);
  }

  @Test
  void theLargestPayloadAndResultFit() throws StoreUnavailable {
    String large = "\u00e9".repeat(TaskSpec.PAYLOAD_LIMIT);
    TaskRow row = mine(tasks.queued(5, large, null));
    TaskRow done = mine(Tasks.done(Tasks.leased(row, "w"), large));
    restart();
    assertThat(store.find(row.id())).contains(done);
    assertThat(store.list(ALL))
        .singleElement()
        .extracting(found -> found.spec().payload())
        .isEqualTo("");
  }

  @Test
  void claimsGoByPriorityThenAge() throws StoreUnavailable {
    TaskRow low = free(tasks.queued(1));
    TaskRow first = free(tasks.queued(9));
    TaskRow second = free(tasks.queued(9));
    TaskRow middle = free(tasks.queued(5));
    assertThat(ids(store.claim(ALPHA, 3, 1 << 20)))
        .containsExactly(first.id(), second.id(), middle.id());
    assertThat(ids(store.claim(BETA, 3, 1 << 20))).containsExactly(low.id());
    assertThat(store.claim(BETA, 3, 1 << 20)).isEmpty();
  }

  @Test
  void aClaimStopsAtItsCharactersButOneAlwaysFits() throws StoreUnavailable {
    for (int i = 0; i < 4; i++) {
      free(tasks.queued(5, "x".repeat(100), null));
    }
    assertThat(store.claim(ALPHA, 10, 50)).hasSize(1);
    assertThat(store.claim(ALPHA, 10, 200)).hasSize(2);
  }

  @Test
  void nobodyWritesATaskOfAnotherCoordinator() throws StoreUnavailable {
    TaskRow row = mine(tasks.queued(5));
    TaskRow other = Tasks.leased(row, "thief");
    assertThat(store.write(BETA, List.of(other), List.of())).containsExactly(row.id());
    assertThat(store.find(row.id())).contains(row);
    assertThat(store.history(row.id())).hasSize(1);
  }

  @Test
  void aTaskThatIsOverStaysAsItEnded() throws StoreUnavailable {
    TaskRow leased = mine(Tasks.leased(mine(tasks.queued(5)), "w"));
    TaskRow done = mine(Tasks.done(leased, "1"));
    assertThat(store.write(ALPHA, List.of(Tasks.done(leased, "2")), List.of()))
        .containsExactly(row(leased));
    assertThat(store.find(row(leased))).contains(done);
  }

  private static String row(TaskRow row) {
    return row.id();
  }

  @Test
  void rowsOfOneWriteThatAreRefusedDoNotHinderTheOthers() throws StoreUnavailable {
    TaskRow taken = mine(tasks.queued(5));
    TaskRow fresh = tasks.queued(5);
    assertThat(store.write(BETA, List.of(Tasks.leased(taken, "w"), fresh), List.of()))
        .containsExactly(taken.id());
    assertThat(store.find(fresh.id())).contains(fresh);
  }

  @Test
  void aKeyNamesOneTaskOfItsClient() throws StoreUnavailable {
    TaskRow first = mine(tasks.queued(5, "1", "key"));
    TaskRow second = tasks.queued(5, "2", "key");
    assertThat(store.write(ALPHA, List.of(second), List.of())).containsExactly(second.id());
    assertThat(store.write(ALPHA, List.of(), List.of(second))).containsExactly(second.id());
    assertThat(store.byKey("local", "key")).contains(first);
    assertThat(store.byKey("other", "key")).isEmpty();
    assertThat(store.find(second.id())).isEmpty();
    assertThat(store.history(second.id())).isEmpty();
  }

  @Test
  void ofManyThatUseAKeyAtOnceOneIsKept() throws Exception {
    List<TaskRow> rows =
        IntStream.range(0, 16).mapToObj(i -> tasks.queued(5, "" + i, "race")).toList();
    List<Set<String>> lost =
        atOnce(
            rows.stream()
                .<Callable<Set<String>>>map(
                    row -> () -> store.write(ALPHA, List.of(row), List.of()))
                .toList());
    assertThat(lost.stream().filter(Set::isEmpty)).hasSize(1);
    assertThat(store.counts()).isEqualTo(Map.of(TaskState.QUEUED, 1L));
  }

  @Test
  void whatManyClaimAtOnceEachGetsOnce() throws Exception {
    List<TaskRow> rows = IntStream.range(0, 200).mapToObj(_ -> tasks.queued(5)).toList();
    assertThat(store.write(ALPHA, List.of(), rows)).isEmpty();
    List<Callable<List<TaskRow>>> claims = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String who = "coordinator-" + i;
      claims.add(() -> {
        List<TaskRow> all = new ArrayList<>();
        List<TaskRow> some = store.claim(who, 7, 1 << 20);
        while (!some.isEmpty()) {
          all.addAll(some);
          some = store.claim(who, 7, 1 << 20);
        }
        return all;
      });
    }
    List<String> claimed = atOnce(claims).stream().flatMap(List::stream).map(TaskRow::id).toList();
    assertThat(claimed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(ids(rows));
  }

  private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> call : threads.invokeAll(calls)) {
        results.add(call.get());
      }
      return results;
    }
  }

  @Test
  void whoStartsAgainGetsWhatItHadHandedOut() throws StoreUnavailable {
    TaskRow queued = mine(tasks.queued(5));
    TaskRow leased = mine(Tasks.leased(mine(tasks.queued(5)), "w"));
    TaskRow running = mine(Tasks.running(mine(Tasks.leased(mine(tasks.queued(5)), "w"))));
    mine(Tasks.done(mine(Tasks.leased(mine(tasks.queued(5)), "w")), "1"));
    restart();
    assertThat(store.adopt(ALPHA, true)).containsExactlyInAnyOrder(leased, running);
    assertThat(store.adopt(ALPHA, false)).isEmpty();
    assertThat(ids(store.claim(ALPHA, 9, 1 << 20))).containsExactly(queued.id());
    mine(Tasks.done(running, "2"));
  }

  @Test
  void whatIsReleasedCanBeClaimedAgain() throws StoreUnavailable {
    TaskRow row = mine(tasks.queued(5));
    TaskRow leased = mine(Tasks.leased(mine(tasks.queued(5)), "w"));
    store.release(BETA, List.of(row.id()));
    assertThat(store.claim(BETA, 9, 1 << 20)).isEmpty();
    store.release(ALPHA, List.of(row.id(), leased.id()));
    assertThat(ids(store.claim(BETA, 9, 1 << 20))).containsExactly(row.id());
  }

  @Test
  void aTaskThatIsOverCanBeRunAgain() throws StoreUnavailable {
    TaskRow done = mine(Tasks.done(mine(Tasks.leased(mine(tasks.queued(5)), "w")), "1"));
    TaskRow again = store.reopen(done.id(), done.changedAt() + 5).orElseThrow();
    assertThat(again.state()).isEqualTo(TaskState.QUEUED);
    assertThat(again.epoch()).isEqualTo(1);
    assertThat(store.find(done.id())).contains(again);
    assertThat(again.result()).isNull();
    assertThat(store.reopen(done.id(), 1)).isEmpty();
    assertThat(ids(store.claim(BETA, 9, 1 << 20))).containsExactly(done.id());
    assertThat(store.reopen(mine(Tasks.leased(mine(tasks.queued(5)), "w")).id(), 1)).isEmpty();
    assertThat(store.reopen("t-none", 1)).isEmpty();
  }

  @Test
  void onlyWhatNobodyHasIsCancelledHere() throws StoreUnavailable {
    TaskRow mine = mine(tasks.queued(5));
    TaskRow free = free(tasks.queued(5));
    assertThat(store.cancelUnclaimed(mine.id(), 1)).isEmpty();
    TaskRow cancelled = store.cancelUnclaimed(free.id(), 7).orElseThrow();
    assertThat(cancelled.state()).isEqualTo(TaskState.CANCELLED);
    assertThat(cancelled.changedAt()).isEqualTo(7);
    assertThat(store.cancelUnclaimed(free.id(), 8)).isEmpty();
    assertThat(store.claim(BETA, 9, 1 << 20)).isEmpty();
  }

  @Test
  void theHistoryTellsEachChangeInOrder() throws StoreUnavailable {
    TaskRow queued = mine(tasks.queued(5));
    TaskRow leased = mine(Tasks.leased(queued, "one"));
    TaskRow back = mine(Tasks.requeued(leased));
    TaskRow second = mine(Tasks.leased(back, "two"));
    mine(Tasks.dead(second, "no more"));
    assertThat(store.history(queued.id()))
        .extracting(
            TaskStore.Change::state,
            TaskStore.Change::epoch,
            TaskStore.Change::worker,
            TaskStore.Change::text)
        .containsExactly(
            line(TaskState.QUEUED, 0, null, null),
            line(TaskState.LEASED, 1, "one", null),
            line(TaskState.QUEUED, 1, "one", "again"),
            line(TaskState.LEASED, 2, "two", null),
            line(TaskState.DEAD, 2, "two", "no more"));
  }

  private static Tuple line(
      TaskState state, long epoch, @Nullable String worker, @Nullable String text) {
    return Tuple.tuple(state, epoch, worker, text);
  }

  @Test
  void pagesOfTheListMeetWithoutGapOrDouble() throws StoreUnavailable {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      TaskRow row = Tasks.grouped(tasks.queued(5), i % 5 == 0 ? "five" : "rest");
      all.add(free(row).id());
    }
    Collections.reverse(all);
    List<String> seen = new ArrayList<>();
    List<TaskRow> page = store.list(new TaskStore.Filter(Set.of(), null, null, 10));
    while (!page.isEmpty()) {
      seen.addAll(ids(page));
      page = store.list(new TaskStore.Filter(Set.of(), null, seen.getLast(), 10));
    }
    assertThat(seen).isEqualTo(all);
    assertThat(store.list(new TaskStore.Filter(Set.of(), "five", null, 10))).hasSize(5);
    Set<TaskState> over = Set.of(TaskState.DONE, TaskState.DEAD);
    assertThat(store.list(new TaskStore.Filter(over, null, null, 10))).isEmpty();
    over = Set.of(TaskState.DONE, TaskState.QUEUED);
    assertThat(store.list(new TaskStore.Filter(over, "rest", null, 1000))).hasSize(20);
  }

  @Test
  void tasksAreFoundByTheEndOfTheirKeys() throws Exception {
    TaskRow plan = tasks.queued(5, "1", "t-1 plan");
    TaskRow other = tasks.queued(5, "1", "t-1 chunk 00");
    store.write(ALPHA, List.of(plan, other, tasks.queued(5)), List.of());
    assertThat(store.list(TaskStore.Filter.keyed("local", " plan", 9)))
        .extracting(TaskRow::id)
        .containsExactly(plan.id());
    assertThat(store.list(TaskStore.Filter.keyed("somebody", " plan", 9))).isEmpty();
  }

  @Test
  void aPurgeTakesWhatWasOverBeforeWithAllThatBelongsToIt() throws StoreUnavailable {
    TaskRow old = mine(Tasks.done(mine(Tasks.leased(mine(tasks.queued(5)), "w")), "1"));
    TaskRow waiting = mine(tasks.queued(5));
    TaskRow late = mine(Tasks.done(mine(Tasks.leased(mine(tasks.queued(5)), "w")), "1"));
    assertThat(store.purge(late.changedAt())).isEqualTo(1);
    assertThat(store.find(old.id())).isEmpty();
    assertThat(store.history(old.id())).isEmpty();
    Set<String> left = new HashSet<>(ids(store.list(ALL)));
    assertThat(left).containsExactlyInAnyOrder(waiting.id(), late.id());
  }

  @Test
  void countsAreByState() throws StoreUnavailable {
    free(tasks.queued(5));
    free(tasks.queued(5));
    mine(Tasks.leased(mine(tasks.queued(5)), "w"));
    assertThat(store.counts()).isEqualTo(Map.of(TaskState.QUEUED, 2L, TaskState.LEASED, 1L));
  }
}
