package dev.caelum.link;

import static java.nio.charset.StandardCharsets.UTF_8;

/** UTF-8 sizes without encoding. */
final class Utf8 {
  private Utf8() {}

  /**
   * {@code text} itself, or a copy with {@code ?} for each lone surrogate, which no frame can
   * carry.
   */
  static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return new String(text.getBytes(UTF_8), UTF_8);
      }
    }
    return text;
  }

  /** Bytes of a well-formed text in UTF-8. */
  static int length(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        // A surrogate pair is two chars and four bytes, so each half counts two.
        bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return bytes;
  }
}
