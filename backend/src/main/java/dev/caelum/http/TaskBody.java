package dev.caelum.http;

import dev.caelum.logging.Printable;
import dev.caelum.task.ResourceNeed;
import dev.caelum.task.TaskSpec;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A task as callers write it; an unknown key or a wrong value is refused by name. */
final class TaskBody {
  private static final Set<String> KEYS =
      Set.of(
          "type",
          "service",
          "machines",
          "not",
          "prefer",
          "labels",
          "resources",
          "priority",
          "payload",
          "timeout_s",
          "deadline_s",
          "attempts",
          "queue",
          "each",
          "key");

  private TaskBody() {}

  static TaskSpec spec(JsonObject body) {
    for (String key : body.keySet()) {
      if (!KEYS.contains(key)) {
        throw Json.bad(
                "A task has no "
                    + Printable.of(key, 64)
                    + "; it has "
                    + String.join(", ", sorted())
                    + ".")
            .refused();
      }
    }
    JsonValue payload = body.getOrDefault("payload", JsonValue.EMPTY_JSON_OBJECT);
    String text = payload.toString();
    if (text.length() > TaskSpec.PAYLOAD_LIMIT) {
      throw Problem.of(413, "too_large", "A payload has at most 256 KiB.").refused();
    }
    try {
      return new TaskSpec(
          Bodies.text(body, "type", 64),
          optionalText(body, "service"),
          texts(body, "machines"),
          texts(body, "not"),
          texts(body, "prefer"),
          labels(body),
          need(body),
          (int) number(body, "priority", TaskSpec.DEFAULT_PRIORITY),
          text,
          (long) (number(body, "timeout_s", TaskSpec.DEFAULT_TIMEOUT_MILLIS / 1e3) * 1e3),
          (long) (number(body, "deadline_s", 0) * 1e3),
          (int) number(body, "attempts", TaskSpec.DEFAULT_ATTEMPTS),
          flag(body, "queue"));
    } catch (IllegalArgumentException e) {
      throw Json.bad(e.getMessage() + ".").refused();
    }
  }

  private static List<String> sorted() {
    return KEYS.stream().sorted().toList();
  }

  /** Null when it is absent. */
  static @Nullable String optionalText(JsonObject body, String key) {
    return absent(body, key) ? null : Bodies.text(body, key, 128);
  }

  static boolean flag(JsonObject body, String key) {
    return switch (body.getOrDefault(key, JsonValue.FALSE).getValueType()) {
      case TRUE -> true;
      case FALSE, NULL -> false;
      case ARRAY, OBJECT, STRING, NUMBER ->
          throw Json.bad(key + " must be true or false.").refused();
    };
  }

  private static boolean absent(JsonObject body, String key) {
    return body.getOrDefault(key, JsonValue.NULL).equals(JsonValue.NULL);
  }

  private static double number(JsonObject body, String key, double otherwise) {
    if (absent(body, key)) {
      return otherwise;
    }
    if (body.get(key) instanceof JsonNumber number) {
      double value = number.doubleValue();
      if (Double.isFinite(value) && Math.abs(value) < 1e9) {
        return value;
      }
    }
    throw Json.bad(key + " must be a number.").refused();
  }

  /** One text stands for a list of one. */
  private static List<String> texts(JsonObject body, String key) {
    if (absent(body, key)) {
      return List.of();
    }
    JsonValue value = body.get(key);
    if (value instanceof JsonString one) {
      return List.of(one.getString());
    }
    if (value instanceof JsonArray array && array.size() <= TaskSpec.NAMES_LIMIT) {
      List<String> texts = new ArrayList<>();
      for (JsonValue item : array) {
        if (!(item instanceof JsonString text)) {
          throw Json.bad(key + " must be texts.").refused();
        }
        texts.add(text.getString());
      }
      return texts;
    }
    throw Json.bad(key + " must be a list of at most " + TaskSpec.NAMES_LIMIT + " texts.")
        .refused();
  }

  private static Map<String, String> labels(JsonObject body) {
    Map<String, String> labels = new LinkedHashMap<>();
    if (absent(body, "labels")) {
      return labels;
    }
    if (!(body.get("labels") instanceof JsonObject object)) {
      throw Json.bad("labels must be an object of texts.").refused();
    }
    object.forEach((key, value) -> {
      if (!(value instanceof JsonString text)) {
        throw Json.bad("labels must be an object of texts.").refused();
      }
      labels.put(key, text.getString());
    });
    return labels;
  }

  private static ResourceNeed need(JsonObject body) {
    if (absent(body, "resources")) {
      return ResourceNeed.NONE;
    }
    if (!(body.get("resources") instanceof JsonObject object)) {
      throw Json.bad("resources must be an object.").refused();
    }
    return new ResourceNeed(
        number(object, "cpu_cores", 0),
        number(object, "memory_gb", 0),
        (int) number(object, "gpu_count", 0));
  }
}
