package dev.caelum.e2e.oldnode;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The exact keys of one kind of JSON object, as the old node's parsers want them: one key more, one
 * less or a value of another type and the whole object is refused.
 */
final class Shape {
  /** What the date parser of the old node's Python takes: 3 or 6 decimals, no {@code Z}. */
  private static final Pattern DATE =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.(\\d{3}|\\d{6}))?[+-]\\d\\d:\\d\\d");

  static final Predicate<JsonValue> TEXT = JsonString.class::isInstance;
  static final Predicate<JsonValue> NUMBER = JsonNumber.class::isInstance;
  static final Predicate<JsonValue> INTEGER =
      value -> value instanceof JsonNumber number && number.isIntegral();
  static final Predicate<JsonValue> OBJECT = JsonObject.class::isInstance;
  static final Predicate<JsonValue> LIST =
      value -> value.getValueType() == JsonValue.ValueType.ARRAY;
  static final Predicate<JsonValue> TEXTS =
      value -> LIST.test(value) && value.asJsonArray().stream().allMatch(TEXT);
  static final Predicate<JsonValue> INTEGERS =
      value -> LIST.test(value) && value.asJsonArray().stream().allMatch(INTEGER);
  static final Predicate<JsonValue> OBJECTS =
      value -> LIST.test(value) && value.asJsonArray().stream().allMatch(OBJECT);
  static final Predicate<JsonValue> INSTANT =
      value -> value instanceof JsonString text && DATE.matcher(text.getString()).matches();

  private record Key(Predicate<JsonValue> type, boolean required) {}

  private final String name;
  private final Map<String, Key> keys = new LinkedHashMap<>();

  Shape(String name) {
    this.name = name;
  }

  Shape key(String key, Predicate<JsonValue> type) {
    keys.put(key, new Key(type, true));
    return this;
  }

  Shape optional(String key, Predicate<JsonValue> type) {
    keys.put(key, new Key(type, false));
    return this;
  }

  static Predicate<JsonValue> orNull(Predicate<JsonValue> type) {
    return value -> JsonValue.NULL.equals(value) || type.test(value);
  }

  static Predicate<JsonValue> oneOf(Set<String> words) {
    return value -> value instanceof JsonString text && words.contains(text.getString());
  }

  Predicate<JsonValue> asType() {
    return value -> value instanceof JsonObject object && fault(object).isEmpty();
  }

  /** Why the old node refuses {@code object}; empty when it takes it. */
  Optional<String> fault(JsonObject object) {
    for (String key : object.keySet()) {
      if (!keys.containsKey(key)) {
        return Optional.of(name + ": unknown key " + key);
      }
    }
    for (Map.Entry<String, Key> entry : keys.entrySet()) {
      JsonValue value = object.get(entry.getKey());
      if (value == null) {
        if (entry.getValue().required()) {
          return Optional.of(name + ": missing key " + entry.getKey());
        }
      } else if (!entry.getValue().type().test(value)) {
        return Optional.of(name + ": wrong value of " + entry.getKey());
      }
    }
    return Optional.empty();
  }
}
