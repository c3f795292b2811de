package dev.caelum.link;

import io.helidon.common.buffers.DataReader;
import io.helidon.websocket.WsCloseException;
import io.helidon.websocket.WsOpCode;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Takes frames off a stream (RFC 6455, 5.2). Memory and time grow with the bytes that arrived, not
 * with the length that a frame claims or the packets it comes in.
 */
final class FrameDecoder {
  private static final int FIN = 0x80;
  private static final int RESERVED = 0x70;
  private static final int OPCODE = 0x0f;
  private static final int MASKED = 0x80;
  private static final int FIRST_BYTES = 1 << 10;

  private final DataReader reader;
  private final boolean fromClient;
  private final int longest;

  /**
   * @param fromClient whether the sender is the side that dialled, which must mask its frames; the
   *     other must not
   * @param longest most bytes of a frame's payload
   */
  FrameDecoder(DataReader reader, boolean fromClient, int longest) {
    this.reader = reader;
    this.fromClient = fromClient;
    this.longest = longest;
  }

  /**
   * One frame.
   *
   * @param payload unmasked
   */
  record Frame(WsOpCode opcode, boolean fin, ByteBuffer payload) {}

  /**
   * Waits for the next frame. Throws {@link WsCloseException} for one against the rules, and what
   * the stream throws when it ends.
   */
  Frame next() {
    int head = reader.read();
    require((head & RESERVED) == 0, "reserved bits");
    WsOpCode opcode = opcode(head & OPCODE);
    int second = reader.read();
    require(((second & MASKED) != 0) == fromClient, fromClient ? "unmasked frame" : "masked frame");
    int length = length(second & ~MASKED & 0xff);
    byte[] mask = fromClient ? bytes(Integer.BYTES) : new byte[0];
    byte[] payload = bytes(length);
    for (int i = 0; fromClient && i < length; i++) {
      payload[i] ^= mask[i & 3];
    }
    return new Frame(opcode, (head & FIN) != 0, ByteBuffer.wrap(payload));
  }

  private int length(int small) {
    long length =
        switch (small) {
          case 126 -> Short.toUnsignedLong(ByteBuffer.wrap(bytes(Short.BYTES)).getShort());
          case 127 -> ByteBuffer.wrap(bytes(Long.BYTES)).getLong();
          default -> small;
        };
    require(length >= 0, "negative length");
    if (length > longest) {
      throw new WsCloseException("frame too big", LinkEnd.TOO_BIG);
    }
    return (int) length;
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[Math.min(count, FIRST_BYTES)];
    int filled = 0;
    while (filled < count) {
      reader.ensureAvailable();
      int part = Math.min(reader.available(), count - filled);
      if (filled + part > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.min(count, Math.max(filled + part, 2 * bytes.length)));
      }
      reader.readBuffer(part).read(bytes, filled, part);
      filled += part;
    }
    return bytes;
  }

  private static WsOpCode opcode(int number) {
    for (WsOpCode opcode : WsOpCode.values()) {
      if (opcode.code() == number) {
        return opcode;
      }
    }
    throw new WsCloseException("unknown opcode", LinkEnd.PROTOCOL_ERROR);
  }

  static void require(boolean rule, String otherwise) {
    if (!rule) {
      throw new WsCloseException(otherwise, LinkEnd.PROTOCOL_ERROR);
    }
  }
}
