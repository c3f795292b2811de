package dev.caelum.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorRoutesTest {
  private static final String BETA = "/api/v1/machines/caelum-beta";
  private static final String[] FROM_ELSEWHERE = {"X-Forwarded-For", "192.168.7.99"};

  private final TestNode node = new TestNode();

  @BeforeEach
  void beta() {
    beta(MemberState.ALIVE);
  }

  private void beta(MemberState state) {
    Member beta = Members.machine("caelum-beta", "192.168.7.2").state(state).build();
    node.members = List.of(Members.selfNamed("alpha"), beta);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void whatIsSaidOfAMachineIsShownAndWhatIsNotNamedStays() {
    JsonObject said =
        json(
            node.send(
                "PUT",
                BETA + "/notes",
                "{\"name\":\" Büro \",\"tags\":[\"gpu\",\"gpu\",\"lab\"],\"note\":\"a\\nb\"}"));
    assertThat(said.getString("label")).isEqualTo("Büro");
    assertThat(said.getJsonArray("tags")).hasSize(2);
    json(node.send("PUT", BETA + "/notes", "{\"ignored\":true,\"note\":null}"));
    JsonObject shown = json(node.get(BETA));
    assertThat(shown.getString("label")).isEqualTo("Büro");
    assertThat(shown.getString("note")).isEmpty();
    assertThat(shown.getBoolean("ignored")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"colour\":\"red\"}",
        "{\"name\":7}",
        "{\"name\":\"a\\nb\"}",
        "{\"name\":\"aaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbbaaaaa\"}",
        "{\"note\":\"\\u001b[31m\"}",
        "{\"tags\":\"gpu\"}",
        "{\"tags\":[\"a,b\"]}",
        "{\"tags\":[\"\"]}",
        "{\"tags\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]}",
        "{\"ignored\":\"yes\"}",
        "{\"ignored\":null}"
      })
  void whatIsOutOfBoundsIsRefusedAndNothingIsKept(String body) {
    assertThat(node.send("PUT", BETA + "/notes", body).statusCode()).isEqualTo(400);
    assertThat(node.operator.notes).isEmpty();
  }

  @Test
  void aFullDiskAndAFullListAreToldOf() {
    node.operator.full = true;
    assertThat(code(node.send("PUT", BETA + "/notes", "{\"ignored\":true}"), 503))
        .isEqualTo("note_unwritten");
    node.operator.full = false;
    node.operator.room = false;
    assertThat(code(node.send("PUT", BETA + "/notes", "{\"ignored\":true}"), 409))
        .isEqualTo("too_many_notes");
  }

  @Test
  void onlyVisitorsOfThisMachineDoAnyOfIt() {
    assertThat(node.send("PUT", BETA + "/notes", "{\"ignored\":true}", FROM_ELSEWHERE).statusCode())
        .isEqualTo(403);
    for (String wish : List.of("disconnect", "test", "forget", "remember")) {
      assertThat(node.post(BETA + "/" + wish, null, FROM_ELSEWHERE).statusCode()).isEqualTo(403);
    }
    assertThat(node.asked).isEmpty();
  }

  @Test
  void aMachineIsDisconnectedAndTestedButThisOneNot() {
    JsonObject done = json(node.post(BETA + "/disconnect", null));
    assertThat(done.getString("text")).contains("dials it again only when asked");
    node.operator.checks =
        List.of(
            new OperatorPort.Check("connect", true, null, 1.5, "It works.", null),
            new OperatorPort.Check("answer", false, FailureCode.TIMEOUT, 3.0, "No.", "Look."));
    JsonObject test = json(node.post(BETA + "/test", null));
    assertThat(test.getBoolean("success")).isFalse();
    assertThat(test.getJsonArray("checks").getJsonObject(1).getString("code")).isEqualTo("timeout");
    assertThat(node.asked).hasSize(2).first().asString().startsWith("disconnect caelum-beta@");
    assertThat(code(node.post("/api/v1/machines/caelum-self/disconnect", null), 409))
        .isEqualTo("self");
  }

  @Test
  void onlyWhatIsGoneIsForgottenAndOnlyForAWhileRemembered() {
    assertThat(code(node.post(BETA + "/forget", null), 409)).isEqualTo("not_gone");
    beta(MemberState.DEAD);
    JsonObject done = json(node.post(BETA + "/forget", null));
    assertThat(done.getInt("undo_seconds")).isEqualTo(10);
    String key = done.getString("key");
    node.members = List.of(Members.selfNamed("alpha"));
    assertThat(json(node.post("/api/v1/machines/" + key + "/remember", null)).getString("key"))
        .isEqualTo(key);
    assertThat(node.asked).containsExactly("forget " + key, "remember " + key);
    node.operator.lately = false;
    assertThat(code(node.post("/api/v1/machines/" + key + "/remember", null), 404))
        .isEqualTo("unknown_machine");
  }

  private static String code(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return read(response).getString("code");
  }

  private static JsonObject json(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return read(response);
  }

  private static JsonObject read(HttpResponse<String> response) {
    return Json.createReader(new StringReader(response.body())).readObject();
  }
}
