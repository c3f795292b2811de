package dev.caelum.e2e.oldnode;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The server's end of one WebSocket (RFC 6455), as Python's {@code websockets} 10 behaves: messages
 * up to 1 MiB, a violation ends in a close frame. One thread reads, any thread sends.
 */
final class WsConnection implements AutoCloseable {
  private static final int MAX_MESSAGE = 1 << 20;
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private static final int CONTINUATION = 0x0;
  private static final int TEXT = 0x1;
  private static final int BINARY = 0x2;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int PONG = 0xA;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final ReentrantLock sending = new ReentrantLock();
  private volatile long lastPongNanos = System.nanoTime();

  WsConnection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = new DataOutputStream(socket.getOutputStream());
  }

  String source() {
    return socket.getInetAddress().getHostAddress();
  }

  /** Nanoseconds, by {@link System#nanoTime}, of the last pong. */
  long lastPongNanos() {
    return lastPongNanos;
  }

  /**
   * Reads the HTTP request and upgrades; a request without an upgrade gets {@code page}, or 426
   * without one, and false is returned.
   */
  boolean upgrade(Optional<String> page) throws IOException {
    socket.setSoTimeout(10_000);
    String request = line();
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    String key = headers.get("sec-websocket-key");
    if (!request.startsWith("GET ") || key == null) {
      answer(page.isPresent() ? "200 OK" : "426 Upgrade Required", page.orElse("WebSocket only\n"));
      return false;
    }
    head(
        "101 Switching Protocols",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Accept: " + accept(key),
        "Server: Python/3.11 websockets/10.4");
    out.flush();
    socket.setSoTimeout(0);
    return true;
  }

  private void answer(String status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    head(
        status,
        "Content-Type: application/json",
        "Content-Length: " + bytes.length,
        "Connection: close");
    out.write(bytes);
    out.flush();
  }

  private void head(String status, String... headers) throws IOException {
    String lines = "HTTP/1.1 " + status + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    out.write(lines.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String accept(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.length() > 8_192) {
        throw new EOFException("no HTTP request");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /** The next text message; empty when the connection was closed in order. */
  Optional<String> read() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    while (true) {
      int first = in.readUnsignedByte();
      int second = in.readUnsignedByte();
      long length = second & 0x7F;
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = in.readLong();
      }
      if ((first & 0x70) != 0 || (second & 0x80) == 0) {
        return close(1002);
      }
      if (length < 0 || length + message.size() > MAX_MESSAGE) {
        return close(1009);
      }
      byte[] mask = in.readNBytes(4);
      byte[] body = in.readNBytes((int) length);
      for (int i = 0; i < body.length; i++) {
        body[i] ^= mask[i & 3];
      }
      switch (first & 0x0F) {
        case PING -> send(PONG, body);
        case PONG -> lastPongNanos = System.nanoTime();
        case CLOSE -> {
          send(CLOSE, body);
          return Optional.empty();
        }
        case TEXT, CONTINUATION -> {
          message.writeBytes(body);
          if ((first & 0x80) != 0) {
            return Optional.of(message.toString(StandardCharsets.UTF_8));
          }
        }
        case BINARY -> {
          return close(1003);
        }
        default -> {
          return close(1002);
        }
      }
    }
  }

  private Optional<String> close(int code) throws IOException {
    send(CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
    return Optional.empty();
  }

  void sendText(String text) throws IOException {
    send(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  void ping() throws IOException {
    send(PING, new byte[] {1, 2, 3, 4});
  }

  /** Ends the connection as {@code websockets} does when a pong stays away. */
  void closeForMissingPong() throws IOException {
    close(1011);
    close();
  }

  private void send(int opcode, byte[] body) throws IOException {
    sending.lock();
    try {
      out.writeByte(0x80 | opcode);
      if (body.length < 126) {
        out.writeByte(body.length);
      } else if (body.length < 1 << 16) {
        out.writeByte(126);
        out.writeShort(body.length);
      } else {
        out.writeByte(127);
        out.writeLong(body.length);
      }
      out.write(body);
      out.flush();
    } finally {
      sending.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
