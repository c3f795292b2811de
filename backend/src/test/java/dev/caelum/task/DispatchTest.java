package dev.caelum.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.caelum.task.WorkMessage.Ending;
import dev.caelum.task.WorkMessage.Order;
import dev.caelum.task.WorkMessage.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DispatchTest {
  private static final long SECOND = 1_000_000_000L;

  private final Dispatch dispatch = new Dispatch(TaskSettings.defaults(), new Random(1));
  private final List<TaskEffect> effects = new ArrayList<>();
  private long now = 5 * SECOND;
  private int submitted;

  @BeforeEach
  void machines() {
    step(
        new TaskInput.Machines(
            List.of(
                machine("a", Machine.Standing.SELF),
                machine("b", Machine.Standing.LINKED),
                machine("c", Machine.Standing.UNLINKED))));
  }

  private static Machine machine(String key, Machine.Standing standing) {
    return new Machine(key, key, key, standing, new ResourceNeed(4, 8, 0));
  }

  private void step(TaskInput input) {
    effects.clear();
    effects.addAll(dispatch.step(now, now / 1_000_000, input));
    effects.addAll(dispatch.settle());
  }

  private void later(long nanos) {
    now += nanos;
    step(new TaskInput.Tick());
  }

  private void offers(String worker, int slots, String... handlers) {
    step(
        new TaskInput.Said(
            worker,
            new WorkMessage.Offer(
                List.of(handlers),
                slots,
                0,
                0,
                0,
                Map.of("disk", "ssd"),
                List.of("search"),
                new ResourceNeed(4, 8, 0))));
  }

  private String submit(TaskSpec spec) {
    String id = "t" + submitted++;
    step(
        new TaskInput.Submitted(
            submitted,
            new TaskRow(
                id,
                null,
                spec,
                "local",
                null,
                TaskState.QUEUED,
                0,
                0,
                0,
                null,
                -1,
                null,
                null,
                null,
                now / 1_000_000,
                now / 1_000_000)));
    return id;
  }

  private static TaskSpec waiting(String type, int priority) {
    return new TaskSpec(
        type,
        null,
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        ResourceNeed.NONE,
        priority,
        "{}",
        60_000,
        0,
        3,
        true);
  }

  /** What was handed out by the last step: machine and order. */
  private List<Map.Entry<String, Order>> handedOut() {
    return effects.stream()
        .filter(TaskEffect.Send.class::isInstance)
        .map(TaskEffect.Send.class::cast)
        .filter(send -> send.message() instanceof WorkMessage.Assign)
        .flatMap(send ->
            ((WorkMessage.Assign) send.message())
                .orders().stream().map(order -> Map.entry(send.worker(), order)))
        .toList();
  }

  private void ends(String worker, Order order, Ending ending) {
    step(
        new TaskInput.Said(
            worker,
            new WorkMessage.Results(
                List.of(
                    new Outcome(
                        order.lease(),
                        ending,
                        ending == Ending.DONE ? "1" : null,
                        ending == Ending.DONE ? null : new TaskError("x", "it did not work"),
                        1)))));
  }

  private TaskRow written() {
    return effects.stream()
        .filter(TaskEffect.Write.class::isInstance)
        .map(effect -> ((TaskEffect.Write) effect).row())
        .reduce((first, last) -> last)
        .orElseThrow();
  }

  @Test
  void aTaskThatNobodyCanRunIsAnsweredAtOnceWithTheTable() {
    offers("a", 2, "echo");
    submit(TaskSpec.of("dig", "{}"));
    assertThat(effects).hasSize(1);
    assertThat(effects.getFirst()).isInstanceOf(TaskEffect.Answer.class);
    TaskAnswer answer = ((TaskEffect.Answer) effects.getFirst()).answer();
    assertThat(answer).isInstanceOf(TaskAnswer.Unplaceable.class);
    Why why = ((TaskAnswer.Unplaceable) answer).why();
    assertThat(why.machines()).extracting(Why.Row::name).containsExactly("a", "b", "c");
    assertThat(why.wouldRunIf()).isEqualTo("It would run on a if it had a handler for dig.");
  }

  @Test
  void theSentenceIsAboutAMachineThatWasAskedFor() {
    offers("a", 2, "echo");
    offers("b", 2, "dig");
    submit(TaskSpec.of("echo", "{}").only("b"));
    TaskAnswer answer = ((TaskEffect.Answer) effects.getFirst()).answer();
    assertThat(((TaskAnswer.Unplaceable) answer).why().wouldRunIf())
        .isEqualTo("It would run on b if its operator accepted echo from this machine.");
  }

  @Test
  void aPatientTaskWaitsForAMachineThatCan() {
    submit(waiting("echo", 5));
    assertThat(handedOut()).isEmpty();
    offers("b", 1, "echo");
    assertThat(handedOut()).extracting(Map.Entry::getKey).containsExactly("b");
  }

  @Test
  void higherPriorityGoesFirst() {
    for (int priority : new int[] {3, 9, 5}) {
      submit(waiting("echo", priority));
    }
    offers("b", 1, "echo");
    assertThat(handedOut()).extracting(given -> given.getValue().priority()).containsExactly(9, 5);
  }

  @Test
  void oneSlotIsGivenOneTaskToRunAndOneToWait() {
    offers("a", 1, "echo");
    for (int i = 0; i < 4; i++) {
      submit(TaskSpec.of("echo", "{}"));
    }
    assertThat(dispatch.counts().handedOut()).isEqualTo(2);
  }

  @Test
  void aResultCountsOnlyForTheLastHandOut() {
    offers("a", 1, "echo");
    String id = submit(TaskSpec.of("echo", "{}"));
    Order first = handedOut().getFirst().getValue();
    later(31 * SECOND);
    later(2 * SECOND);
    Order second = handedOut().getFirst().getValue();
    assertThat(second.task()).isEqualTo(id);
    assertThat(second.epoch()).isEqualTo(first.epoch() + 1);
    ends("a", first, Ending.DONE);
    assertThat(dispatch.find(id)).isPresent();
    assertThat(dispatch.counts().stale()).isEqualTo(1);
    ends("a", second, Ending.DONE);
    assertThat(written().state()).isEqualTo(TaskState.DONE);
  }

  @Test
  void aLateResultStillCountsWhileNobodyElseHasTheTask() {
    offers("a", 1, "echo");
    String id = submit(TaskSpec.of("echo", "{}"));
    Order order = handedOut().getFirst().getValue();
    step(new TaskInput.Lost("a"));
    later(11 * SECOND);
    assertThat(dispatch.find(id).orElseThrow().state()).isEqualTo(TaskState.QUEUED);
    ends("a", order, Ending.DONE);
    assertThat(written().state()).isEqualTo(TaskState.DONE);
  }

  @Test
  void aTaskThatFailsThreeTimesIsADeadLetterTriedOnDifferentMachines() {
    offers("a", 4, "echo");
    offers("b", 4, "echo");
    submit(TaskSpec.of("echo", "{}"));
    Map.Entry<String, Order> first = handedOut().getFirst();
    ends(first.getKey(), first.getValue(), Ending.FAILED);
    assertThat(handedOut()).as("a pause between two attempts").isEmpty();
    later(2 * SECOND);
    Map.Entry<String, Order> second = handedOut().getFirst();
    assertThat(second.getKey()).isNotEqualTo(first.getKey());
    assertThat(second.getValue().attempt()).isEqualTo(2);
    ends(second.getKey(), second.getValue(), Ending.FAILED);
    later(4 * SECOND);
    Map.Entry<String, Order> third = handedOut().getFirst();
    ends(third.getKey(), third.getValue(), Ending.FAILED);
    assertThat(written().state()).isEqualTo(TaskState.DEAD);
    assertThat(written().error()).isEqualTo(new TaskError("x", "it did not work"));
  }

  @Test
  void aRefusalIsNoAttempt() {
    offers("a", 1, "echo");
    submit(TaskSpec.of("echo", "{}"));
    for (int i = 0; i < 5; i++) {
      ends("a", handedOut().getFirst().getValue(), Ending.REFUSED);
      later(2 * SECOND);
    }
    assertThat(written().failures()).isZero();
    assertThat(handedOut()).hasSize(1);
  }

  @Test
  void aBrokenTaskIsNotTriedAgain() {
    offers("a", 1, "echo");
    submit(TaskSpec.of("echo", "{}"));
    ends("a", handedOut().getFirst().getValue(), Ending.BROKEN);
    assertThat(written().state()).isEqualTo(TaskState.FAILED);
  }

  @Test
  void whatARestartedWorkerLostIsGivenOutAgainAtOnce() {
    offers("a", 1, "echo");
    String id = submit(TaskSpec.of("echo", "{}"));
    step(new TaskInput.Lost("a"));
    offers("a", 1, "echo");
    assertThat(effects)
        .contains(new TaskEffect.Send("a", new WorkMessage.Query(List.of(new Lease(id, 1)), true)));
    step(new TaskInput.Said("a", new WorkMessage.Renew(List.of(), true)));
    later(2 * SECOND);
    assertThat(handedOut()).extracting(given -> given.getValue().epoch()).containsExactly(2L);
  }

  @Test
  void whatIsHandedOutAfterTheQuestionIsNotTakenForLost() {
    offers("a", 2, "echo");
    String id = submit(TaskSpec.of("echo", "{}"));
    step(new TaskInput.Said("a", new WorkMessage.Renew(List.of(), true)));
    assertThat(dispatch.find(id).orElseThrow().state()).isEqualTo(TaskState.LEASED);
  }

  @Test
  void onlyAttemptsThatBeganCountAsFailedWhenAWorkerIsLost() {
    offers("a", 2, "echo");
    String began = submit(TaskSpec.of("echo", "{}"));
    String not = submit(TaskSpec.of("echo", "{}"));
    step(
        new TaskInput.Said(
            "a",
            new WorkMessage.Progress(List.of(new WorkMessage.Step(new Lease(began, 1), 0, null)))));
    step(new TaskInput.Lost("a"));
    later(11 * SECOND);
    assertThat(dispatch.find(began).orElseThrow().failures()).isEqualTo(1);
    assertThat(dispatch.find(not).orElseThrow().failures()).isZero();
    assertThat(dispatch.find(not).orElseThrow().losses()).isEqualTo(1);
  }

  @Test
  void aCancelledTaskIsStoppedAndItsResultNotTaken() {
    offers("a", 1, "echo");
    String id = submit(TaskSpec.of("echo", "{}"));
    Order order = handedOut().getFirst().getValue();
    step(new TaskInput.Cancel(7, id, "Ann"));
    assertThat(written().state()).isEqualTo(TaskState.CANCELLED);
    assertThat(effects)
        .contains(
            new TaskEffect.Send(
                "a", new WorkMessage.Stop(List.of(order.lease()), "cancelled by Ann")));
    ends("a", order, Ending.DONE);
    assertThat(effects)
        .containsExactly(new TaskEffect.Send("a", new WorkMessage.Taken(List.of(order.lease()))));
  }

  @Test
  void aDeadlineEndsATaskThatWaits() {
    TaskSpec spec =
        new TaskSpec(
            "echo",
            null,
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            ResourceNeed.NONE,
            5,
            "{}",
            60_000,
            3_000,
            3,
            true);
    submit(spec);
    later(2 * SECOND);
    assertThat(effects).isEmpty();
    later(2 * SECOND);
    assertThat(written().error()).extracting(TaskError::code).isEqualTo("deadline");
  }

  @Test
  void nothingIsHandedOutWhileTheStoreIsAway() {
    offers("a", 1, "echo");
    step(new TaskInput.StoreUp(false));
    submit(TaskSpec.of("echo", "{}"));
    assertThat(handedOut()).isEmpty();
    step(new TaskInput.StoreUp(true));
    assertThat(handedOut()).hasSize(1);
  }

  @Test
  void requirementsAreMetOrNamed() {
    offers("a", 2, "echo");
    TaskSpec spec =
        new TaskSpec(
            "echo",
            "search",
            List.of(),
            List.of(),
            List.of(),
            Map.of("disk", "nvme"),
            new ResourceNeed(64, 1, 0),
            5,
            "{}",
            60_000,
            0,
            3,
            false);
    Why.Row row = dispatch.why(spec).machines().getFirst();
    assertThat(row.checks())
        .extracting(Why.Check::requirement, Why.Check::verdict)
        .containsExactly(
            tuple("connected", Why.Verdict.PASSED),
            tuple("handler", Why.Verdict.PASSED),
            tuple("service", Why.Verdict.PASSED),
            tuple("labels", Why.Verdict.FAILED),
            tuple("resources", Why.Verdict.FAILED),
            tuple("room", Why.Verdict.PASSED));
  }
}
