package dev.caelum.wire;

import dev.caelum.task.TaskSpec;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON objects within bounds. Reading yields plain values: {@code Map}, {@code
 * List}, {@code String}, {@code Long} or {@code Double}, {@code Boolean}, null.
 */
public final class JsonText {
  /**
   * How much of a document is accepted.
   *
   * @param characters length of the whole text
   * @param tokens keys, values, starts and ends
   * @param string characters of one string
   */
  public record Bounds(int characters, int tokens, int string) {
    /** A datagram. */
    public static final Bounds DATAGRAM = new Bounds(4_096, 2_000, STRING);

    /** A message on a link. */
    public static final Bounds LINK = new Bounds(1 << 20, 60_000, STRING);

    /** A message about tasks, whose payloads and results are texts of their own. */
    static final Bounds WORK = new Bounds(1 << 20, 60_000, TaskSpec.PAYLOAD_LIMIT);
  }

  static final int DEPTH = 16;
  static final int STRING = 8_192;
  static final int NAME = 64;
  static final int NUMBER = 32;

  /** What stands for bytes that are not UTF-8. */
  private static final char REPLACED = '\uFFFD';

  /** The parser's own limit only stands behind ours: it throws a bare RuntimeException. */
  private static final JsonParserFactory PARSERS =
      Json.createParserFactory(Map.of("org.eclipse.parsson.maxDepth", 2 * DEPTH));

  private static final Jsonb WRITER = JsonbBuilder.create(new JsonbConfig().withNullValues(true));

  private JsonText() {}

  /** Reads strict UTF-8. */
  public static Decoded<Map<String, @Nullable Object>> read(ByteBuffer utf8, Bounds bounds) {
    byte[] bytes = new byte[utf8.remaining()];
    utf8.get(bytes);
    // The usual datagram is ASCII: nothing is replaced then, and each byte is one character.
    String ascii = new String(bytes, StandardCharsets.UTF_8);
    if (ascii.length() == bytes.length && ascii.indexOf(REPLACED) < 0) {
      return read(ascii, bounds);
    }
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
    } catch (CharacterCodingException e) {
      return Decoded.rejected(Refusal.ENCODING, "not UTF-8");
    }
    return read(text, bounds);
  }

  /** Reads one JSON object, with nothing behind it. */
  public static Decoded<Map<String, @Nullable Object>> read(String text, Bounds bounds) {
    if (text.length() > bounds.characters()) {
      return Decoded.rejected(Refusal.OVERSIZE, text.length() + " characters");
    }
    try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
      Values values = new Values(parser, bounds, text.indexOf('\\') >= 0);
      if (!parser.hasNext() || parser.next() != JsonParser.Event.START_OBJECT) {
        return Decoded.rejected(Refusal.SYNTAX, "not an object");
      }
      Map<String, @Nullable Object> object = values.object(1);
      if (parser.hasNext()) {
        return Decoded.rejected(Refusal.SYNTAX, "text behind the object");
      }
      return new Decoded.Value<>(object);
    } catch (JsonParsingException e) {
      return Decoded.rejected(Refusal.SYNTAX, "not JSON");
    } catch (TooMuch e) {
      return Decoded.rejected(Refusal.SYNTAX, e.what);
    } catch (JsonException | NoSuchElementException | IllegalStateException e) {
      return Decoded.rejected(Refusal.SYNTAX, "not JSON");
    }
  }

  /** Writes an object, nulls included. */
  public static String write(Map<String, ? extends @Nullable Object> object) {
    return WRITER.toJson(object);
  }

  private static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1;
    final String what;

    TooMuch(String what) {
      super(what, null, false, false);
      this.what = what;
    }
  }

  private static final class Values {
    private final JsonParser parser;
    private final boolean escapes;
    private final int longest;
    private int tokensLeft;

    Values(JsonParser parser, Bounds bounds, boolean escapes) {
      this.parser = parser;
      this.tokensLeft = bounds.tokens();
      this.longest = bounds.string();
      this.escapes = escapes;
    }

    Map<String, @Nullable Object> object(int depth) {
      Map<String, @Nullable Object> out = new LinkedHashMap<>();
      while (true) {
        JsonParser.Event event = next();
        if (event == JsonParser.Event.END_OBJECT) {
          return out;
        }
        String name = parser.getString();
        if (name.length() > NAME) {
          throw new TooMuch("a name of " + name.length() + " characters");
        }
        wellFormed(name);
        int before = out.size();
        out.put(name, value(next(), depth));
        if (out.size() == before) {
          throw new TooMuch("a key twice");
        }
      }
    }

    private List<@Nullable Object> array(int depth) {
      List<@Nullable Object> out = new ArrayList<>();
      while (true) {
        JsonParser.Event event = next();
        if (event == JsonParser.Event.END_ARRAY) {
          return out;
        }
        out.add(value(event, depth));
      }
    }

    private @Nullable Object value(JsonParser.Event event, int depth) {
      return switch (event) {
        case START_OBJECT -> object(deeper(depth));
        case START_ARRAY -> array(deeper(depth));
        case VALUE_STRING -> string();
        case VALUE_NUMBER -> number();
        case VALUE_TRUE -> true;
        case VALUE_FALSE -> false;
        case VALUE_NULL -> null;
        case KEY_NAME, END_OBJECT, END_ARRAY -> throw new TooMuch("out of place");
      };
    }

    private JsonParser.Event next() {
      if (--tokensLeft < 0) {
        throw new TooMuch("too many tokens");
      }
      return parser.next();
    }

    private static int deeper(int depth) {
      if (depth >= DEPTH) {
        throw new TooMuch("deeper than " + DEPTH);
      }
      return depth + 1;
    }

    private String string() {
      String text = parser.getString();
      if (text.length() > longest) {
        throw new TooMuch("a string of " + text.length() + " characters");
      }
      wellFormed(text);
      return text;
    }

    /** Half a surrogate pair, which only an escape can bring, has no form in UTF-8. */
    private void wellFormed(String text) {
      for (int at = 0; escapes && at < text.length(); at++) {
        char unit = text.charAt(at);
        if (Character.isSurrogate(unit)) {
          boolean pair =
              Character.isHighSurrogate(unit)
                  && at + 1 < text.length()
                  && Character.isLowSurrogate(text.charAt(at + 1));
          if (!pair) {
            throw new TooMuch("half a surrogate pair");
          }
          at++;
        }
      }
    }

    private Object number() {
      String digits = parser.getString();
      if (digits.length() > NUMBER) {
        throw new TooMuch("a number of " + digits.length() + " characters");
      }
      try {
        return Long.valueOf(digits);
      } catch (NumberFormatException fraction) {
        double number = Double.parseDouble(digits);
        if (!Double.isFinite(number)) {
          throw new TooMuch("a number out of range");
        }
        return number;
      }
    }
  }
}
