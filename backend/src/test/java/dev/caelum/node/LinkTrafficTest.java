package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.MemberState;
import dev.caelum.cluster.NodeId;
import dev.caelum.cluster.ProbeAddress;
import dev.caelum.cluster.Self;
import dev.caelum.wire.Decoded;
import dev.caelum.wire.JsonText;
import dev.caelum.wire.MessageType;
import dev.caelum.wire.RegistrationCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a whole node answers on its real port, as docs/protocol.md says. */
@Timeout(60)
class LinkTrafficTest {
  private static final String NOWHERE = "{\"service_name\": \"nope\"}";

  @TempDir private static Path folder;
  private static NodeApplication node;
  private OldNode peer;

  @BeforeAll
  static void start() throws Exception {
    node = LoopbackNode.start(folder);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @BeforeEach
  void connect() {
    peer = new OldNode(node.port());
  }

  @AfterEach
  void hangUp() {
    peer.close();
    await().until(() -> node.traffic().sessions().isEmpty());
  }

  @ParameterizedTest
  @EnumSource(MessageType.class)
  void everyTypeIsAnsweredOrTakenAsTheProtocolSays(MessageType type) throws Exception {
    register();

    String id = peer.say(type, payload(type));
    // A registration goes through the core, so a later ping may be answered before it.
    Object answer = type == MessageType.MACHINE_REGISTER ? welcome(id) : peer.answerTo(id);

    // Exhaustive, so that a new type cannot be forgotten.
    switch (type) {
      case MACHINE_REGISTER ->
          assertThat(payload(answer, MessageType.MACHINE_UPDATE)).containsKey("machine_info");
      case MACHINE_DISCOVER ->
          assertThat(payload(answer, MessageType.MACHINE_UPDATE))
              .containsKeys("machine_info", "discovered_machines");
      case PING -> assertThat(payload(answer, MessageType.PONG)).containsOnlyKeys("timestamp");
      case SERVICE_QUERY ->
          assertThat(payload(answer, MessageType.SERVICE_RESPONSE))
              .containsEntry("service_name", "nope")
              .containsEntry("location", null);
      case TASK_DISTRIBUTE ->
          assertThat(payload(answer, MessageType.TASK_FAILED)).containsKeys("task_id", "error");
      case RESOURCE_REQUEST ->
          assertThat(payload(answer, MessageType.ERROR))
              .containsEntry("error", "refused")
              .containsEntry("message_type", type.code());
      case TASK_ASSIGN,
          TASK_PROGRESS,
          TASK_COMPLETE,
          TASK_FAILED,
          RESOURCE_AVAILABLE,
          RESOURCE_RESERVED,
          RESOURCE_RELEASED,
          MACHINE_HEARTBEAT,
          MACHINE_UPDATE,
          SERVICE_ANNOUNCE,
          SERVICE_RESPONSE,
          STATUS_BROADCAST,
          PONG,
          ERROR ->
          assertThat(answer).isNull();
    }
    assertThat(peer.closeCode()).isZero();
  }

  @Test
  void theCapturedExchangeOfAnOldNodeIsAnsweredInTheSameShape() throws Exception {
    for (Map<String, @Nullable Object> step : capture()) {
      Map<String, @Nullable Object> sent = object(step.get("sent"));
      peer.say(JsonText.write(sent));
      String id = String.valueOf(sent.get("message_id"));
      Object answer =
          "machine_register".equals(sent.get("message_type")) ? welcome(id) : peer.answerTo(id);

      if (step.get("received") == null) {
        continue;
      }
      Map<String, @Nullable Object> theirs = object(step.get("received"));
      assertThat(answer).as("answer to %s", sent.get("message_type")).isNotNull();
      Map<String, @Nullable Object> ours = object(answer);
      assertThat(ours.keySet()).isEqualTo(theirs.keySet());
      assertThat(ours.get("message_type")).isEqualTo(theirs.get("message_type"));
      assertThat(object(ours.get("payload")).keySet())
          .containsAll(object(theirs.get("payload")).keySet());
      if (object(theirs.get("payload")).containsKey("machine_info")) {
        assertThat(object(object(ours.get("payload")).get("machine_info")).keySet())
            .isEqualTo(object(object(theirs.get("payload")).get("machine_info")).keySet());
      }
    }
    assertThat(node.table().members()).anyMatch(member -> member.legacy() && member.connected());
  }

  @Test
  void anUnknownTypeIsCountedAndTheLinkStays() throws Exception {
    long before = refused("unknown_type");
    peer.say(envelope("\"bogus_type\"", ""));

    assertThat(peer.answerTo("x")).isNull();
    assertThat(refused("unknown_type")).isEqualTo(before + 1);
  }

  @Test
  void aKeyTooManyIsCountedAndTheLinkStays() throws Exception {
    long before = refused("schema");
    peer.say(envelope("\"ping\"", ", \"extra\": 1"));

    assertThat(peer.answerTo("x")).isNull();
    assertThat(refused("schema")).isEqualTo(before + 1);
  }

  @Test
  void aHeartbeatWithUnusableFactsIsCounted() throws Exception {
    register();
    long before = refused("schema");
    String id =
        peer.say(MessageType.MACHINE_HEARTBEAT, Map.of("machine_info", Map.of("bogus", 1L)));

    assertThat(peer.answerTo(id)).isNull();
    assertThat(refused("schema")).isEqualTo(before + 1);
  }

  @Test
  void whatIsMeantForOthersIsNotAnswered() throws Exception {
    String me = node.table().self().id().value();
    String others = peer.say(MessageType.SERVICE_QUERY, List.of("somebody"), query());
    assertThat(peer.answerTo(others)).isNull();
    String nobody = peer.say(MessageType.SERVICE_QUERY, List.of(), query());
    assertThat(peer.answerTo(nobody)).isNull();
    String mine = peer.say(MessageType.SERVICE_QUERY, List.of("somebody", me), query());
    assertThat(peer.answerTo(mine)).isNotNull();
  }

  @Test
  void machinesThatAPeerNamesAreHintsAndUselessOnesAreCounted() throws Exception {
    register();
    long before = refused("hint");
    Map<String, @Nullable Object> payload = new LinkedHashMap<>(registration(null));
    payload.put(
        "discovered_machines",
        List.of(machine("other", "127.0.0.1"), machine("third", "evil.example")));
    peer.answerTo(peer.say(MessageType.MACHINE_UPDATE, payload));

    assertThat(refused("hint")).isEqualTo(before + 2);
  }

  @Test
  void twoOfOursGoOnInNumberedFrames() throws Exception {
    String id = peer.say(MessageType.MACHINE_REGISTER, registration("peer1"));
    assertThat(payload(welcome(id), MessageType.MACHINE_UPDATE)).containsKey("_caelum");

    peer.say("{\"f\": \"service_query\", \"n\": 1, \"service_name\": \"nope\"}");
    Map<String, @Nullable Object> answer = peer.hear(message -> message.get("re") != null);

    assertThat(answer)
        .containsEntry("f", "service_location")
        .containsEntry("re", 1L)
        .containsEntry("service_name", "nope")
        .containsEntry("location", null);
    peer.say("{\"f\": \"ask_machines\", \"n\": 2}");
    assertThat(peer.hear(message -> Long.valueOf(2).equals(message.get("re"))))
        .containsEntry("f", "machines");
  }

  @Test
  void numbersHaveToGrowAndMayLeaveGaps() throws Exception {
    welcome(peer.say(MessageType.MACHINE_REGISTER, registration("peer2")));
    long before = refused("out_of_order");
    peer.say("{\"f\": \"ask_machines\", \"n\": 5}");
    peer.say("{\"f\": \"ask_machines\", \"n\": 5}");
    peer.say("{\"f\": \"ask_machines\", \"n\": 4}");
    peer.say("{\"f\": \"of_the_future\", \"n\": 6}");
    peer.say("{\"f\": \"ask_machines\", \"n\": 7}");

    assertThat(answered()).isEqualTo(5);
    assertThat(answered()).isEqualTo(7);
    assertThat(refused("out_of_order")).isEqualTo(before + 2);
  }

  private long answered() throws InterruptedException {
    return peer.hear(message -> message.get("re") != null).get("re") instanceof Long number
        ? number
        : 0;
  }

  @Test
  void ourFramesAreRefusedBeforeBothEndsSaidThatTheyKnowThem() throws Exception {
    register();
    long before = refused("unregistered");
    peer.say("{\"f\": \"ask_machines\", \"n\": 1}");

    assertThat(peer.answerTo("x")).isNull();
    assertThat(refused("unregistered")).isEqualTo(before + 1);
  }

  @Test
  void aGoodbyeInAFrameIsNoDeath() throws Exception {
    welcome(peer.say(MessageType.MACHINE_REGISTER, registration("peer3")));
    peer.say("{\"f\": \"goodbye\", \"n\": 1}");

    await()
        .until(() ->
            node.table().members().stream().anyMatch(member -> member.state() == MemberState.LEFT));
  }

  @Test
  void moreThanFiftyMessagesASecondAreRefusedAndTheLinkStays() {
    long before = refused("rate");
    for (int i = 0; i < 1_000; i++) {
      peer.say(MessageType.STATUS_BROADCAST, Map.of());
    }

    await().until(() -> refused("rate") > before);
    await()
        .until(() -> {
          peer.say(MessageType.PING, Map.of());
          return peer.waiting() > 0;
        });
    assertThat(peer.closeCode()).isZero();
  }

  @Test
  void moreThan256KibASecondAreRefusedAndTheLinkStays() throws Exception {
    long before = refused("rate");
    List<String> megabyte = Collections.nCopies(110, "x".repeat(8_000));
    for (int i = 0; i < 8; i++) {
      peer.say(MessageType.STATUS_BROADCAST, Map.of("news", megabyte));
    }

    await().until(() -> refused("rate") > before);
    await()
        .until(() -> {
          peer.say(MessageType.PING, Map.of());
          return peer.waiting() > 0;
        });
    assertThat(peer.closeCode()).isZero();
  }

  // ---- what is said ----

  private void register() throws Exception {
    welcome(peer.say(MessageType.MACHINE_REGISTER, registration(null)));
  }

  private static Map<String, @Nullable Object> payload(MessageType type) throws IOException {
    return switch (type) {
      case MACHINE_REGISTER, MACHINE_UPDATE -> registration(null);
      case SERVICE_QUERY -> query();
      case MACHINE_HEARTBEAT,
          MACHINE_DISCOVER,
          TASK_DISTRIBUTE,
          TASK_ASSIGN,
          TASK_PROGRESS,
          TASK_COMPLETE,
          TASK_FAILED,
          RESOURCE_REQUEST,
          RESOURCE_AVAILABLE,
          RESOURCE_RESERVED,
          RESOURCE_RELEASED,
          SERVICE_ANNOUNCE,
          SERVICE_RESPONSE,
          STATUS_BROADCAST,
          PING,
          PONG,
          ERROR ->
          Map.of();
    };
  }

  private static Map<String, @Nullable Object> query() {
    return read(NOWHERE);
  }

  /** As an old node registers, or as one of ours with that instance. */
  static Map<String, @Nullable Object> registration(@Nullable String instance) {
    Self who =
        new Self(
            new NodeId(instance == null ? OldNode.ID : "id-" + instance),
            new InstanceId(instance == null ? "-" : instance),
            null,
            new Endpoint("127.0.0.1", 18_080),
            new ProbeAddress(18_181, 1),
            Rows.info(instance == null ? OldNode.ID : "id-" + instance, "old", "127.0.0.1"));
    Map<String, @Nullable Object> payload = read(JsonText.write(RegistrationCodec.encode(who, 0)));
    if (instance == null) {
      payload.remove("_caelum");
    }
    return payload;
  }

  private static @Nullable Object machine(String id, String ip) {
    Self who = Rows.self();
    Map<String, @Nullable Object> payload =
        RegistrationCodec.encode(
            new Self(
                who.id(), who.instance(), null, who.endpoint(), who.probe(), Rows.info(id, id, ip)),
            0);
    return payload.get("machine_info");
  }

  private static String envelope(String type, String more) {
    return "{\"message_id\": \"x\", \"message_type\": "
        + type
        + ", \"source_machine\": \"caelum-00000000\", \"target_machines\": null,"
        + " \"timestamp\": \"2026-11-22T07:00:00+00:00\", \"payload\": {},"
        + " \"correlation_id\": null"
        + more
        + "}";
  }

  // ---- what is heard ----

  private Map<String, @Nullable Object> welcome(String id) throws InterruptedException {
    return peer.hear(message -> id.equals(message.get("correlation_id")));
  }

  private static long refused(String reason) {
    return node.traffic().refused().getOrDefault(reason, new LongAdder()).sum();
  }

  private static Map<String, @Nullable Object> payload(@Nullable Object answer, MessageType type) {
    Map<String, @Nullable Object> told = object(answer);
    assertThat(told).containsEntry("message_type", type.code());
    return object(told.get("payload"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> object(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw new AssertionError("no object: " + value);
  }

  private static Map<String, @Nullable Object> read(String text) {
    return switch (JsonText.read(text, JsonText.Bounds.LINK)) {
      case Decoded.Value<Map<String, @Nullable Object>> read -> read.value();
      case Decoded.Rejected<Map<String, @Nullable Object>> rejected ->
          throw new AssertionError(rejected.detail());
    };
  }

  private static List<Map<String, @Nullable Object>> capture() throws IOException {
    try (var in =
        LinkTrafficTest.class.getResourceAsStream("/wire/legacy-websocket-exchange.json")) {
      assertThat(in).isNotNull();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return read("{\"steps\": " + text + "}").get("steps") instanceof List<?> steps
          ? steps.stream().map(LinkTrafficTest::object).toList()
          : List.of();
    }
  }
}
