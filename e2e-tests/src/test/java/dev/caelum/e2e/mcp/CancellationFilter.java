package dev.caelum.e2e.mcp;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Prints each cancellation that a client sends, for the SDK's server passes over them. */
final class CancellationFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  @Override
  protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain on)
      throws IOException, ServletException {
    byte[] body = request.getInputStream().readAllBytes();
    String text = new String(body, StandardCharsets.UTF_8);
    if (text.contains("notifications/cancelled")) {
      ToolServer.say("cancelled " + text);
    }
    on.doFilter(new Again(request, body), response);
  }

  /** A request whose body can still be read. */
  private static final class Again extends HttpServletRequestWrapper {
    private final byte[] body;

    Again(HttpServletRequest request, byte[] body) {
      super(request);
      this.body = body;
    }

    @Override
    public ServletInputStream getInputStream() {
      return new Bytes(new ByteArrayInputStream(body));
    }

    @Override
    public BufferedReader getReader() {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
  }

  private static final class Bytes extends ServletInputStream {
    private final ByteArrayInputStream bytes;

    Bytes(ByteArrayInputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int from, int length) {
      return bytes.read(into, from, length);
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException("read by one thread");
    }
  }
}
