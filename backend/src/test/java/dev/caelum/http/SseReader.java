package dev.caelum.http;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads an event stream off a plain socket, as slowly as a test wants. */
final class SseReader implements AutoCloseable {
  /** One event; a comment has the name {@code :}. */
  record Event(@Nullable String id, String name, String data) {}

  final Socket socket;
  private final BufferedReader in;
  final String status;

  /**
   * Opens a stream.
   *
   * @param receiveBuffer bytes that the kernel takes for it, 0 for the usual
   */
  SseReader(int port, String query, int receiveBuffer, String... headers) throws IOException {
    socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(10_000);
    var request = new StringBuilder("GET /api/v1/events" + query + " HTTP/1.1\r\nHost: localhost");
    for (String header : headers) {
      request.append("\r\n").append(header);
    }
    socket.getOutputStream().write((request + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    InputStream raw = new BufferedInputStream(socket.getInputStream(), 4 * 1024);
    status = line(raw);
    for (String line = status; !line.isEmpty(); ) {
      line = line(raw);
    }
    in = new BufferedReader(new InputStreamReader(new Chunks(raw), StandardCharsets.UTF_8), 1_024);
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the stream ended");
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  /** The transfer coding taken off. */
  private static final class Chunks extends InputStream {
    private final InputStream in;
    private int left;

    Chunks(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (left == 0) {
        left = Integer.parseInt(line(in), 16);
        if (left == 0) {
          return -1;
        }
      }
      int n = in.read(to, offset, Math.min(length, left));
      if (n < 0) {
        throw new IOException("the stream ended");
      }
      left -= n;
      if (left == 0) {
        line(in);
      }
      return n;
    }
  }

  /** The next event or comment. */
  Event next() throws IOException {
    String id = null;
    String name = "";
    var data = new StringBuilder();
    while (true) {
      String line = in.readLine();
      if (line == null) {
        throw new IOException("the stream ended");
      }
      if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        name = line.substring(7);
      } else if (line.startsWith("data: ")) {
        data.append(line.substring(6));
      } else if (line.startsWith(":")) {
        return new Event(null, ":", "");
      } else if (!data.isEmpty() && line.isEmpty()) {
        return new Event(id, name, data.toString());
      }
    }
  }

  /** The next event that is no comment. */
  Event event() throws IOException {
    Event event = next();
    while (event.name().equals(":")) {
      event = next();
    }
    return event;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
