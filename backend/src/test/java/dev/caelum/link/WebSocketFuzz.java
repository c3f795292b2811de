package dev.caelum.link;

import static dev.caelum.fuzz.Invariant.bounded;
import static dev.caelum.fuzz.Invariant.require;
import static dev.caelum.fuzz.Invariant.same;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.caelum.link.FrameDecoder.Frame;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.websocket.WsCloseException;
import io.helidon.websocket.WsOpCode;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Any bytes as what a peer sends behind the handshake, in both directions of a link. */
public final class WebSocketFuzz {
  /** Small, so that short inputs reach them. */
  private static final LinkLimits LIMITS =
      TestLimits.with(limits -> {
        limits.messageBytes = 300;
        limits.fragments = 4;
        limits.closeGrace = Duration.ofMinutes(1);
      });

  private static final InetSocketAddress PEER =
      InetSocketAddress.createUnresolved("192.0.2.7", 8080);
  private static final Told TOLD = new Told();
  private static final Links LINKS = new Links(TOLD, LIMITS);

  private WebSocketFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    for (boolean fromClient : new boolean[] {true, false}) {
      List<Frame> frames = frames(bytes, fromClient);
      same(frames, frames(encode(frames, fromClient), fromClient));
      List<Object> whole = told(bytes, Math.max(1, bytes.length), !fromClient);
      same(whole, told(bytes, 1, !fromClient));
    }
    require(LINKS.counters().value(LinkCount.CLOSED_INTERNAL) == 0, "an internal error");
  }

  private static List<Frame> frames(byte[] bytes, boolean fromClient) {
    FrameDecoder decoder =
        new FrameDecoder(
            Packets.reader(bytes, Math.max(1, bytes.length)), fromClient, LIMITS.messageBytes());
    List<Frame> frames = new ArrayList<>();
    try {
      while (true) {
        Frame frame = decoder.next();
        require(frame.payload().remaining() <= LIMITS.messageBytes(), "a frame beyond its bound");
        frames.add(frame);
      }
    } catch (WsCloseException refused) {
      require(CloseCodes.allowed(refused.closeCode()), "close code " + refused.closeCode());
      bounded(refused.getMessage());
    } catch (InsufficientDataAvailableException ended) {
      // The peer hung up.
    }
    return frames;
  }

  private static byte[] encode(List<Frame> frames, boolean masked) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] mask = {1, 2, 3, 4};
    for (Frame frame : frames) {
      ByteBuffer payload = frame.payload().duplicate();
      int length = payload.remaining();
      out.write((frame.fin() ? 0x80 : 0) | frame.opcode().code());
      out.write((masked ? 0x80 : 0) | (length < 126 ? length : 126));
      if (length >= 126) {
        out.writeBytes(ByteBuffer.allocate(Short.BYTES).putShort((short) length).array());
      }
      if (masked) {
        out.writeBytes(mask);
      }
      for (int i = 0; i < length; i++) {
        out.write(payload.get() ^ (masked ? mask[i & 3] : 0));
      }
    }
    return out.toByteArray();
  }

  /** What the node is told of a link on which {@code bytes} arrive in packets of that length. */
  private static List<Object> told(byte[] bytes, int packet, boolean outbound) {
    TOLD.calls.clear();
    DataReader reader = Packets.reader(bytes, packet);
    PeerLink link =
        new PeerLink(LINKS, outbound, PEER, new FrameSink(new Silence(outbound), outbound));
    link.open();
    new FrameReader(LIMITS, link, reader).run();
    link.finish();
    List<Object> calls = List.copyOf(TOLD.calls);
    require(calls.getLast() instanceof LinkEnd, "the end is not told last: " + calls);
    return calls;
  }

  /** Keeps what a node would be told of one link, and checks it. */
  private static final class Told implements LinkHandler {
    final List<Object> calls = new ArrayList<>();

    @Override
    public void opened(PeerLink link) {
      require(calls.isEmpty(), "opened twice");
      calls.add("opened");
    }

    @Override
    public void message(PeerLink link, String text) {
      require(text.getBytes(UTF_8).length <= LIMITS.messageBytes(), "a message beyond its bound");
      calls.add(text);
    }

    @Override
    public void pong(PeerLink link, long rttNanos) {
      throw new AssertionError("an answer to no ping");
    }

    @Override
    public void closed(PeerLink link, LinkEnd end) {
      require(
          end.code() == LinkEnd.LOST
              || end.code() == LinkEnd.NO_CODE
              || CloseCodes.allowed(end.code()),
          "close code " + end.code());
      bounded(end);
      calls.add(end);
    }
  }

  /** A network that takes everything, and checks that control frames are short and well-formed. */
  private record Silence(boolean masked) implements FrameSink.Network {
    @Override
    public void write(byte[] bytes, int length) {
      int opcode = bytes[0] & 0x0f;
      int payload = bytes[1] & 0x7f;
      int head = masked ? 6 : 2;
      require(((bytes[1] & 0x80) != 0) == masked, "masked or not as the other side");
      require(payload <= 125 && length == head + payload, "a frame of " + length + " bytes");
      require(opcode == WsOpCode.PONG.code() || opcode == WsOpCode.CLOSE.code(), "sends " + opcode);
      if (opcode == WsOpCode.CLOSE.code()) {
        int code = 0;
        for (int i = 0; i < Short.BYTES; i++) {
          code = code << 8 | ((bytes[head + i] ^ (masked ? bytes[2 + i] : 0)) & 0xff);
        }
        require(CloseCodes.allowed(code), "sends close code " + code);
      }
    }

    @Override
    public void abort() {}
  }
}
