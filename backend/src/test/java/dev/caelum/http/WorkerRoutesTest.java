package dev.caelum.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules and reservations by the API. */
class WorkerRoutesTest {
  private static final String RULES = "/api/v1/worker/rules";
  private static final String RESERVATIONS = "/api/v1/resources/reservations";
  private TestNode node;

  @BeforeEach
  void start() {
    node = new TestNode();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void aRuleIsAddedToldAndRemoved() {
    JsonObject added = object(node.post(RULES, "{\"rule\":\"hash@10.1.0.9/16\"}"), 201);
    assertThat(added.getString("warning"))
        .isEqualTo("Tasks from other machines run here: echo from 10.0.0.7, hash from 10.1.0.0/16");

    object(node.send("DELETE", RULES + "?rule=hash@10.1.0.0/16", null), 200);
    assertThat(object(node.get(RULES), 200).getJsonArray("rules")).hasSize(1);
    assertThat(code(node.send("DELETE", RULES + "?rule=hash@10.1.0.0/16", null), 404))
        .isEqualTo("no_rule");
    assertThat(code(node.send("DELETE", RULES + "?rule=echo@10.0.0.7", null), 409))
        .isEqualTo("fixed");
  }

  @ParameterizedTest
  @CsvSource({"hash@everybody", "shell@10.0.0.1", "''"})
  void whatIsNoRuleIsRefused(String rule) {
    assertThat(node.post(RULES, "{\"rule\":\"" + rule + "\"}").statusCode()).isEqualTo(400);
    assertThat(node.desk.rules().list()).hasSize(1);
  }

  @Test
  void resourcesAreReservedRenewedAndReleased() {
    JsonObject mine =
        object(node.post(RESERVATIONS, "{\"cores\":3,\"gpus\":1,\"owner\":\"mia\"}"), 201);
    assertThat(mine.getString("owner")).isEqualTo("mia");
    assertThat(mine.getJsonNumber("left_seconds").doubleValue()).isBetween(290.0, 300.0);

    JsonObject refused = object(node.post(RESERVATIONS, "{\"cores\":2}"), 409);
    assertThat(refused.getString("code")).isEqualTo("not_free");
    assertThat(refused.getString("detail")).contains("free are 1.0 cores");
    assertThat(code(node.post(RESERVATIONS, "{\"cores\":5}"), 409)).isEqualTo("too_much");

    String one = RESERVATIONS + "/" + mine.getString("id");
    JsonObject renewed = object(node.post(one + "/renew", "{\"seconds\":3600}"), 200);
    assertThat(renewed.getJsonNumber("left_seconds").doubleValue()).isGreaterThan(3_500);
    object(node.send("DELETE", one, null), 200);
    assertThat(code(node.send("DELETE", one, null), 404)).isEqualTo("no_reservation");
    assertThat(
            object(node.get("/api/v1/resources"), 200)
                .getJsonObject("free")
                .getJsonNumber("cores")
                .doubleValue())
        .isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"cores, -1", "cores, true", "seconds, 0", "seconds, 100000", "gpus, 1e300"})
  void whatCannotBeReservedIsABadRequest(String key, String value) {
    String body = "{\"memory_gib\":1,\"" + key + "\":" + value + "}";
    assertThat(node.post(RESERVATIONS, body).statusCode()).isEqualTo(400);
    assertThat(node.desk.reservations().list()).isEmpty();
  }

  private static String code(HttpResponse<String> response, int status) {
    return object(response, status).getString("code");
  }

  private static JsonObject object(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return Json.createReader(new StringReader(response.body())).readObject();
  }
}
