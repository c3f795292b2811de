package dev.caelum.cli;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * One event of the node's stream, as WHATWG's "server-sent events" defines it.
 *
 * @param id where a new stream would go on
 */
record ServerEvent(String id, String name, JsonObject data) {
  private static final int MAX_LINE = 16 << 20;

  /**
   * Hands every event to {@code wantsMore} until it says no, or the stream ends.
   *
   * @throws IOException when it breaks, is silent for too long or is no event stream
   */
  static void readAll(InputStream stream, Predicate<ServerEvent> wantsMore) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    String id = "";
    String name = "";
    StringBuilder data = new StringBuilder();
    for (StringBuilder line = new StringBuilder(); readLine(reader, line); line.setLength(0)) {
      if (line.isEmpty()) {
        if (!data.isEmpty() && !wantsMore.test(new ServerEvent(id, name, parse(data.toString())))) {
          return;
        }
        name = "";
        data.setLength(0);
        continue;
      }
      int colon = line.indexOf(":");
      String field = colon < 0 ? line.toString() : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      switch (field) {
        case "id" -> id = value;
        case "event" -> name = value;
        case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
        default -> {
          // A comment, or a field of a later version.
        }
      }
    }
  }

  private static JsonObject parse(String data) throws IOException {
    try {
      return JsonText.parse(data);
    } catch (JsonException e) {
      throw new IOException("an event is not JSON", e);
    }
  }

  /** Reads up to the line feed into {@code line}; false at the end of the stream. */
  private static boolean readLine(BufferedReader reader, StringBuilder line) throws IOException {
    for (int c = reader.read(); c >= 0; c = reader.read()) {
      if (c == '\n') {
        return true;
      }
      if (line.length() >= MAX_LINE) {
        throw new IOException("an event is too long");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return false;
  }
}
