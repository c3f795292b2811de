package dev.caelum.ui.client;

import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object leniently: what is missing or of another type is unknown (null), so a node
 * of another version never breaks the page. Every text is cleaned for display.
 */
final class Fields {
  private static final int MAX_DEPTH = 32;
  private static final JsonReaderFactory READERS =
      JsonProvider.provider()
          .createReaderFactory(Map.of("org.eclipse.parsson.maxDepth", MAX_DEPTH));

  /** An object without keys. */
  static final Fields NONE = new Fields(JsonValue.EMPTY_JSON_OBJECT);

  private final JsonObject object;

  private Fields(JsonObject object) {
    this.object = object;
  }

  /** Parses {@code json}; throws {@link jakarta.json.JsonException} when it is no JSON object. */
  static Fields parse(String json) {
    try (var reader = READERS.createReader(new StringReader(json))) {
      return new Fields(reader.readObject());
    } catch (JsonException e) {
      throw e;
    } catch (RuntimeException e) {
      // Parsson tells too deep nesting and huge numbers this way
      throw new JsonException("not readable: " + e.getMessage(), e);
    }
  }

  boolean has(String name) {
    JsonValue value = object.get(name);
    return value != null && !value.equals(JsonValue.NULL);
  }

  /** The object under {@code name}; an empty one when there is none. */
  Fields at(String name) {
    return new Fields(
        object.get(name) instanceof JsonObject inner ? inner : JsonValue.EMPTY_JSON_OBJECT);
  }

  @Nullable String text(String name) {
    return object.get(name) instanceof JsonString text ? DisplayText.clean(text.getString()) : null;
  }

  /** The text as it is, for a field that it can be changed in. */
  String raw(String name, String otherwise) {
    return object.get(name) instanceof JsonString text ? text.getString() : otherwise;
  }

  String text(String name, String otherwise) {
    String text = text(name);
    return text == null ? otherwise : text;
  }

  boolean flag(String name) {
    return JsonValue.TRUE.equals(object.get(name));
  }

  @Nullable Double number(String name) {
    return object.get(name) instanceof JsonNumber number ? (Double) number.doubleValue() : null;
  }

  long count(String name) {
    return object.get(name) instanceof JsonNumber number ? number.longValue() : 0;
  }

  @Nullable Instant instant(String name) {
    String text = text(name);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** How many elements the array {@code name} has; null when there is no such array. */
  @Nullable Integer size(String name) {
    return object.get(name) instanceof JsonArray array ? (Integer) array.size() : null;
  }

  /** The texts in the array {@code name}. */
  List<String> texts(String name) {
    if (!(object.get(name) instanceof JsonArray array)) {
      return List.of();
    }
    return array.stream()
        .filter(JsonString.class::isInstance)
        .map(value -> DisplayText.clean(((JsonString) value).getString()))
        .toList();
  }

  /** The numbers in the array {@code name}; NaN for whatever else is in it. */
  List<Double> numbers(String name) {
    if (!(object.get(name) instanceof JsonArray array)) {
      return List.of();
    }
    return array.stream()
        .map(value -> value instanceof JsonNumber number ? number.doubleValue() : Double.NaN)
        .toList();
  }

  /** The texts in the object {@code name}, by key, in their order. */
  Map<String, String> map(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (object.get(name) instanceof JsonObject inner) {
      inner.forEach((key, value) -> {
        if (value instanceof JsonString text) {
          texts.put(DisplayText.clean(key), DisplayText.clean(text.getString()));
        }
      });
    }
    return Collections.unmodifiableMap(texts);
  }

  /** The whole numbers in the object {@code name}, by key. */
  Map<String, Long> counts(String name) {
    Map<String, Long> counts = new LinkedHashMap<>();
    if (object.get(name) instanceof JsonObject inner) {
      inner.forEach((key, value) -> {
        if (value instanceof JsonNumber number) {
          counts.put(DisplayText.clean(key), number.longValue());
        }
      });
    }
    return Collections.unmodifiableMap(counts);
  }

  /** The value {@code name} as JSON over several lines; null when there is none. */
  @Nullable String json(String name) {
    JsonValue value = object.get(name);
    return value == null || value.equals(JsonValue.NULL) ? null : JsonText.pretty(value);
  }

  <T> List<T> list(String name, Function<Fields, T> element) {
    if (!(object.get(name) instanceof JsonArray array)) {
      return List.of();
    }
    List<T> result = new ArrayList<>(array.size());
    for (JsonValue value : array) {
      if (value instanceof JsonObject inner) {
        result.add(element.apply(new Fields(inner)));
      }
    }
    return List.copyOf(result);
  }
}
