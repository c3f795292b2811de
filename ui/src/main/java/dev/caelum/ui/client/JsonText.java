package dev.caelum.ui.client;

import jakarta.json.JsonException;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** JSON that people write and read. */
public final class JsonText {
  private static final JsonProvider JSON = JsonProvider.provider();

  private JsonText() {}

  /** Where a text stops to be JSON; both from 1. */
  public record Fault(long line, long column) {}

  /** Where {@code text} is no JSON; null when it is. */
  public static @Nullable Fault fault(String text) {
    try (var parser = JSON.createParser(new StringReader(text))) {
      boolean empty = true;
      while (parser.hasNext()) {
        parser.next();
        empty = false;
      }
      if (empty) {
        return new Fault(1, 1);
      }
      return null;
    } catch (JsonParsingException e) {
      return new Fault(
          Math.max(1, e.getLocation().getLineNumber()),
          Math.max(1, e.getLocation().getColumnNumber()));
    } catch (JsonException | IllegalStateException | NoSuchElementException e) {
      return new Fault(1, 1);
    }
  }

  /**
   * {@code value} over several lines; characters that are not seen or turn the direction of text
   * are shown as their escapes.
   */
  static String pretty(JsonValue value) {
    StringWriter text = new StringWriter();
    if (value instanceof JsonStructure structure) {
      try (var writer =
          JSON.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
              .createWriter(text)) {
        writer.write(structure);
      }
    } else {
      text.write(value.toString());
    }
    return visible(text.toString().strip());
  }

  private static String visible(String json) {
    StringBuilder visible = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      int type = Character.getType(c);
      boolean hidden =
          type == Character.FORMAT
              || type == Character.LINE_SEPARATOR
              || type == Character.PARAGRAPH_SEPARATOR
              || (type == Character.CONTROL && c != '\n');
      if (hidden) {
        visible.append("\\u%04x".formatted((int) c));
      } else {
        visible.append(c);
      }
    }
    return visible.toString();
  }
}
