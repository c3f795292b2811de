package dev.caelum.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * Inputs as text, one a line: printable ASCII as it is, any other byte and the backslash as {@code
 * \xNN}. A line that begins with {@code #} says what the next ones are.
 */
final class Inputs {
  private Inputs() {}

  /** What is kept for {@code target}. */
  static List<byte[]> of(FuzzTarget target) {
    String name = "/fuzz/" + target.fileName();
    try (InputStream in = Inputs.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError("no inputs are kept in " + name);
      }
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(Inputs::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of one line. */
  static byte[] read(String line) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < line.length(); at++) {
      char unit = line.charAt(at);
      if (unit == '\\') {
        out.write(Integer.parseInt(line, at + 2, at + 4, 16));
        at += 3;
      } else {
        out.write(unit);
      }
    }
    return out.toByteArray();
  }

  /** The line of {@code input}. */
  static String write(byte[] input) {
    StringBuilder out = new StringBuilder();
    for (byte unit : input) {
      boolean comment = unit == '#' && out.isEmpty();
      if (unit < ' ' || unit > '~' || unit == '\\' || comment) {
        out.append(String.format(Locale.ROOT, "\\x%02x", unit & 0xff));
      } else {
        out.append((char) unit);
      }
    }
    return out.toString();
  }
}
