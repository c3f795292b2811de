package dev.caelum.service;

/** Shortens texts without splitting a character. */
final class Cut {
  private Cut() {}

  /** At most {@code limit} characters of {@code text}, the last an ellipsis when some are gone. */
  static String to(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int end = limit - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
