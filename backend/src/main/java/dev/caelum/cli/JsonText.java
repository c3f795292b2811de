package dev.caelum.cli;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads answers of the node forgivingly, and writes JSON that is safe on a terminal. */
final class JsonText {
  /** Held, since {@code Json}'s own methods search for a provider at every call. */
  private static final JsonProvider JSON = JsonProvider.provider();

  private JsonText() {}

  /**
   * Reads one object.
   *
   * @throws JsonException when {@code text} is none
   */
  static JsonObject parse(String text) {
    try (JsonReader reader = JSON.createReader(new StringReader(text))) {
      return reader.readObject();
    } catch (JsonException e) {
      throw e;
    } catch (RuntimeException e) {
      // The parser has no one type for what it refuses: nesting, say, or an exponent.
      throw new JsonException("not JSON within bounds", e);
    }
  }

  /** A list to fill. */
  static JsonArrayBuilder array() {
    return JSON.createArrayBuilder();
  }

  /** An object to fill. */
  static JsonObjectBuilder builder() {
    return JSON.createObjectBuilder();
  }

  /** {@code value} on one line; every control, bidi or invisible character as an escape. */
  static String safe(JsonValue value) {
    String json = value.toString();
    StringBuilder out = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      switch (Character.getType(c)) {
        // Outside of strings JSON is plain ASCII, so these stand in strings and may be escaped.
        case Character.CONTROL,
            Character.FORMAT,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR ->
            out.append(String.format("\\u%04x", (int) c));
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  /** The text or number at {@code key}, as text; null when it is absent or null. */
  static @Nullable String text(JsonObject object, String key) {
    return switch (object.getOrDefault(key, JsonValue.NULL)) {
      case JsonString string -> string.getString();
      case JsonNumber number -> number.toString();
      case JsonValue value when value.getValueType() == JsonValue.ValueType.NULL -> null;
      case JsonValue value -> value.toString();
    };
  }

  /** The number at {@code key}; null when there is none. */
  static @Nullable Double number(JsonObject object, String key) {
    return object.get(key) instanceof JsonNumber number ? number.doubleValue() : null;
  }

  /** The whole number at {@code key}; 0 when there is none. */
  static long count(JsonObject object, String key) {
    return object.get(key) instanceof JsonNumber number ? number.longValue() : 0;
  }

  /** Whether {@code key} is true. */
  static boolean flag(JsonObject object, String key) {
    return JsonValue.TRUE.equals(object.get(key));
  }

  /** The object at {@code key}; an empty one when there is none. */
  static JsonObject object(JsonObject object, String key) {
    return object.get(key) instanceof JsonObject inner ? inner : JsonValue.EMPTY_JSON_OBJECT;
  }

  /** The objects in the array at {@code key}; none when there is no array. */
  static List<JsonObject> objects(JsonObject object, String key) {
    return object.get(key) instanceof JsonArray array
        ? array.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList()
        : List.of();
  }
}
