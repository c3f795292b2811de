package dev.caelum.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;

/**
 * Puts the fragments of one text message together, bounded in bytes and in fragments. Decoding
 * happens over the whole message: a character may be split across frames, and what is not UTF-8 is
 * told instead of being replaced.
 */
final class TextAssembly {
  private final LinkLimits limits;
  private ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
  private int fragments;

  TextAssembly(LinkLimits limits) {
    this.limits = limits;
  }

  /** Whether a message has begun and not ended. */
  boolean open() {
    return fragments > 0;
  }

  /** Adds a fragment; false, without adding it, when the message grows beyond its bounds. */
  boolean add(byte[] fragment) {
    if (fragments == limits.fragments() || fragment.length > limits.messageBytes() - bytes.size()) {
      return false;
    }
    fragments++;
    bytes.writeBytes(fragment);
    return true;
  }

  /** The whole message; the next one may begin. */
  String take() throws CharacterCodingException {
    ByteBuffer whole = ByteBuffer.wrap(bytes.toByteArray());
    // Not reset: an idle link would keep room for its longest message.
    bytes = new ByteArrayOutputStream(0);
    fragments = 0;
    return decode(whole);
  }

  /** {@code utf8} as text, or an exception where it is malformed. */
  static String decode(ByteBuffer utf8) throws CharacterCodingException {
    return UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(utf8)
        .toString();
  }
}
