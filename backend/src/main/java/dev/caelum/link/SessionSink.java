package dev.caelum.link;

import io.helidon.common.buffers.BufferData;
import io.helidon.websocket.WsSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * Sends through Helidon's session. Its writes have neither a lock nor a deadline in 4.3.1; the one
 * writer of {@link PeerLink} stands in for both.
 */
final class SessionSink implements FrameSink {
  private final WsSession session;
  private final Runnable abort;

  SessionSink(WsSession session, Runnable abort) {
    this.session = session;
    this.abort = abort;
  }

  @Override
  public void text(String text) throws IOException {
    run(() -> session.send(text, true));
  }

  @Override
  public void ping(ByteBuffer payload) throws IOException {
    run(() -> session.ping(data(payload)));
  }

  @Override
  public void pong(ByteBuffer payload) throws IOException {
    run(() -> session.pong(data(payload)));
  }

  @Override
  public void close(int code, String reason) throws IOException {
    run(() -> session.close(code, reason));
  }

  @Override
  public void abort() {
    abort.run();
  }

  private static BufferData data(ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(payload.position(), bytes);
    return BufferData.create(bytes);
  }

  private static void run(Runnable send) throws IOException {
    try {
      send.run();
    } catch (UncheckedIOException e) {
      throw new IOException("write failed", e);
    }
  }
}
