package dev.caelum.logging;

import org.jspecify.annotations.Nullable;

/**
 * Makes text from anywhere safe to show on one line of a log, terminal or page.
 *
 * <p>Line breaks, terminal escapes, invisible and direction-changing characters are shown as
 * escapes like {@code \n}, so that no host name forges a line, hides text or recolours a terminal.
 * Everything else, emoji and every script included, stays as it is.
 */
public final class Printable {
  private Printable() {}

  /** {@code text} with each unsafe character escaped; {@code "-"} for null. */
  public static String of(@Nullable String text) {
    if (text == null) {
      return "-";
    }
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (isUnsafe(c)) {
        return escape(text);
      }
      i += Character.charCount(c);
    }
    return text;
  }

  /** The same, cut to {@code most} characters with an ellipsis as the last one. */
  public static String of(@Nullable String text, int most) {
    // Cutting first bounds the work; the escapes of what is left may exceed the limit again.
    String safe = of(text == null || text.length() <= most ? text : cut(text, most));
    return safe.length() <= most ? safe : cut(safe, most);
  }

  private static String cut(String text, int most) {
    int end = Math.max(0, most - 1);
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "…";
  }

  private static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(out, c));
    return out.toString();
  }

  private static void append(StringBuilder out, int c) {
    if (!isUnsafe(c)) {
      out.appendCodePoint(c);
      return;
    }
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> out.append(String.format(c > 0xFFFF ? "\\U%08x" : "\\u%04x", c));
    }
  }

  /**
   * Controls (Cc), formats with bidi marks and zero-width ones (Cf), line separators, surrogates.
   */
  private static boolean isUnsafe(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      // Joins the parts of one emoji; harmless, and escaping it would tear them apart.
      case Character.FORMAT -> c != 0x200D;
      default -> false;
    };
  }
}
