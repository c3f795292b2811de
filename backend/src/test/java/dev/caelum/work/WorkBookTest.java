package dev.caelum.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.task.Lease;
import dev.caelum.task.ResourceNeed;
import dev.caelum.task.TaskError;
import dev.caelum.task.WorkMessage;
import dev.caelum.task.WorkMessage.Ending;
import dev.caelum.task.WorkMessage.Order;
import dev.caelum.task.WorkMessage.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The worker's decisions, one situation each; {@link WorkBookStormTest} mixes them. */
class WorkBookTest {
  private static final String BOSS = "boss@10.0.0.1:8080";
  private static final String OTHER = "other@10.0.0.2:8080";
  private static final ResourceNeed ONE_CORE = new ResourceNeed(1, 0, 0);

  private long now = Duration.ofDays(3).toNanos();
  private final Reservations resources =
      new Reservations(() -> new ResourceNeed(2, 4, 0), () -> now);
  private final WorkBook book = new WorkBook(WorkerSettings.of(2), resources);
  private final List<WorkEffect> seen = new ArrayList<>();
  private boolean full;

  @BeforeEach
  void connect() {
    book.audience().connected(now, BOSS, List.of("echo"));
    settle();
    seen.clear();
  }

  @Test
  void anOrderRunsAndItsResultIsToldUntilItIsTaken() {
    say(BOSS, order("t-1", 1));
    long number = begun("t-1");
    book.ended(now, number, Ending.DONE, "7", null);
    settle();
    assertThat(results(BOSS)).containsExactly(done("t-1", 1, "7"));

    pass(Duration.ofSeconds(6));
    assertThat(results(BOSS)).as("again after 5 s").hasSize(2);

    book.heard(now, BOSS, new WorkMessage.Taken(List.of(new Lease("t-1", 1))));
    pass(Duration.ofSeconds(20));
    assertThat(results(BOSS)).hasSize(2);
    assertThat(book.kept()).isZero();
  }

  @Test
  void theFirstOfTheHighestPriorityRunsNext() {
    say(
        BOSS,
        order("t-1", 1),
        order("t-2", 1),
        order("t-3", 1),
        order("t-4", 1, 9, ResourceNeed.NONE));
    assertThat(book.waiting()).isEqualTo(2);

    book.ended(now, begun("t-1"), Ending.DONE, "1", null);
    settle();

    assertThat(begun("t-4")).isPositive();
    assertThat(book.waiting()).isEqualTo(1);
  }

  @Test
  void aSecondOrderOfTheSameEpochIsNoSecondAttempt() {
    say(BOSS, order("t-1", 1));
    say(BOSS, order("t-1", 1));
    assertThat(seen).filteredOn(WorkEffect.Begin.class::isInstance).hasSize(1);

    book.ended(now, begun("t-1"), Ending.DONE, "7", null);
    settle();
    say(BOSS, order("t-1", 1));
    assertThat(results(BOSS)).as("the kept result").hasSize(2);
  }

