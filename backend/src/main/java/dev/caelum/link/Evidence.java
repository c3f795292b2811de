package dev.caelum.link;

/** Makes text from the network fit for logs and pages. */
final class Evidence {
  private Evidence() {}

  /**
   * {@code text} without control, format and surrogate-less characters, at most {@code max} long.
   */
  static String clean(String text, int max) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), max));
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (clean.length() + Character.charCount(c) > max) {
        break;
      }
      switch (Character.getType(c)) {
        case Character.CONTROL,
            Character.FORMAT,
            Character.SURROGATE,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR,
            Character.PRIVATE_USE,
            Character.UNASSIGNED ->
            clean.append(' ');
        default -> clean.appendCodePoint(c);
      }
    }
    return clean.toString().strip();
  }
}
