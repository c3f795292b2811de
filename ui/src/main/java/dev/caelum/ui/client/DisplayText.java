package dev.caelum.ui.client;

import java.text.Normalizer;

/** Makes text from the network safe and readable as one line for people. */
final class DisplayText {
  /** Longer than any sentence of ours; hostnames are cut again where they are shown. */
  static final int MAX_LENGTH = 600;

  private DisplayText() {}

  /** NFC, without control, format and bidi characters, at most 600 characters and an ellipsis. */
  static String clean(String raw) {
    String cut = raw.length() > 4 * MAX_LENGTH ? raw.substring(0, 4 * MAX_LENGTH) : raw;
    String text = Normalizer.normalize(cut, Normalizer.Form.NFC);
    StringBuilder clean = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
    int kept = 0;
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      if (hidden(point)) {
        continue;
      }
      if (kept++ == MAX_LENGTH) {
        return clean.append('…').toString();
      }
      clean.appendCodePoint(point);
    }
    return clean.toString();
  }

  private static boolean hidden(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
