package dev.caelum.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sends frames as a client must: masked, each in one write (RFC 6455, 5.2 and 5.3). The mask keeps
 * payloads from being taken for requests by what stands between, so it must be unpredictable; four
 * bytes of {@link SecureRandom} cost less than a microsecond.
 */
final class SocketSink implements FrameSink {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Logger LOG = Logger.getLogger(SocketSink.class.getName());
  private static final int FIN = 0x80;
  private static final int MASKED = 0x80;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int LONGEST_HEAD = 14;

  private final Socket socket;

  SocketSink(Socket socket) {
    this.socket = socket;
  }

  @Override
  public void text(String text) throws IOException {
    send(TEXT, ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  @Override
  public void ping(ByteBuffer payload) throws IOException {
    send(PING, payload);
  }

  @Override
  public void pong(ByteBuffer payload) throws IOException {
    send(PONG, payload);
  }

  @Override
  public void close(int code, String reason) throws IOException {
    byte[] words = reason.getBytes(UTF_8);
    send(
        CLOSE,
        ByteBuffer.allocate(Short.BYTES + words.length).putShort((short) code).put(words).flip());
  }

  /** Closing a socket frees whoever reads from it or writes to it. */
  @Override
  public void abort() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(Level.FINE, e, () -> "closing a socket failed");
    }
  }

  private void send(int opcode, ByteBuffer payload) throws IOException {
    int mask = RANDOM.nextInt();
    ByteBuffer frame = ByteBuffer.allocate(LONGEST_HEAD + payload.remaining());
    head(frame, opcode, payload.remaining());
    frame.putInt(mask);
    while (payload.remaining() >= Integer.BYTES) {
      frame.putInt(payload.getInt() ^ mask);
    }
    for (int shift = 24; payload.hasRemaining(); shift -= 8) {
      frame.put((byte) (payload.get() ^ (mask >>> shift)));
    }
    socket.getOutputStream().write(frame.array(), 0, frame.position());
  }

  private static void head(ByteBuffer frame, int opcode, int length) {
    frame.put((byte) (FIN | opcode));
    if (length < 126) {
      frame.put((byte) (MASKED | length));
    } else if (length < 1 << 16) {
      frame.put((byte) (MASKED | 126)).putShort((short) length);
    } else {
      frame.put((byte) (MASKED | 127)).putLong(length);
    }
  }
}
