package dev.caelum.e2e.oldnode;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The stand-in behaves as the captures of real old nodes show. */
class OldNodeTest {
  private final Ledger ledger = new Ledger();
  private final Acquaintances machines = new Acquaintances();
  private final OldMachine self =
      OldMachine.of("vm", "10.32.3.12", 8080, List.of("caelum-ollama-pool"));

  private static InputStream resource(String name) {
    return Objects.requireNonNull(OldNodeTest.class.getResourceAsStream("/oldnode/" + name));
  }

  private OldLinks links() throws IOException {
    return new OldLinks(self, 0, Optional.empty(), false, ledger, machines);
  }

  @Test
  void capturedExchange_isAnsweredAsTheRealNodeDid() throws IOException {
    try (OldLinks links = links();
        var reader = Json.createReader(resource("legacy-websocket-exchange.json"))) {
      JsonArray exchange = reader.readArray();
      for (JsonObject step : exchange.getValuesAs(JsonObject.class)) {
        JsonValue expected = step.get("received");
        Optional<JsonObject> answer =
            links.handle(step.getJsonObject("sent").toString(), "10.32.3.11");
        assertThat(answer.isPresent())
            .as(step.getJsonObject("sent").getString("message_type"))
            .isEqualTo(expected instanceof JsonObject);
        if (expected instanceof JsonObject object) {
          JsonObject got = answer.orElseThrow();
          assertThat(shape(got)).isEqualTo(shape(object));
          assertThat(got.getString("message_type")).isEqualTo(object.getString("message_type"));
          assertThat(got.get("target_machines")).isEqualTo(object.get("target_machines"));
          assertThat(got.get("correlation_id")).isEqualTo(object.get("correlation_id"));
          assertThat(OldWire.ENVELOPE.fault(got)).isEmpty();
        }
      }
    }
    assertThat(ledger.toJson().getJsonObject("dropped"))
        .containsOnlyKeys("envelope: wrong value of message_type");
  }

  /** Keys of an object and of the objects right in it. */
  private static Set<String> shape(JsonObject object) {
    Set<String> keys = new TreeSet<>(object.keySet());
    object.getJsonObject("payload").forEach((key, value) -> add(keys, "payload." + key, value));
    return keys;
  }

  private static void add(Set<String> keys, String path, JsonValue value) {
    keys.add(path);
    if (value instanceof JsonObject object) {
      object.forEach((key, inner) -> add(keys, path + "." + key, inner));
    }
  }

  @Test
  void capturedBeacons_passTheStrictParser() throws IOException {
    try (var lines =
            new BufferedReader(
                new InputStreamReader(resource("legacy-beacons.jsonl"), StandardCharsets.UTF_8));
        OldBeacons beacons = new OldBeacons(self::beacon, "127.0.0.1", 0, ledger, machines)) {
      lines.lines().forEach(line -> beacons.handle(line, "10.32.3.13"));
    }
    assertThat(ledger.toJson().getJsonObject("dropped")).isEmpty();
    assertThat(ledger.toJson().getJsonObject("received"))
        .containsOnlyKeys("own_beacon", "cluster_beacon");
    assertThat(OldWire.BEACON.fault(self.beacon())).isEmpty();
    assertThat(OldWire.MACHINE_INFO.fault(self.info())).isEmpty();
  }

  @Test
  void oneKeyMoreOrLessOrOfAnotherType_dropsTheBeaconWithItsReason() throws IOException {
    JsonObject beacon = self.beacon();
    try (OldBeacons beacons = new OldBeacons(self::beacon, "127.0.0.1", 0, ledger, machines)) {
      beacons.handle(with(beacon, "extra", Json.createValue(1)), "10.32.3.13");
      beacons.handle(with(beacon, "cluster_id", Json.createValue(1)), "10.32.3.13");
      beacons.handle(
          Json.createObjectBuilder(beacon).remove("hostname").build().toString(), "10.32.3.13");
      beacons.handle(
          with(beacon, "timestamp", Json.createValue("2026-11-22T07:22:13.106571123Z")),
          "10.32.3.13");
      beacons.handle("not json", "10.32.3.13");
    }
    assertThat(ledger.toJson().getJsonObject("dropped"))
        .containsOnlyKeys(
            "beacon: unknown key extra",
            "beacon: wrong value of cluster_id",
            "beacon: missing key hostname",
            "beacon: wrong value of timestamp",
            "datagram: no JSON object");
  }

  private static String with(JsonObject object, String key, JsonValue value) {
    return Json.createObjectBuilder(object).add(key, value).build().toString();
  }

  @Test
  void registrationWithOneKeyMore_isDroppedAndNotAnswered() throws IOException {
    try (OldLinks links = links()) {
      JsonObject info =
          Json.createObjectBuilder(self.info()).add("key", "more than it knows").build();
      JsonObject payload = Json.createObjectBuilder().add("machine_info", info).build();
      assertThat(
              links.handle(
                  self.envelope("machine_register", payload, "", "").toString(), "10.32.3.11"))
          .isEmpty();
    }
    assertThat(ledger.toJson().getJsonObject("dropped"))
        .containsOnlyKeys("machine_info: unknown key key");
  }
}
