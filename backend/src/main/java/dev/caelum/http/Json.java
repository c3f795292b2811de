package dev.caelum.http;

import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.config.PropertyNamingStrategy;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Values to JSON with {@code snake_case} keys, and strict JSON from callers. */
final class Json {
  /** The deepest nesting that is read. */
  static final int MAX_DEPTH = 16;

  private static final JsonReaderFactory READERS =
      JsonProvider.provider()
          .createReaderFactory(
              Map.of(
                  "org.eclipse.parsson.maxDepth",
                  MAX_DEPTH,
                  JsonConfig.KEY_STRATEGY,
                  JsonConfig.KeyStrategy.NONE));

  /** Made at the first use: it takes a noticeable part of a start. */
  private static final class Writer {
    static final Jsonb JSONB =
        JsonbBuilder.create(
            new JsonbConfig()
                .withPropertyNamingStrategy(PropertyNamingStrategy.LOWER_CASE_WITH_UNDERSCORES)
                .withNullValues(true));
  }

  private Json() {}

  /** {@code value} as one line of JSON; null components are written. */
  static String text(Object value) {
    return Writer.JSONB.toJson(value);
  }

  /** {@link #text} in UTF-8. */
  static byte[] bytes(Object value) {
    return text(value).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The one JSON object that {@code body} holds. Refused: broken UTF-8, a key twice, nesting deeper
   * than {@value #MAX_DEPTH}, anything but an object, anything behind it.
   */
  static JsonObject object(byte[] body) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw bad("The body is not UTF-8.").refused();
    }
    try (JsonReader reader = READERS.createReader(new StringReader(text))) {
      JsonValue value = reader.readValue();
      if (value instanceof JsonObject object) {
        return object;
      }
      throw bad("The body must be one JSON object.").refused();
    } catch (JsonException | IllegalStateException e) {
      // The parser's own words quote the caller's text and name classes: they stay inside.
      throw bad("The body is not a JSON object that can be read.").refused();
    }
  }

  static Problem bad(String detail) {
    return Problem.of(400, "bad_body", detail);
  }
}
