package dev.caelum.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.feed.LogLine.Level;
import dev.caelum.feed.Notification;
import dev.caelum.webhook.Delivered;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsRoutesTest {
  private static final String SETTINGS = "/api/v1/settings";
  private static final String[] FROM_ELSEWHERE = {"X-Forwarded-For", "192.168.7.99"};

  private final TestNode node = new TestNode();

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void everySettingIsThereWithItsSourceAndRules() {
    JsonObject all = json(node.get(SETTINGS));
    assertThat(all.getBoolean("editable")).isTrue();
    assertThat(all.getBoolean("restart")).isFalse();
    JsonObject days = setting(all, "history-days");
    assertThat(days.getString("type")).isEqualTo("number");
    assertThat(days.getString("unit")).isEqualTo("days");
    assertThat(days.getInt("max")).isEqualTo(400);
    assertThat(days.getBoolean("restart")).isFalse();
    assertThat(days.getString("source")).isEqualTo("default");
    JsonObject beacon = setting(all, "beacon-port");
    assertThat(beacon.getString("default")).isEqualTo("8181");
    assertThat(beacon.getBoolean("restart")).isTrue();
    assertThat(beacon.isNull("fixed")).isTrue();
    assertThat(setting(all, "port").getString("fixed"))
        .isEqualTo("Given by option --port where the node is started; change it there.");
    assertThat(setting(all, "data").getString("fixed"))
        .contains("chosen where the node is started");
  }

  @Test
  void aChangeIsInForceAtOnceOrPendsUntilARestart() {
    JsonObject all =
        json(change("{\"history-days\": 7, \"beacon-port\": \"8282\", \"verbose\": true}"));
    assertThat(setting(all, "history-days").getString("value")).isEqualTo("7");
    assertThat(setting(all, "history-days").getString("source")).isEqualTo("changed");
    assertThat(setting(all, "verbose").getString("value")).isEqualTo("true");
    assertThat(setting(all, "beacon-port").getString("value")).isEqualTo("8181");
    assertThat(setting(all, "beacon-port").getString("pending")).isEqualTo("8282");
    assertThat(all.getBoolean("restart")).isTrue();

    JsonObject back = json(change("{\"beacon-port\": null, \"history-days\": null}"));
    assertThat(back.getBoolean("restart")).isFalse();
    assertThat(setting(back, "history-days").getString("source")).isEqualTo("default");
  }

  @Test
  void everyMistakeIsToldByItsKeyAndNothingIsChanged() {
    HttpResponse<String> answer =
        change("{\"beacon-port\": 70000, \"history-days\": 401, \"verbose\": \"true\"}");
    assertThat(answer.statusCode()).isEqualTo(400);
    JsonObject problem = json(answer);
    assertThat(problem.getString("code")).isEqualTo("bad_settings");
    assertThat(problem.getJsonObject("fields").getString("beacon-port"))
        .isEqualTo("Port 70000 is not possible; use 1024-65535.");
    assertThat(problem.getJsonObject("fields").getString("history-days"))
        .isEqualTo("Use a whole number from 0 to 400.");
    assertThat(problem.getJsonObject("fields")).hasSize(2);
    assertThat(setting(json(node.get(SETTINGS)), "verbose").getString("value")).isEqualTo("false");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"histry-days\": 7}|histry-days|There is no such setting.",
        "{\"port\": 9000}|port|Given by option --port",
        "{\"data\": \"/tmp\"}|data|It decides where these settings are kept",
        "{\"known\": [\"a\"]}|known|Use one line",
        "{\"known\": \"a\\nb\"}|known|Use one line",
        "{\"ui-port\": 18080}|ui-port|Node and dashboard need two different TCP ports.",
        "{\"webhook-url\": \"ftp://a/b\"}|webhook-url|use http://",
        "{\"webhook-url\": \"http://u:p@a/b\"}|webhook-url|without user",
        "{\"webhook-secret\": \"short\"}|webhook-secret|Use 16 to 256",
        "{\"webhook-events\": \"\"}|webhook-events|Name at least one of",
        "{\"known\": \"a:0\"}|known|a:0 has no possible port; use 1-65535.",
      })
  void whatCannotBeIsRefusedWithItsRule(String given, String key, String rule) {
    HttpResponse<String> answer = change(given);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).getJsonObject("fields").getString(key)).containsIgnoringCase(rule);
  }

  @Test
  void aSecretIsNeverTold() {
    String secret = "very-secret-0123456789";
    HttpResponse<String> answer =
        change(
            "{\"webhook-secret\": \"%s\", \"webhook-url\": \"https://hooks.lan/T0/abc?k=v\"}"
                .formatted(secret));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).doesNotContain(secret);
    assertThat(setting(json(answer), "webhook-secret").getString("value")).isEqualTo("(set)");
    assertThat(setting(json(answer), "webhook-url").getString("value")).endsWith("?k=v");

    HttpResponse<String> elsewhere = node.get(SETTINGS, FROM_ELSEWHERE);
    assertThat(elsewhere.body()).doesNotContain(secret, "T0", "settings.properties");
    assertThat(setting(json(elsewhere), "webhook-url").getString("value"))
        .isEqualTo("https://hooks.lan/...");
    assertThat(json(elsewhere).getBoolean("editable")).isFalse();
    assertThat(change("{\"webhook-secret\": \"short!\"}").body()).doesNotContain("short!");
  }

  @Test
  void othersReadOnly() {
    HttpResponse<String> answer =
        node.send("PUT", SETTINGS, "{\"settings\":{\"verbose\":true}}", FROM_ELSEWHERE);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(node.post("/api/v1/webhook/test", null, FROM_ELSEWHERE).statusCode()).isEqualTo(403);
  }

  @Test
  void aBodyOfAnotherShapeIsRefused() {
    for (String body : new String[] {"{}", "{\"verbose\":true}", "{\"settings\":1}", "[]"}) {
      assertThat(node.send("PUT", SETTINGS, body).statusCode()).as(body).isEqualTo(400);
    }
  }

  @Test
  void whatCannotBeWrittenChangesNothing() {
    node.settings.broken = new IOException("/data: No space left on device");
    HttpResponse<String> answer = change("{\"verbose\": true}");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(json(answer).getString("detail"))
        .isEqualTo("Nothing was changed: /data: No space left on device");
    assertThat(setting(json(node.get(SETTINGS)), "verbose").getString("value")).isEqualTo("false");
  }

  @Test
  void notificationsAndTheTestOfTheWebhook() {
    assertThat(json(node.get("/api/v1/notifications")).getJsonArray("notifications")).isEmpty();
    node.notices.all =
        List.of(
            new Notification(
                3,
                "abc",
                Instant.parse("2026-11-23T12:00:00Z"),
                Notification.Kind.MACHINE,
                Level.PROBLEM,
                "machine_dead",
                "beta is offline.",
                List.of("caelum-beta@192.168.7.2:8080"),
                1));
    assertThat(node.get("/api/v1/notifications").body())
        .isEqualTo(
            "{\"notifications\":[{\"code\":\"machine_dead\",\"count\":1,\"id\":\"abc-3\","
                + "\"kind\":\"machine\",\"level\":\"problem\","
                + "\"machines\":[\"caelum-beta@192.168.7.2:8080\"],"
                + "\"text\":\"beta is offline.\",\"time\":\"2026-11-23T12:00:00Z\"}]}");
    assertThat(node.post("/api/v1/webhook/test", null).statusCode()).isEqualTo(409);
    node.notices.test = Optional.of(new Delivered(500, "oops", 12));
    JsonObject failed = json(node.post("/api/v1/webhook/test", null));
    assertThat(failed.getBoolean("success")).isFalse();
    assertThat(failed.getString("message"))
        .isEqualTo("The receiver did not take the test: HTTP 500, oops");
  }

  @Test
  void theProgramTellsWhatItIsAndWhoseWorkIsInIt() {
    JsonObject about = json(node.get("/api/v1/about"));
    assertThat(about.getString("java")).startsWith("25");
    assertThat(about.getString("data_folder")).isNotEmpty();
    assertThat(about.getJsonArray("libraries").getValuesAs(JsonObject.class))
        .anySatisfy(library -> {
          assertThat(library.getString("name")).isEqualTo("helidon-webserver");
          assertThat(library.getString("licence")).isEqualTo("Apache-2.0");
        });
    assertThat(json(node.get("/api/v1/about", FROM_ELSEWHERE)).isNull("data_folder")).isTrue();
  }

  private HttpResponse<String> change(String settings) {
    return node.send("PUT", SETTINGS, "{\"settings\":" + settings + "}");
  }

  private static JsonObject setting(JsonObject all, String key) {
    return all.getJsonArray("settings").getValuesAs(JsonObject.class).stream()
        .filter(each -> each.getString("key").equals(key))
        .findFirst()
        .orElseThrow();
  }

  private static JsonObject json(HttpResponse<String> answer) {
    return Json.createReader(new StringReader(answer.body())).readObject();
  }
}
