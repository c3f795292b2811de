package dev.caelum.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Sends the frames of one link, each in one write (RFC 6455, 5.2), and keeps no buffer between
 * them. All but {@link #abort()} block until the network took the frame and are called by one
 * thread at a time, the writer of the {@link Outbox}.
 */
final class FrameSink {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int FIN = 0x80;
  private static final int MASKED = 0x80;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int LONGEST_HEAD = 14;

  /** The connection below. */
  interface Network {
    /** Writes the first {@code length} of {@code bytes}, blocking until the network took them. */
    void write(byte[] bytes, int length) throws IOException;

    /** Breaks the connection at once, from any thread; a blocked write ends. Idempotent. */
    void abort();
  }

  private final Network network;
  private final boolean masked;

  /**
   * @param masked whether this is the side that dialled, which must mask its frames, while the
   *     other must not (RFC 6455, 5.3). The mask keeps payloads from being taken for requests by
   *     what stands between, so it must be unpredictable; four bytes of {@link SecureRandom} cost
   *     less than a microsecond
   */
  FrameSink(Network network, boolean masked) {
    this.network = network;
    this.masked = masked;
  }

  void text(String text) throws IOException {
    send(TEXT, ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  void ping(ByteBuffer payload) throws IOException {
    send(PING, payload);
  }

  void pong(ByteBuffer payload) throws IOException {
    send(PONG, payload);
  }

  void close(int code, String reason) throws IOException {
    byte[] words = reason.getBytes(UTF_8);
    send(
        CLOSE,
        ByteBuffer.allocate(Short.BYTES + words.length).putShort((short) code).put(words).flip());
  }

  /** Breaks the connection at once, from any thread; a blocked write ends. Idempotent. */
  void abort() {
    network.abort();
  }

  private void send(int opcode, ByteBuffer payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(LONGEST_HEAD + payload.remaining());
    head(frame, opcode, payload.remaining());
    if (masked) {
      mask(frame, payload);
    } else {
      frame.put(payload);
    }
    network.write(frame.array(), frame.position());
  }

  private void head(ByteBuffer frame, int opcode, int length) {
    int mask = masked ? MASKED : 0;
    frame.put((byte) (FIN | opcode));
    if (length < 126) {
      frame.put((byte) (mask | length));
    } else if (length < 1 << 16) {
      frame.put((byte) (mask | 126)).putShort((short) length);
    } else {
      frame.put((byte) (mask | 127)).putLong(length);
    }
  }

  private static void mask(ByteBuffer frame, ByteBuffer payload) {
    int mask = RANDOM.nextInt();
    frame.putInt(mask);
    while (payload.remaining() >= Integer.BYTES) {
      frame.putInt(payload.getInt() ^ mask);
    }
    for (int shift = 24; payload.hasRemaining(); shift -= 8) {
      frame.put((byte) (payload.get() ^ (mask >>> shift)));
    }
  }
}
