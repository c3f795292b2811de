package dev.caelum.link;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.websocket.ClientWsFrame;
import io.helidon.websocket.WsCloseException;
import io.helidon.websocket.WsSession;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A link that a peer opened, from the upgrade to its end. Handshake, frame decoding and frame
 * encoding are Helidon's; the loop is ours, because the stock one replaces split characters, takes
 * stray continuations, does not answer pings, shows our exceptions to the peer and tells nobody
 * when a connection breaks.
 */
final class InboundConnection implements ServerConnection {
  private final Links links;
  private final ConnectionContext context;
  private final PeerLink link;
  private final TextAssembly text;
  private final Object threadLock = new Object();
  private @Nullable Thread thread;

  InboundConnection(
      Links links, ConnectionContext context, WsSession session, InetSocketAddress remote) {
    this.links = links;
    this.context = context;
    this.link = new PeerLink(links, false, remote, new SessionSink(session, this::abort));
    this.text = new TextAssembly(links.limits());
  }

  @Override
  public void handle(Limit limit) {
    synchronized (threadLock) {
      thread = Thread.currentThread();
    }
    try {
      link.open();
      boolean closed = read();
      link.awaitWritten();
      if (!closed) {
        drain();
      }
    } catch (CloseConnectionException
        | UncheckedIOException
        | DataReader.InsufficientDataAvailableException
        | InterruptedException e) {
      link.lost(reason(e));
    } finally {
      synchronized (threadLock) {
        thread = null;
        // What the handler does next must not stumble over an abort that came late.
        var _ = Thread.interrupted();
      }
      link.finish();
    }
  }

  @Override
  public Duration idleTime() {
    return Duration.ofNanos(System.nanoTime() - link.lastHeardAt());
  }

  /** Called by the server when it stops or when nothing was heard for its idle time. */
  @Override
  public void close(boolean interrupt) {
    if (interrupt) {
      link.abort();
    } else {
      link.close(LinkEnd.GOING_AWAY, "going away");
    }
  }

  /**
   * Interrupting the reading thread closes its channel within milliseconds, on plain and TLS
   * sockets alike, and so frees a blocked writer too.
   */
  private void abort() {
    synchronized (threadLock) {
      if (thread != null) {
        thread.interrupt();
      }
    }
  }

  /** Reads frames until the peer's close, or its first one against the rules, which gives false. */
  private boolean read() {
    try {
      while (true) {
        ClientWsFrame frame =
            ClientWsFrame.read(context, context.dataReader(), links.limits().messageBytes());
        link.heard();
        switch (frame.opCode()) {
          case TEXT -> require(!text.open(), "message inside a message");
          case CONTINUATION -> require(text.open(), "stray continuation");
          case BINARY -> throw new WsCloseException("text only", LinkEnd.NOT_TEXT);
          case PING, PONG, CLOSE ->
              require(frame.fin() && frame.payloadLength() <= 125, "malformed control frame");
        }
        if (!accept(frame)) {
          return true;
        }
      }
    } catch (WsCloseException e) {
      link.violated(e.closeCode(), String.valueOf(e.getMessage()));
    } catch (CharacterCodingException e) {
      link.violated(LinkEnd.BAD_UTF8, "not UTF-8");
    } catch (IllegalArgumentException e) {
      // The only thing that Helidon's frame reader reports in this way.
      link.violated(LinkEnd.PROTOCOL_ERROR, "unknown opcode");
    }
    return false;
  }

  /** Whether more frames are to be read. */
  private boolean accept(ClientWsFrame frame) throws CharacterCodingException {
    byte[] payload = bytes(frame);
    switch (frame.opCode()) {
      case TEXT, CONTINUATION, BINARY -> {
        if (!text.add(payload)) {
          throw new WsCloseException("message too big", LinkEnd.TOO_BIG);
        }
        if (frame.fin()) {
          link.received(text.take());
        }
      }
      case PING -> link.receivedPing(ByteBuffer.wrap(payload));
      case PONG -> link.receivedPong(ByteBuffer.wrap(payload));
      case CLOSE -> {
        acceptClose(ByteBuffer.wrap(payload));
        return false;
      }
    }
    return true;
  }

  private void acceptClose(ByteBuffer payload) throws CharacterCodingException {
    if (!payload.hasRemaining()) {
      link.peerClosed(LinkEnd.NO_CODE, "");
      return;
    }
    require(payload.remaining() > 1, "malformed close");
    int code = Short.toUnsignedInt(payload.getShort());
    require(CloseCodes.allowed(code), "impossible close code");
    link.peerClosed(code, TextAssembly.decode(payload));
  }

  private static void require(boolean rule, String otherwise) {
    if (!rule) {
      throw new WsCloseException(otherwise, LinkEnd.PROTOCOL_ERROR);
    }
  }

  /**
   * Reads on until the peer hangs up or the hard close comes: closing a socket with unread bytes
   * resets it, and the peer would never see our close frame.
   */
  private void drain() {
    DataReader reader = context.dataReader();
    while (true) {
      reader.ensureAvailable();
      reader.skip(reader.available());
    }
  }

  private static byte[] bytes(ClientWsFrame frame) {
    BufferData payload = frame.payloadData();
    byte[] bytes = new byte[payload.available()];
    payload.read(bytes);
    return bytes;
  }

  private static String reason(Exception e) {
    return e instanceof DataReader.InsufficientDataAvailableException
        ? "the peer hung up without a close"
        : "connection broken";
  }
}
