package dev.caelum.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One JSON object a line, for log collectors: {@code time} (UTC, ISO-8601), {@code level}, {@code
 * logger}, {@code message}, and {@code error} with its stack where there is one.
 *
 * <p>Written by hand: the logger must not depend on a JSON library that may itself log.
 */
final class JsonFormatter extends Formatter {
  @Override
  public String format(LogRecord entry) {
    StringBuilder line = new StringBuilder(240);
    line.append("{\"time\":");
    quote(line, entry.getInstant().toString());
    line.append(",\"level\":");
    quote(line, TextFormatter.level(entry.getLevel()));
    line.append(",\"logger\":");
    quote(line, entry.getLoggerName() == null ? "" : entry.getLoggerName());
    line.append(",\"message\":");
    quote(line, Printable.of(formatMessage(entry)));
    if (entry.getThrown() != null) {
      StringWriter stack = new StringWriter();
      entry.getThrown().printStackTrace(new PrintWriter(stack));
      line.append(",\"error\":");
      quote(line, stack.toString());
    }
    return line.append("}\n").toString();
  }

  /** Appends a JSON string; every character that is not printable is escaped as JSON does it. */
  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        default -> {
          if (isPlain(text, i, c)) {
            out.append(c);
          } else {
            out.append(String.format("\\u%04x", (int) c));
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isPlain(String text, int i, char c) {
    if (Character.isSurrogate(c)) {
      // Half a pair would make the line invalid UTF-8.
      return Character.isHighSurrogate(c)
          ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
          : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
