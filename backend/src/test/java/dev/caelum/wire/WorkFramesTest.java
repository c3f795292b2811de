package dev.caelum.wire;

import static dev.caelum.wire.RoundTripTest.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.caelum.task.Lease;
import dev.caelum.task.ResourceNeed;
import dev.caelum.task.TaskError;
import dev.caelum.task.TaskSpec;
import dev.caelum.task.WorkMessage;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames about tasks: what they look like, that they come back, and what is refused. */
class WorkFramesTest {
  private static final String ID = "t-01kc3w5v7zhq8x2m9r4t6y1n0p";
  private static final Lease LEASE = new Lease(ID, 7);
  private static final String HOSTILE = "{\"a\": \"\\u0001 \\\\ é 🎯\u202e\"}\n\t";

  private static final Map<Class<?>, WorkMessage> SAMPLES =
      Map.of(
          WorkMessage.Offer.class,
          new WorkMessage.Offer(
              List.of("echo", "hash"),
              8,
              2,
              3,
              1,
              Map.of("room", "lab \"1\""),
              List.of("caelum-ollama-pool"),
              new ResourceNeed(7.5, 15.25, 1)),
          WorkMessage.Assign.class,
          new WorkMessage.Assign(List.of(order("{}"), order(HOSTILE))),
          WorkMessage.Renew.class,
          new WorkMessage.Renew(List.of(LEASE, new Lease("t-2", Long.MAX_VALUE)), true),
          WorkMessage.Progress.class,
          new WorkMessage.Progress(
              List.of(
                  new WorkMessage.Step(LEASE, -1, null),
                  new WorkMessage.Step(LEASE, 0, "3 of 900 files"))),
          WorkMessage.Results.class,
          new WorkMessage.Results(List.of(done(HOSTILE), failed(WorkMessage.Ending.BROKEN))),
          WorkMessage.Taken.class,
          new WorkMessage.Taken(List.of(LEASE)),
          WorkMessage.Stop.class,
          new WorkMessage.Stop(List.of(LEASE), "cancelled by mia"),
          WorkMessage.Query.class,
          new WorkMessage.Query(List.of(LEASE), true));

  private static WorkMessage.Order order(String payload) {
    return new WorkMessage.Order(
        ID,
        7,
        2,
        "hash",
        "caelum-ollama-pool",
        new ResourceNeed(0.5, 2, 1),
        9,
        payload,
        1_000,
        20_000);
  }

  private static WorkMessage.Order plain(String payload) {
    return new WorkMessage.Order(
        ID, 1, 1, "echo", null, ResourceNeed.NONE, 5, payload, 60_000, 30_000);
  }

  private static WorkMessage.Outcome done(String result) {
    return new WorkMessage.Outcome(LEASE, WorkMessage.Ending.DONE, result, null, 12);
  }

  private static WorkMessage.Outcome failed(WorkMessage.Ending ending) {
    TaskError error = new TaskError("timeout", "it took more than 1 s");
    return new WorkMessage.Outcome(LEASE, ending, null, error, 0);
  }

  static Stream<Class<?>> messages() {
    return Stream.of(WorkMessage.class.getPermittedSubclasses());
  }

