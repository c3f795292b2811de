package dev.caelum.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The document and the routes are the same list, and the objects have the documented keys. */
class OpenApiTest {
  private final TestNode node = new TestNode();
  private final JsonObject document =
      Json.createReader(new StringReader(SpecRoutes.document())).readObject();

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void everyRouteIsInTheDocumentAndNothingElse() {
    var documented = new TreeSet<String>();
    document
        .getJsonObject("paths")
        .forEach((path, methods) ->
            methods
                .asJsonObject()
                .keySet()
                .forEach(m -> documented.add(m.toUpperCase(Locale.ROOT) + " " + path)));
    var registered = new TreeSet<String>();
    node.api.routes().forEach(route -> registered.add(route.replace("{+", "{")));
    assertThat(documented).isEqualTo(registered).hasSizeGreaterThan(30);
  }

  @Test
  void theDocumentIsServedAtBothPlaces() {
    for (String path : new String[] {"/openapi.json", "/api/v1/openapi.json"}) {
      var response = node.get(path);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(response.body()).isEqualTo(SpecRoutes.document());
    }
  }

  @Test
  void theObjectsHaveExactlyTheDocumentedKeys() {
    JsonObject schemas = document.getJsonObject("components").getJsonObject("schemas");
    assertThat(read("/api/v1/node").keySet()).isEqualTo(properties(schemas, "Node"));
    assertThat(read("/api/v1/identity").keySet()).isEqualTo(properties(schemas, "Identity"));
    assertThat(read("/health").keySet()).isEqualTo(properties(schemas, "Health"));
    assertThat(read("/api/v1/machines").keySet()).isEqualTo(properties(schemas, "Machines"));
    assertThat(read("/api/v1/cluster/discover").keySet())
        .isEqualTo(properties(schemas, "Discovery"));
    assertThat(read("/api/v1/machines/caelum-self/why").keySet())
        .isEqualTo(properties(schemas, "Why"));
    node.post("/api/v1/tasks", "{\"type\":\"echo\",\"key\":\"k\"}");
    String task =
        Json.createReader(
                new StringReader(
                    node.post("/api/v1/tasks", "{\"type\":\"echo\",\"key\":\"k\"}").body()))
            .readObject()
            .getString("id");
    assertThat(read("/api/v1/tasks/" + task).keySet()).isEqualTo(properties(schemas, "Task"));
    assertThat(read("/api/v1/tasks/" + task + "/why").keySet())
        .isEqualTo(properties(schemas, "WhyTask"));
    assertThat(read("/nowhere").keySet()).isEqualTo(properties(schemas, "Problem"));
    assertThat(read("/api/v1/worker").keySet()).isEqualTo(properties(schemas, "Worker"));
    assertThat(read("/api/v1/worker/rules").keySet()).isEqualTo(properties(schemas, "AcceptRules"));
    assertThat(read("/api/v1/resources").keySet()).isEqualTo(properties(schemas, "Resources"));
    JsonObject settings = read("/api/v1/settings");
    assertThat(settings.keySet()).isEqualTo(properties(schemas, "Settings"));
    assertThat(settings.getJsonArray("settings").getJsonObject(0).keySet())
        .isEqualTo(properties(schemas, "Setting"));
    assertThat(read("/api/v1/about").keySet()).isEqualTo(properties(schemas, "About"));
    var machine = new TreeSet<>(properties(schemas, "MachineInfo"));
    machine.addAll(
        schemas
            .getJsonObject("Machine")
            .getJsonArray("allOf")
            .getJsonObject(1)
            .getJsonObject("properties")
            .keySet());
    assertThat(read("/api/v1/machines/caelum-self").keySet()).isEqualTo(machine);
  }

  private JsonObject read(String path) {
    return Json.createReader(new StringReader(node.get(path).body())).readObject();
  }

  private static java.util.Set<String> properties(JsonObject schemas, String name) {
    return schemas.getJsonObject(name).getJsonObject("properties").keySet();
  }
}
