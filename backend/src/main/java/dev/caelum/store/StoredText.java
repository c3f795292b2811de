package dev.caelum.store;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Texts in a form that every database keeps unchanged. PostgreSQL refuses U+0000, and half a
 * surrogate pair has no UTF-8; such characters are written as U+001A and four hexadecimal digits,
 * as is U+001A itself.
 */
final class StoredText {
  private static final char ESCAPE = '\u001a';
  private static final int LENGTH = 5;

  private StoredText() {}

  static @Nullable String write(@Nullable String text) {
    return text == null ? null : escaped(text);
  }

  private static String escaped(String text) {
    int at = 0;
    while (at < text.length() && plain(text, at)) {
      at++;
    }
    if (at == text.length()) {
      return text;
    }
    StringBuilder stored = new StringBuilder(text.length() + 64).append(text, 0, at);
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (plain(text, at)) {
        stored.append(c);
      } else {
        stored.append(ESCAPE).append(HexFormat.of().toHexDigits(c));
      }
    }
    return stored.toString();
  }

  private static boolean plain(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
    return c != 0 && c != ESCAPE;
  }

  /** What {@link #write} made {@code stored} of. */
  static @Nullable String read(@Nullable String stored) {
    return stored == null || stored.indexOf(ESCAPE) < 0 ? stored : unescaped(stored);
  }

  private static String unescaped(String stored) {
    StringBuilder text = new StringBuilder(stored.length());
    for (int at = 0; at < stored.length(); at++) {
      char c = stored.charAt(at);
      if (c == ESCAPE && at + LENGTH <= stored.length()) {
        text.append((char) HexFormat.fromHexDigits(stored, at + 1, at + LENGTH));
        at += LENGTH - 1;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
