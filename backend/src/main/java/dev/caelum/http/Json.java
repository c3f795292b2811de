package dev.caelum.http;

import jakarta.json.JsonConfig;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.config.PropertyNamingStrategy;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values to JSON with {@code snake_case} keys, and strict JSON from callers. */
final class Json {
  /** The deepest nesting that is read. */
  static final int MAX_DEPTH = 16;

  private static final Map<String, ?> STRICT =
      Map.of(
          "org.eclipse.parsson.maxDepth",
          MAX_DEPTH,
          JsonConfig.KEY_STRATEGY,
          JsonConfig.KeyStrategy.NONE);

  private static final JsonParserFactory PARSERS =
      JsonProvider.provider().createParserFactory(STRICT);
  private static final JsonReaderFactory READERS =
      JsonProvider.provider().createReaderFactory(STRICT);

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
    JsonObject object = read(text);
    if (object == null) {
      throw bad("The body must be one JSON object without repeated keys.").refused();
    }
    return object;
  }

  /** The JSON value that {@code text} is; what is none becomes a JSON string. */
  static JsonValue value(String text) {
    try (JsonReader reader = READERS.createReader(new StringReader(text))) {
      return reader.readValue();
    } catch (RuntimeException e) {
      return JsonProvider.provider().createValue(text);
    }
  }

  /** Null when {@code text} is not one object. */
  private static @Nullable JsonObject read(String text) {
    // Two passes: the parser alone lets a key come twice, the reader alone ignores what follows.
    // Not skipObject(): it never returns from an object that is cut short.
    try (JsonParser parser = PARSERS.createParser(new StringReader(text));
        JsonReader reader = READERS.createReader(new StringReader(text))) {
      if (parser.next() != JsonParser.Event.START_OBJECT) {
        return null;
      }
      parser.getObject();
      return parser.hasNext() ? null : reader.readObject();
    } catch (RuntimeException e) {
      // The parser has no one type for what it refuses, and its words quote the caller's text.
      return null;
    }
  }

  static Problem bad(String detail) {
    return Problem.of(400, "bad_body", detail);
  }
}
