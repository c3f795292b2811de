package dev.caelum.link;

import static dev.caelum.link.FrameDecoder.require;

import dev.caelum.link.FrameDecoder.Frame;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.websocket.WsCloseException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * Reads the frames of one link, in either direction, from the handshake to the end. Not Helidon's
 * loop and decoder: they replace split characters, take stray continuations, answer no ping, show
 * exceptions to the peer, tell nobody when a connection breaks, and need quadratic time for a frame
 * that comes in many packets.
 */
final class FrameReader {
  private final PeerLink link;
  private final DataReader reader;
  private final FrameDecoder decoder;
  private final TextAssembly text;

  FrameReader(LinkLimits limits, PeerLink link, DataReader reader) {
    this.link = link;
    this.reader = reader;
    this.decoder = new FrameDecoder(reader, !link.outbound(), limits.messageBytes());
    this.text = new TextAssembly(limits);
  }

  /** Reads until closes were exchanged or the connection is over, and reports all to the link. */
  void run() {
    try {
      boolean closed = read();
      link.awaitWritten();
      if (!closed) {
        drain();
      }
    } catch (CloseConnectionException | UncheckedIOException | InterruptedException e) {
      link.lost("connection broken");
    } catch (DataReader.InsufficientDataAvailableException e) {
      link.lost("the peer hung up without a close");
    }
  }

  /** Reads frames until the peer's close, or its first one against the rules, which gives false. */
  private boolean read() {
    try {
      while (true) {
        Frame frame = decoder.next();
        link.heard();
        switch (frame.opcode()) {
          case TEXT -> require(!text.open(), "message inside a message");
          case CONTINUATION -> require(text.open(), "stray continuation");
          case BINARY -> throw new WsCloseException("text only", LinkEnd.NOT_TEXT);
          case PING, PONG, CLOSE ->
              require(frame.fin() && frame.payload().remaining() <= 125, "malformed control frame");
        }
        if (!accept(frame)) {
          return true;
        }
      }
    } catch (WsCloseException e) {
      link.violated(e.closeCode(), String.valueOf(e.getMessage()));
    } catch (CharacterCodingException e) {
      link.violated(LinkEnd.BAD_UTF8, "not UTF-8");
    }
    return false;
  }

  /** Whether more frames are to be read. */
  private boolean accept(Frame frame) throws CharacterCodingException {
    ByteBuffer payload = frame.payload();
    switch (frame.opcode()) {
      case TEXT, CONTINUATION, BINARY -> {
        if (!text.add(bytes(payload))) {
          throw new WsCloseException("message too big", LinkEnd.TOO_BIG);
        }
        if (frame.fin()) {
          link.received(text.take());
        }
      }
      case PING -> link.receivedPing(payload);
      case PONG -> link.receivedPong(payload);
      case CLOSE -> {
        acceptClose(payload);
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

  /**
   * Reads on until the peer hangs up or the hard close comes: closing a socket with unread bytes
   * resets it, and the peer would never see our close frame.
   */
  private void drain() {
    while (true) {
      reader.ensureAvailable();
      reader.skip(reader.available());
    }
  }

  private static byte[] bytes(ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    return bytes;
  }
}
