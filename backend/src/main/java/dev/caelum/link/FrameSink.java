package dev.caelum.link;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The sending half of a WebSocket connection. All but {@link #abort()} block until the network took
 * the frame and are called by one thread only, the writer of the {@link Outbox}.
 */
interface FrameSink {
  void text(String text) throws IOException;

  void ping(ByteBuffer payload) throws IOException;

  void pong(ByteBuffer payload) throws IOException;

  void close(int code, String reason) throws IOException;

  /** Breaks the connection at once, from any thread; a blocked write ends. Idempotent. */
  void abort();
}
