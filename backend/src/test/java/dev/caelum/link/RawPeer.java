package dev.caelum.link;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A socket that speaks WebSocket by hand, so that it can also speak it wrongly. */
final class RawPeer implements AutoCloseable {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;
  static final int FIN = 0x80;

  final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final boolean masking;

  private RawPeer(Socket socket, boolean masking) throws IOException {
    this.socket = socket;
    this.masking = masking;
    socket.setSoTimeout(Recorder.PATIENCE_SECONDS * 1000);
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** A plain TCP connection to {@code port}, nothing said yet. */
  static RawPeer connect(int port) throws IOException {
    return connect(port, 0);
  }

  /**
   * The same with a receive buffer of {@code bytes}, 0 for the system's choice: a small one makes a
   * slow reader felt soon.
   */
  static RawPeer connect(int port, int bytes) throws IOException {
    Socket socket = new Socket();
    if (bytes > 0) {
      socket.setReceiveBufferSize(bytes);
    }
    socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 3_000);
    return new RawPeer(socket, true);
  }

  /** The server's side of an accepted connection. */
  static RawPeer accepted(Socket socket) throws IOException {
    return new RawPeer(socket, false);
  }

  /** A connection that has been upgraded on {@code /}. */
  static RawPeer upgraded(int port) throws IOException {
    RawPeer peer = connect(port);
    String status = peer.upgrade("");
    if (!status.contains(" 101 ")) {
      throw new IOException(status);
    }
    return peer;
  }

  /** Asks for an upgrade with these more headers, each with its line end; the status line. */
  String upgrade(String headers) throws IOException {
    return upgrade("/", "127.0.0.1:" + socket.getPort(), headers);
  }

  String upgrade(String path, String host, String headers) throws IOException {
    raw(
        "GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                .formatted(path, host)
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            + headers
            + "\r\n");
    return head().lines().findFirst().orElse("");
  }

  /** Reads a request's or answer's head. */
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        break;
      }
      head.append((char) b);
    }
    return head.toString();
  }

  /** Reads a client's handshake and answers it. */
  void acceptUpgrade() throws IOException {
    acceptUpgrade(new byte[0]);
  }

  /** The same with {@code more} bytes in one write with the answer. */
  void acceptUpgrade(byte[] more) throws IOException {
    String key =
        head()
            .lines()
            .filter(line -> line.startsWith("Sec-WebSocket-Key: "))
            .findFirst()
            .orElseThrow()
            .substring("Sec-WebSocket-Key: ".length());
    raw(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + accept(key)
            + "\r\n\r\n"
            + new String(more, ISO_8859_1));
  }

  void raw(String bytes) throws IOException {
    out.write(bytes.getBytes(ISO_8859_1));
    out.flush();
  }

  void raw(int... bytes) throws IOException {
    byte[] raw = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      raw[i] = (byte) bytes[i];
    }
    out.write(raw);
    out.flush();
  }

  void text(String text) throws IOException {
    frame(FIN | TEXT, text.getBytes(UTF_8));
  }

  /** Sends a frame, masked as a client must and a server must not. */
  void frame(int head, byte[] payload) throws IOException {
    frame(head, payload, masking);
  }

  void frame(int head, byte[] payload, boolean masked) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(head);
    int mask = masked ? 0x80 : 0;
    if (payload.length < 126) {
      frame.write(mask | payload.length);
    } else if (payload.length < 1 << 16) {
      frame.write(mask | 126);
      frame.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
    } else {
      frame.write(mask | 127);
      frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
    }
    if (masked) {
      // A mask of zeros changes nothing; that the receiver unmasks at all, real clients show.
      frame.writeBytes(new byte[4]);
    }
    frame.writeBytes(payload);
    out.write(frame.toByteArray());
    out.flush();
  }

  /** A frame as it arrived, unmasked. */
  static final class Frame {
    private final int head;
    private final int mask;
    private final byte[] payload;

    Frame(int head, int mask, byte[] payload) {
      this.head = head;
      this.mask = mask;
      this.payload = payload;
    }

    int head() {
      return head;
    }

    /** The masking key, 0 where there was none. */
    int mask() {
      return mask;
    }

    byte[] payload() {
      return payload;
    }

    /** Of a close frame. */
    int code() {
      return payload.length < 2
          ? LinkEnd.NO_CODE
          : Short.toUnsignedInt(ByteBuffer.wrap(payload).getShort());
    }

    String text() {
      return new String(payload, UTF_8);
    }
  }

  Frame read() throws IOException {
    int head = in.readUnsignedByte();
    int length = in.readUnsignedByte();
    boolean masked = (length & 0x80) != 0;
    length &= 0x7f;
    long size =
        switch (length) {
          case 126 -> in.readUnsignedShort();
          case 127 -> in.readLong();
          default -> length;
        };
    byte[] mask = masked ? in.readNBytes(4) : new byte[4];
    byte[] payload = in.readNBytes((int) size);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return new Frame(head, ByteBuffer.wrap(mask).getInt(), payload);
  }

  /** Whether the peer said nothing for the socket's time, and has not hung up. */
  boolean silent() throws IOException {
    try {
      return in.read() >= 0;
    } catch (SocketTimeoutException e) {
      return true;
    } catch (SocketException e) {
      return false;
    }
  }

  /** Reads on to the end of the stream; false when it came as a reset. */
  boolean readToEnd() throws IOException {
    try {
      in.transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (SocketException e) {
      return false;
    }
  }

  /** Ends the connection with a RST instead of a FIN. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key.strip() + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