  @Test
  void whatCannotBeJsonIsRefused() {
    for (String text : List.of("\u0000", "{\"a\":\"\u001b[2J\"}")) {
      String frame = text(new WorkMessage.Results(List.of(done(text))));
      assertThat(FrameCodec.decode(frame)).isInstanceOf(Decoded.Rejected.class);
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyMessageComesBack(Class<?> kind) {
    WorkMessage message = Objects.requireNonNull(SAMPLES.get(kind), "no sample of " + kind);
    assertThat(again(message)).isEqualTo(message);
  }

  @ParameterizedTest
  @EnumSource(WorkMessage.Ending.class)
  void everyEndingComesBack(WorkMessage.Ending ending) {
    WorkMessage message =
        new WorkMessage.Results(
            List.of(ending == WorkMessage.Ending.DONE ? done("1") : failed(ending)));
    assertThat(again(message)).isEqualTo(message);
  }

  @Test
  void theyLookLikeThis() {
    assertThat(text(new WorkMessage.Assign(List.of(plain("{\"a\":1}")))))
        .isEqualTo(
            "{\"f\":\"work\",\"n\":5,\"k\":\"assign\",\"l\":[{\"t\":\""
                + ID
                + "\",\"e\":1,\"y\":\"echo\",\"d\":\"{\\\"a\\\":1}\"}]}");
    assertThat(text(new WorkMessage.Assign(List.of(order("1")))))
        .isEqualTo(
            "{\"f\":\"work\",\"n\":5,\"k\":\"assign\",\"l\":[{\"t\":\""
                + ID
                + "\",\"e\":7,\"y\":\"hash\",\"a\":2,\"s\":\"caelum-ollama-pool\",\"c\":0.5,"
                + "\"m\":2.0,\"g\":1,\"p\":9,\"o\":1000,\"l\":20000,\"d\":\"1\"}]}");
    assertThat(text(new WorkMessage.Offer(List.of(), 2, 0, 0, 0, Map.of(), List.of(), NEED)))
        .isEqualTo(
            "{\"f\":\"work\",\"n\":5,\"k\":\"offer\",\"h\":[],\"slots\":2,\"running\":0,"
                + "\"waiting\":0,\"yours\":0,\"labels\":{},\"s\":[],\"c\":2.0,\"m\":3.5}");
    assertThat(text(new WorkMessage.Renew(List.of(LEASE), true)))
        .isEqualTo(
            "{\"f\":\"work\",\"n\":5,\"k\":\"renew\",\"l\":[\"" + ID + "\",7],\"all\":true}");
    assertThat(text(new WorkMessage.Progress(List.of(new WorkMessage.Step(LEASE, 40, "x")))))
        .isEqualTo(
            "{\"f\":\"work\",\"n\":5,\"k\":\"progress\",\"l\":[{\"t\":\""
                + ID
                + "\",\"e\":7,\"%\":40,\"w\":\"x\"}]}");
    assertThat(text(new WorkMessage.Results(List.of(done("2")))))
        .isEqualTo(
            "{\"f\":\"work\",\"n\":5,\"k\":\"results\",\"l\":[{\"t\":\""
                + ID
                + "\",\"e\":7,\"x\":\"done\",\"r\":\"2\",\"ms\":12}]}");
    assertThat(text(new WorkMessage.Taken(List.of(LEASE))))
        .isEqualTo("{\"f\":\"work\",\"n\":5,\"k\":\"taken\",\"l\":[\"" + ID + "\",7]}");
    assertThat(text(new WorkMessage.Stop(List.of(LEASE), "why")))
        .isEqualTo(
            "{\"f\":\"work\",\"n\":5,\"k\":\"stop\",\"l\":[\"" + ID + "\",7],\"w\":\"why\"}");
    assertThat(text(new WorkMessage.Query(List.of(), true)))
        .isEqualTo("{\"f\":\"work\",\"n\":5,\"k\":\"query\",\"l\":[],\"last\":true}");
  }

  private static final ResourceNeed NEED = new ResourceNeed(2, 3.5, 0);

  @Test
  void aPayloadOfTheLargestSizeComesBackHoweverItIsEscaped() {
    WorkMessage message =
        new WorkMessage.Assign(List.of(plain("\"".repeat(TaskSpec.PAYLOAD_LIMIT))));
    assertThat(again(message)).isEqualTo(message);
  }

  @Test
  void manyLargeEntriesTakeSeveralFramesOfAtMost512KiB() {
    String payload = "x".repeat(50_000);
    List<WorkMessage.Order> orders = Collections.nCopies(40, plain(payload));

    List<Frame.Work> parts = WorkParts.of(new WorkMessage.Assign(orders));

    assertThat(parts).hasSize(14);
    assertThat(parts).allMatch(part -> text(part.message()).length() < 512 * 1_024);
    assertThat(
            parts.stream().flatMap(part -> ((WorkMessage.Assign) part.message()).orders().stream()))
        .isEqualTo(orders);
  }

  @Test
  void manySmallEntriesTakeFramesOf200() {
    List<Lease> leases = IntStream.range(0, 450).mapToObj(i -> new Lease("t-" + i, 1)).toList();

    List<Frame.Work> parts = WorkParts.of(new WorkMessage.Taken(leases));

    assertThat(parts)
        .extracting(part -> ((WorkMessage.Taken) part.message()).leases().size())
        .containsExactly(200, 200, 50);
    assertThat(WorkParts.of(new WorkMessage.Taken(List.of()))).isEmpty();
  }

  @Test
  void onlyTheLastPartEndsAQuestion() {
    List<Lease> leases = IntStream.range(0, 400).mapToObj(i -> new Lease("t-" + i, 1)).toList();
    assertThat(WorkParts.of(new WorkMessage.Query(leases, true)))
        .extracting(part -> ((WorkMessage.Query) part.message()).last())
        .containsExactly(false, true);
    assertThat(WorkParts.of(new WorkMessage.Query(List.of(), true))).hasSize(1);
  }

  @Test
  void allLeasesFitIntoOneFrame() {
    WorkMessage message =
        new WorkMessage.Renew(Collections.nCopies(WorkMessage.LEASES, LEASE), true);
    assertThat(again(message)).isEqualTo(message);
  }

  static Stream<Arguments> hostile() {
    String lease = "\"t\":\"t-1\",\"e\":1";
    String many = String.join(",", Collections.nCopies(201, "{" + lease + "}"));
    return Stream.of(
        argumentSet("no kind", ""),
        argumentSet("an unknown kind", ",\"k\":\"steal\""),
        argumentSet("201 steps", ",\"k\":\"progress\",\"l\":[" + many + "]"),
        argumentSet("a step that is no object", ",\"k\":\"progress\",\"l\":[1]"),
        argumentSet("101 percent", ",\"k\":\"progress\",\"l\":[{" + lease + ",\"%\":101}]"),
        argumentSet("an order without payload", ",\"k\":\"assign\",\"l\":[{" + lease + "}]"),
        argumentSet(
            "negative cores",
            ",\"k\":\"assign\",\"l\":[{" + lease + ",\"y\":\"echo\",\"d\":\"1\",\"c\":-1}]"),
        argumentSet("epoch 0", ",\"k\":\"taken\",\"l\":[\"t-1\",0]"),
        argumentSet("a lease without epoch", ",\"k\":\"taken\",\"l\":[\"t-1\"]"),
        argumentSet("an unknown ending", ",\"k\":\"results\",\"l\":[{" + lease + ",\"x\":\"ok\"}]"),
        argumentSet(
            "done with nothing", ",\"k\":\"results\",\"l\":[{" + lease + ",\"x\":\"done\"}]"),
        argumentSet(
            "failed without why", ",\"k\":\"results\",\"l\":[{" + lease + ",\"x\":\"failed\"}]"),
        argumentSet("an offer of nothing", ",\"k\":\"offer\""),
        argumentSet(
            "a payload beyond 256 KiB",
            ",\"k\":\"assign\",\"l\":[{"
                + lease
                + ",\"y\":\"echo\",\"d\":\""
                + "x".repeat(TaskSpec.PAYLOAD_LIMIT + 1)
                + "\"}]"));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void whatIsNotWithinTheRulesIsRefused(String body) {
    assertThat(FrameCodec.decode("{\"f\":\"work\",\"n\":1" + body + "}"))
        .isInstanceOf(Decoded.Rejected.class);
  }

  private static WorkMessage again(WorkMessage message) {
    NumberedFrame frame = value(FrameCodec.decode(text(message)));
    return ((Frame.Work) frame.frame()).message();
  }

  private static String text(WorkMessage message) {
    return FrameCodec.encode(new NumberedFrame(5, null, new Frame.Work(message)));
  }
}
