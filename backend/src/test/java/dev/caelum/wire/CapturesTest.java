package dev.caelum.wire;

import static dev.caelum.wire.RoundTripTest.value;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.NodeId;
import dev.caelum.cluster.ProbeAddress;
import dev.caelum.cluster.Registration;
import dev.caelum.cluster.Self;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What real old nodes sent is understood, and what we send has exactly the keys of theirs. */
class CapturesTest {
  private static final Set<String> ENVELOPE =
      Set.of(
          "message_id",
          "message_type",
          "source_machine",
          "target_machines",
          "timestamp",
          "payload",
          "correlation_id");

  @Test
  void everyCapturedBeaconIsUnderstood() {
    List<Beacon> beacons =
        resource("legacy-beacons.jsonl")
            .lines()
            .map(line -> value(BeaconCodec.decode(ByteBuffer.wrap(line.getBytes(UTF_8)))))
            .toList();
    assertThat(beacons)
        .hasSize(3)
        .satisfiesExactly(
            first -> assertThat(first).isInstanceOf(Beacon.Announce.class),
            second ->
                assertThat(((Beacon.Announce) second).services())
                    .containsExactly(
                        new Beacon.Service("caelum-ollama-pool", "mcp_server", 8117, "running")),
            third ->
                assertThat(third)
                    .isEqualTo(
                        new Beacon.ClusterHint(
                            "9c1d7b52-7a0e-4a57-9d0b-51a3c7b0f0aa",
                            "caelum-lab",
                            8080,
                            List.of("code_analysis"),
                            "hybrid")));
  }

  @Test
  void ourBeaconHasTheKeysOfACapturedOne() {
    JsonObject captured =
        object(resource("legacy-beacons.jsonl").lines().skip(1).findFirst().get());
    JsonObject ours =
        object(new String(BeaconCodec.encode(Samples.announce(1, Samples.EXTENSION)), UTF_8));
    assertThat(shape(ours)).isEqualTo(shape(captured)).hasSize(9);
    JsonObject theirService = captured.getJsonArray("services").getJsonObject(0);
    assertThat(ours.getJsonArray("services").getJsonObject(0).keySet())
        .isEqualTo(theirService.keySet());
    assertThat(ours.getJsonArray("services").getJsonObject(1).keySet())
        .containsAll(theirService.keySet());
  }

  @Test
  void everyCapturedMessageIsUnderstoodAndWrittenAgainUnchanged() {
    List<JsonObject> messages = messages();
    assertThat(messages).hasSizeGreaterThanOrEqualTo(14);
    for (JsonObject message : messages) {
      if (message.getString("message_type").equals("bogus_type")) {
        assertThat(FrameCodec.decode(message.toString()))
            .isEqualTo(Decoded.rejected(Refusal.UNKNOWN_TYPE, "message_type \"bogus_type\""));
        continue;
      }
      NumberedFrame frame = value(FrameCodec.decode(message.toString()));
      assertThat(frame.frame()).isInstanceOf(Frame.Legacy.class);
      JsonObject again = object(FrameCodec.encode(frame));
      assertThat(again.keySet()).isEqualTo(ENVELOPE);
      assertThat(again).isEqualTo(message);
    }
  }

  @Test
  void everyCapturedRegistrationGivesAMachineThatIsWrittenWithTheSameKeys() {
    int machines = 0;
    for (JsonObject message : messages()) {
      JsonObject payload = message.getJsonObject("payload");
      if (!payload.containsKey("machine_info")) {
        continue;
      }
      machines++;
      Envelope envelope =
          ((Frame.Legacy) value(FrameCodec.decode(message.toString())).frame()).envelope();
      Registration registration = value(RegistrationCodec.decode(envelope.payload()));
      assertThat(registration.legacy()).isTrue();
      JsonObject ours = object(JsonText.write(MachineInfoCodec.encode(registration.info())));
      JsonObject theirs = payload.getJsonObject("machine_info");
      assertThat(shape(ours)).isEqualTo(shape(theirs)).hasSize(14);
      assertThat(shape(ours.getJsonObject("network_info")))
          .isEqualTo(shape(theirs.getJsonObject("network_info")))
          .hasSize(4);
      assertThat(ours.getJsonObject("resources").keySet())
          .isEqualTo(theirs.getJsonObject("resources").keySet())
          .hasSize(9);
      assertThat(ours.getJsonObject("network_info"))
          .isEqualTo(theirs.getJsonObject("network_info"));
    }
    assertThat(machines).isGreaterThanOrEqualTo(3);
  }

  @Test
  void ourRegistrationPutsItsExtensionBesideAndNotIntoTheMachine() {
    Self self =
        new Self(
            new NodeId("caelum-3f9a"),
            new InstanceId("i"),
            null,
            new Endpoint("192.168.7.11", 8080),
            new ProbeAddress(8181, 1),
            Samples.BARE);
    JsonObject payload = object(JsonText.write(RegistrationCodec.encode(self, 0)));
    assertThat(payload.keySet()).containsExactlyInAnyOrder("machine_info", "_caelum");
    assertThat(payload.getJsonObject("machine_info").keySet())
        .isEqualTo(
            messages().getFirst().getJsonObject("payload").getJsonObject("machine_info").keySet());
  }

  /** Keys with the kind of their values, numbers being numbers. */
  private static Map<String, String> shape(JsonObject object) {
    Map<String, String> out = new TreeMap<>();
    object.forEach((key, value) -> out.put(key, value.getValueType().toString()));
    return out;
  }

  private static List<JsonObject> messages() {
    List<JsonObject> out = new ArrayList<>();
    try (JsonReader reader =
        Json.createReader(new StringReader(resource("legacy-websocket-exchange.json")))) {
      for (JsonValue pair : reader.readArray()) {
        for (String side : List.of("sent", "received")) {
          if (pair.asJsonObject().get(side) instanceof JsonObject message) {
            out.add(message);
          }
        }
      }
    }
    return out;
  }

  private static JsonObject object(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  static String resource(String name) {
    try (@Nullable InputStream in = CapturesTest.class.getResourceAsStream("/wire/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