  @Test
  void aNewerEpochReplacesAndAnOlderOneIsRefused() {
    say(BOSS, order("t-1", 2));
    long first = begun("t-1");
    say(BOSS, order("t-1", 3));
    assertThat(seen).contains(new WorkEffect.Halt(first));
    assertThat(begun("t-1")).isGreaterThan(first);

    say(BOSS, order("t-1", 1));
    assertThat(results(BOSS))
        .extracting(Outcome::lease, Outcome::ending)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(new Lease("t-1", 1), Ending.REFUSED));
    book.ended(now, first, Ending.FAILED, null, new TaskError("stopped", "x"));
    settle();
    assertThat(results(BOSS)).as("nobody wants the first one's end").hasSize(1);
  }

  @Test
  void aTypeThatTheCoordinatorMayNotRunIsRefused() {
    say(BOSS, of("t-1", "hash"));
    assertThat(results(BOSS))
        .extracting(Outcome::error)
        .extracting(TaskError::code)
        .containsExactly("not_accepted");
  }

  @Test
  void moreThanMayWaitIsRefusedAsBusy() {
    Order[] many = new Order[2 + 256 + 3];
    for (int i = 0; i < many.length; i++) {
      many[i] = order("t-" + i, 1);
    }
    say(BOSS, many);
    assertThat(results(BOSS))
        .extracting(Outcome::error)
        .extracting(TaskError::code)
        .containsExactly("busy", "busy", "busy");
  }

  @Test
  void anAttemptEndsAtItsTimeoutAndItsSlotIsFreeOnceItsHandlerIsOver() {
    say(BOSS, order("t-1", 1));
    long number = begun("t-1");
    pass(Duration.ofSeconds(1));
    assertThat(seen).contains(new WorkEffect.Halt(number));
    assertThat(results(BOSS))
        .extracting(Outcome::error)
        .extracting(TaskError::code)
        .containsExactly("timeout");
    assertThat(book.running()).isEqualTo(1);

    book.ended(now, number, Ending.DONE, "late", null);
    settle();
    assertThat(book.running()).isZero();
    assertThat(results(BOSS)).hasSize(1);
  }

  @Test
  void aLeaseIsRenewedWhileItsCoordinatorIsThereAndNotUsedBeyondItsEnd() {
    say(BOSS, patient("t-1"), patient("t-2"), patient("t-3"));
    pass(Duration.ofSeconds(60));
    assertThat(book.running()).isEqualTo(2);
    assertThat(results(BOSS)).isEmpty();

    book.audience().gone(BOSS);
    pass(Duration.ofSeconds(26));
    assertThat(seen).filteredOn(WorkEffect.Halt.class::isInstance).hasSize(2);

    book.audience().connected(now, BOSS, List.of("echo"));
    settle();
    assertThat(results(BOSS))
        .extracting(Outcome::ending)
        .containsExactlyInAnyOrder(Ending.FAILED, Ending.FAILED, Ending.REFUSED);
  }

  @Test
  void aStopEndsItAndNothingIsToldOfIt() {
    say(BOSS, patient("t-1"));
    long number = begun("t-1");
    book.heard(now, BOSS, new WorkMessage.Stop(List.of(new Lease("t-1", 1)), "cancelled"));
    settle();
    assertThat(seen).contains(new WorkEffect.Halt(number));
    book.ended(now, number, Ending.FAILED, null, new TaskError("stopped", "x"));
    pass(Duration.ofSeconds(10));
    assertThat(results(BOSS)).isEmpty();
    assertThat(book.kept()).isZero();
  }

  @Test
  void onlyTheCoordinatorOfATaskStopsIt() {
    book.audience().connected(now, OTHER, List.of("echo"));
    say(BOSS, patient("t-1"));
    book.heard(now, OTHER, new WorkMessage.Stop(List.of(new Lease("t-1", 1)), "mine"));
    settle();
    assertThat(book.running()).isEqualTo(1);
    assertThat(seen).noneMatch(WorkEffect.Halt.class::isInstance);
  }

  @Test
  void whoAsksForALeaseIsToldItsResultFromThenOn() {
    say(BOSS, patient("t-1"));
    book.audience().gone(BOSS);
    book.audience().connected(now, OTHER, List.of("echo"));
    Lease lease = new Lease("t-1", 1);
    book.heard(now, OTHER, new WorkMessage.Query(List.of(lease, new Lease("t-9", 1)), true));
    settle();
    assertThat(messages(OTHER)).contains(new WorkMessage.Renew(List.of(lease), true));

    book.ended(now, begun("t-1"), Ending.DONE, "5", null);
    settle();
    assertThat(results(OTHER)).containsExactly(done("t-1", 1, "5"));
  }

  @Test
  void afterASleepWhatOthersGaveEndsAndWhatThisNodeGaveRunsOn() {
    book.audience().connected(now, OTHER, List.of("echo"));
    say(BOSS, patient("t-1"));
    say(OTHER, patient("t-2"), patient("t-3"));
    long running = begun("t-2");
    book.slept(now, OTHER::equals);
    settle();
    assertThat(seen)
        .contains(new WorkEffect.Halt(running))
        .doesNotContain(new WorkEffect.Halt(begun("t-1")));
    assertThat(results(OTHER))
        .extracting(outcome -> outcome.lease().task(), Outcome::ending)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("t-2", Ending.FAILED),
            org.assertj.core.groups.Tuple.tuple("t-3", Ending.REFUSED));
    book.ended(now, begun("t-1"), Ending.DONE, "7", null);
    settle();
    assertThat(results(BOSS)).containsExactly(done("t-1", 1, "7"));
  }

  @Test
  void aResultThatWasNotTakenSoonGoesToTheDiskAndIsDeletedOnceItIs() {
    say(BOSS, order("t-1", 1));
    book.ended(now, begun("t-1"), Ending.DONE, "7", null);
    pass(Duration.ofMillis(240));
    assertThat(seen).noneMatch(WorkEffect.Keep.class::isInstance);
    pass(Duration.ofMillis(20));
    assertThat(seen).contains(new WorkEffect.Keep(BOSS, done("t-1", 1, "7")));

    book.heard(now, BOSS, new WorkMessage.Taken(List.of(new Lease("t-1", 1))));
    settle();
    assertThat(seen).contains(new WorkEffect.Forget(new Lease("t-1", 1)));
  }

  @Test
  void aResultOfAnEarlierRunIsToldWhenItsCoordinatorIsThereAndGivenUpAfterADay() {
    book.restore(now, OTHER, done("t-1", 4, "7"), Duration.ofHours(23).toNanos());
    book.audience().connected(now, OTHER, List.of());
    settle();
    assertThat(results(OTHER)).containsExactly(done("t-1", 4, "7"));
    pass(Duration.ofMinutes(62));
    assertThat(book.kept()).isZero();
    assertThat(seen).contains(new WorkEffect.Forget(new Lease("t-1", 4)));
  }

  @Test
  void aShortAttemptCostsNoProgressAndALongOneTellsTwiceASecond() {
    say(BOSS, order("t-1", 1));
    book.ended(now, begun("t-1"), Ending.DONE, "7", null);
    say(BOSS, patient("t-2"));
    long number = begun("t-2");
    for (int i = 1; i <= 100; i++) {
      book.progressed(number, i, "step " + i);
      pass(Duration.ofMillis(20));
    }
    assertThat(steps()).extracting(step -> step.lease().task()).containsOnly("t-2");
    assertThat(steps()).hasSizeBetween(4, 5);
  }

  @Test
  void whatCannotBeSentIsSentSoonAfter() {
    say(BOSS, order("t-1", 1));
    full = true;
    book.ended(now, begun("t-1"), Ending.DONE, "7", null);
    settle();
    full = false;
    seen.clear();
    pass(Duration.ofMillis(70));
    assertThat(results(BOSS)).containsExactly(done("t-1", 1, "7"));
  }

  @Test
  void oneThatNeedsMoreThanIsFreeWaitsAndLetsOthersPass() {
    assertThat(resources.request("mia", new ResourceNeed(1.5, 0, 0), Duration.ofMinutes(1)))
        .isInstanceOf(Reservations.Answer.Granted.class);
    say(BOSS, order("t-1", 1, 9, ONE_CORE), order("t-2", 1, 5, ResourceNeed.NONE));
    assertThat(begun("t-2")).isPositive();
    assertThat(book.waiting()).isEqualTo(1);

    say(BOSS, order("t-3", 1, 5, new ResourceNeed(3, 0, 0)));
    assertThat(results(BOSS))
        .extracting(Outcome::error)
        .extracting(TaskError::code)
        .containsExactly("resources");
  }

  @Test
  void offersAreToldAtOnceAndOnChangeAtMostOnceASecond() {
    for (int i = 0; i < 50; i++) {
      say(BOSS, order("t-" + i, 1));
      pass(Duration.ofMillis(20));
    }
    long offers = messages(BOSS).stream().filter(WorkMessage.Offer.class::isInstance).count();
    assertThat(offers).isBetween(1L, 2L);

    book.audience().connected(now, OTHER, List.of());
    settle();
    assertThat(messages(OTHER))
        .singleElement()
        .isInstanceOfSatisfying(
            WorkMessage.Offer.class, offer -> assertThat(offer.handlers()).isEmpty());
    pass(Duration.ofMinutes(2));
    assertThat(messages(OTHER)).as("little for who may run nothing").hasSize(3);
    book.audience().allowed(OTHER, List.of("echo"));
    pass(Duration.ofSeconds(2));
    assertThat(messages(OTHER)).hasSize(4);
  }

  // ---- words ----

  private void say(String machine, Order... orders) {
    book.heard(now, machine, new WorkMessage.Assign(List.of(orders)));
    settle();
  }

  /** In steps, as the worker's loop does. */
  private void pass(Duration time) {
    long end = now + time.toNanos();
    while (now < end) {
      now = Math.min(end, now + 20_000_000);
      settle();
    }
  }

  private void settle() {
    book.tick(now);
    for (List<WorkEffect> effects = book.effects(); !effects.isEmpty(); effects = book.effects()) {
      for (WorkEffect effect : effects) {
        seen.add(effect);
        if (effect instanceof WorkEffect.Send(String machine, WorkMessage message)) {
          book.audience().sent(now, machine, message, !full);
        }
      }
    }
  }

  /** The number of the last attempt that began for a task. */
  private long begun(String task) {
    return seen.stream()
        .filter(WorkEffect.Begin.class::isInstance)
        .map(WorkEffect.Begin.class::cast)
        .filter(begin -> begin.order().task().equals(task))
        .mapToLong(WorkEffect.Begin::number)
        .max()
        .orElseThrow();
  }

  private List<WorkMessage> messages(String machine) {
    return seen.stream()
        .filter(WorkEffect.Send.class::isInstance)
        .map(WorkEffect.Send.class::cast)
        .filter(send -> send.machine().equals(machine))
        .map(WorkEffect.Send::message)
        .toList();
  }

  private List<Outcome> results(String machine) {
    return messages(machine).stream()
        .filter(WorkMessage.Results.class::isInstance)
        .flatMap(message -> ((WorkMessage.Results) message).outcomes().stream())
        .toList();
  }

  private List<WorkMessage.Step> steps() {
    return messages(BOSS).stream()
        .filter(WorkMessage.Progress.class::isInstance)
        .flatMap(message -> ((WorkMessage.Progress) message).steps().stream())
        .toList();
  }

  private static Order order(String task, long epoch) {
    return order(task, epoch, 5, ResourceNeed.NONE);
  }

  private static Order order(String task, long epoch, int priority, ResourceNeed need) {
    return new Order(task, epoch, 1, "echo", null, need, priority, "{}", 1_000, 30_000);
  }

  private static Order of(String task, String type) {
    return new Order(task, 1, 1, type, null, ResourceNeed.NONE, 5, "{}", 1_000, 30_000);
  }

  private static Order patient(String task) {
    return new Order(task, 1, 1, "echo", null, ResourceNeed.NONE, 5, "{}", 3_600_000, 30_000);
  }

  private static Outcome done(String task, long epoch, @Nullable String result) {
    return new Outcome(new Lease(task, epoch), Ending.DONE, result, null, 0);
  }
}
