package dev.caelum.store;

import dev.caelum.task.ResourceNeed;
import dev.caelum.task.TaskSpec;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a task asks for, as the store keeps it: JSON without the payload, which stands apart. */
final class SpecJson {
  private static final JsonProvider JSON = JsonProvider.provider();

  private SpecJson() {}

  static String text(TaskSpec spec) {
    JsonObjectBuilder labels = JSON.createObjectBuilder();
    spec.labels().forEach(labels::add);
    JsonObjectBuilder object =
        JSON.createObjectBuilder()
            .add("type", spec.type())
            .add("priority", spec.priority())
            .add("timeout", spec.timeoutMillis())
            .add("deadline", spec.deadlineMillis())
            .add("attempts", spec.attempts())
            .add("patient", spec.patient())
            .add("machines", array(spec.machines()))
            .add("not", array(spec.not()))
            .add("prefer", array(spec.prefer()))
            .add("labels", labels)
            .add("cores", spec.need().cores())
            .add("memory", spec.need().memoryGib())
            .add("gpus", spec.need().gpus());
    if (spec.service() != null) {
      object.add("service", spec.service());
    }
    return object.build().toString();
  }

  private static JsonArrayBuilder array(List<String> texts) {
    JsonArrayBuilder array = JSON.createArrayBuilder();
    texts.forEach(array::add);
    return array;
  }

  /**
   * The spec that {@link #text} wrote.
   *
   * @throws RuntimeException when it is none
   */
  static TaskSpec spec(String text, String payload) {
    try (JsonReader reader = JSON.createReader(new StringReader(text))) {
      JsonObject object = reader.readObject();
      Map<String, String> labels = new LinkedHashMap<>();
      object
          .getJsonObject("labels")
          .forEach((key, value) -> labels.put(key, ((JsonString) value).getString()));
      return new TaskSpec(
          object.getString("type"),
          object.getString("service", null),
          texts(object.getJsonArray("machines")),
          texts(object.getJsonArray("not")),
          texts(object.getJsonArray("prefer")),
          labels,
          new ResourceNeed(
              object.getJsonNumber("cores").doubleValue(),
              object.getJsonNumber("memory").doubleValue(),
              object.getInt("gpus")),
          object.getInt("priority"),
          payload,
          object.getJsonNumber("timeout").longValue(),
          object.getJsonNumber("deadline").longValue(),
          object.getInt("attempts"),
          object.getBoolean("patient"));
    }
  }

  private static List<String> texts(JsonArray array) {
    return array.getValuesAs(JsonString.class).stream().map(JsonString::getString).toList();
  }
}
