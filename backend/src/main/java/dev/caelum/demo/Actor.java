package dev.caelum.demo;

import dev.caelum.link.LinkEnd;
import dev.caelum.link.PeerLink;
import dev.caelum.wire.Decoded;
import dev.caelum.wire.Envelope;
import dev.caelum.wire.EnvelopeCodec;
import dev.caelum.wire.Frame;
import dev.caelum.wire.FrameCodec;
import dev.caelum.wire.MachineInfoCodec;
import dev.caelum.wire.MessageType;
import dev.caelum.wire.NumberedFrame;
import dev.caelum.wire.Timestamp;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One simulated machine on its link; it speaks the older, simpler protocol. */
final class Actor {
  private final Play play;
  private @Nullable PeerLink link;

  Actor(Play play) {
    this.play = play;
  }

  String address() {
    return play.address();
  }

  /** Whether it has a link now. */
  synchronized boolean present() {
    return link != null;
  }

  /** How it announces itself. */
  byte[] beacon() {
    return play.beacon();
  }

  /** Its link stands: it registers. */
  synchronized void entered(PeerLink opened) {
    link = opened;
    tellItself(MessageType.MACHINE_REGISTER, null);
  }

  /** Tells how it is now, when it has a link. */
  synchronized void heartbeat() {
    tellItself(MessageType.MACHINE_HEARTBEAT, null);
  }

  /** Leaves with a goodbye, or without a word as one whose power is cut. */
  synchronized void leave(boolean politely) {
    PeerLink leaving = link;
    link = null;
    if (leaving != null && politely) {
      leaving.close(LinkEnd.GOING_AWAY, "leaving");
    } else if (leaving != null) {
      leaving.abort();
    }
  }

  synchronized void lost(PeerLink gone) {
    if (gone.equals(link)) {
      link = null;
    }
  }

  /** Answers what an older node answers. */
  synchronized void heard(String text) {
    if (FrameCodec.decode(text) instanceof Decoded.Value<NumberedFrame>(NumberedFrame numbered)
        && numbered.frame() instanceof Frame.Legacy(Envelope envelope)) {
      switch (envelope.type()) {
        case PING ->
            send(
                MessageType.PONG,
                new LinkedHashMap<>(Map.of("timestamp", Timestamp.now())),
                envelope.messageId());
        case MACHINE_DISCOVER -> tellItself(MessageType.MACHINE_UPDATE, envelope.messageId());
        default -> {
          // What else is said to it asks for nothing.
        }
      }
    }
  }

  private void tellItself(MessageType type, @Nullable String answering) {
    Map<String, @Nullable Object> payload = new LinkedHashMap<>();
    payload.put("machine_info", MachineInfoCodec.encode(play.info()));
    send(type, payload, answering);
  }

  private void send(
      MessageType type, Map<String, @Nullable Object> payload, @Nullable String answering) {
    PeerLink open = link;
    if (open != null) {
      open.send(
          EnvelopeCodec.encode(
              new Envelope(
                  UUID.randomUUID().toString(),
                  type,
                  play.id(),
                  null,
                  Timestamp.now(),
                  payload,
                  answering)));
    }
  }
}
