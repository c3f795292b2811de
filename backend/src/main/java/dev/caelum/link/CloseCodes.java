package dev.caelum.link;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The rules of RFC 6455, 7.4 and 5.5 for close frames. */
final class CloseCodes {
  private static final int MAX_REASON_BYTES = 123;

  private CloseCodes() {}

  /** Whether a peer may send {@code code}. */
  static boolean allowed(int code) {
    return (code >= 1000 && code <= 1003)
        || (code >= 1007 && code <= 1014)
        || (code >= 3000 && code <= 4999);
  }

  /** {@code reason}, cut at a character so that it fits into a close frame. */
  static String cut(String reason) {
    String cut = reason;
    while (cut.getBytes(UTF_8).length > MAX_REASON_BYTES) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    return cut;
  }
}
