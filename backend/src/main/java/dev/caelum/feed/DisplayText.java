package dev.caelum.feed;

import java.text.Normalizer;

/**
 * Strings from the network, made fit for people: one line, in Unicode form NFC, without control,
 * format or bidi characters, cut with an ellipsis. Not an escape for HTML or JSON; those come at
 * their own edge.
 */
public final class DisplayText {
  /** The length of names in code points. */
  public static final int NAME = 64;

  /** The length of sentences and evidence in code points. */
  public static final int LINE = 300;

  private static final String ELLIPSIS = "…";

  private DisplayText() {}

  /** {@code raw} as a name. */
  public static String name(String raw) {
    return clean(raw, NAME);
  }

  /** {@code raw} as a line. */
  public static String line(String raw) {
    return clean(raw, LINE);
  }

  /** {@code raw} cleaned, at most {@code max} code points with the ellipsis. */
  public static String clean(String raw, int max) {
    // Bounded before the costly part: nothing behind this many characters could be shown.
    String bounded = raw.length() > 8 * max ? raw.substring(0, 8 * max) : raw;
    var kept = new StringBuilder(Math.min(bounded.length(), 2 * max));
    Normalizer.normalize(bounded, Normalizer.Form.NFC)
        .codePoints()
        .map(c -> Character.isWhitespace(c) ? ' ' : c)
        .filter(DisplayText::shown)
        .limit(max + 1L)
        .forEach(kept::appendCodePoint);
    boolean cut = bounded.length() < raw.length();
    if (kept.codePointCount(0, kept.length()) > max) {
      kept.setLength(kept.offsetByCodePoints(0, max));
      cut = true;
    }
    if (!cut) {
      return kept.toString();
    }
    if (kept.codePointCount(0, kept.length()) == max) {
      kept.setLength(kept.offsetByCodePoints(0, max - 1));
    }
    return kept.append(ELLIPSIS).toString();
  }

  private static boolean shown(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
