package dev.caelum.work;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A payload that is a JSON object, read key by key; whatever does not fit is told by its rule. */
final class Payload {
  private static final JsonReaderFactory READERS =
      Json.createReaderFactory(Map.of("org.eclipse.parsson.maxDepth", 32));

  private final JsonObject object;

  private Payload(JsonObject object) {
    this.object = object;
  }

  /** Reads a payload. */
  static Payload of(String text) throws TaskFailed {
    try (JsonReader reader = READERS.createReader(new StringReader(text))) {
      if (reader.readValue() instanceof JsonObject object) {
        return new Payload(object);
      }
    } catch (JsonException | IllegalStateException e) {
      throw TaskFailed.payload("The payload is not JSON.");
    } catch (RuntimeException e) {
      // The parser throws a bare one when it is nested too deeply.
      throw TaskFailed.payload("The payload is nested too deeply.");
    }
    throw TaskFailed.payload("The payload must be a JSON object.");
  }

  JsonObject object() {
    return object;
  }

  String text(String key) throws TaskFailed {
    String text = textOrNull(key);
    if (text == null) {
      throw TaskFailed.payload(key + " is missing; it must be a string.");
    }
    return text;
  }

  String text(String key, String otherwise) throws TaskFailed {
    String text = textOrNull(key);
    return text == null ? otherwise : text;
  }

  @Nullable String textOrNull(String key) throws TaskFailed {
    JsonValue value = object.get(key);
    if (value == null || value.getValueType() == JsonValue.ValueType.NULL) {
      return null;
    }
    if (value instanceof JsonString text) {
      return text.getString();
    }
    throw TaskFailed.payload(key + " must be a string.");
  }

  long whole(String key, @Nullable Long otherwise, long least, long most) throws TaskFailed {
    JsonValue value = object.get(key);
    if (value == null && otherwise != null) {
      return otherwise;
    }
    if (value instanceof JsonNumber number && number.isIntegral()) {
      long whole = number.bigDecimalValue().precision() > 18 ? Long.MIN_VALUE : number.longValue();
      if (whole >= least && whole <= most) {
        return whole;
      }
    }
    throw TaskFailed.payload(key + " must be a whole number from " + least + " to " + most + ".");
  }

  List<String> texts(String key) throws TaskFailed {
    JsonValue value = object.get(key);
    List<String> out = new ArrayList<>();
    if (value == null) {
      return out;
    }
    if (value.getValueType() == JsonValue.ValueType.ARRAY) {
      for (JsonValue each : value.asJsonArray()) {
        if (!(each instanceof JsonString text)) {
          throw TaskFailed.payload(key + " must be strings.");
        }
        out.add(text.getString());
      }
      return out;
    }
    throw TaskFailed.payload(key + " must be a list of strings.");
  }
}
