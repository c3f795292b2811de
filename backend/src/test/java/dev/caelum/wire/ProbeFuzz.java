package dev.caelum.wire;

import static dev.caelum.fuzz.Invariant.accepted;
import static dev.caelum.fuzz.Invariant.require;
import static dev.caelum.fuzz.Invariant.same;
import static dev.caelum.fuzz.Invariant.value;

import dev.caelum.cluster.ProbeMessage;
import dev.caelum.cluster.Rumor;
import java.nio.ByteBuffer;
import java.util.List;

/** Any datagram as a message of the failure detector. */
public final class ProbeFuzz {
  private ProbeFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] datagram) {
    ProbeMessage message = accepted(ProbeCodec.decode(ByteBuffer.wrap(datagram)));
    if (message == null) {
      return;
    }
    byte[] bytes = ProbeCodec.encode(message);
    require(bytes.length <= BeaconCodec.SEND_LIMIT, "a probe of " + bytes.length + " bytes");
    require(ProbeCodec.matches(ByteBuffer.wrap(bytes)), "not taken for a probe");
    ProbeMessage again = value(ProbeCodec.decode(ByteBuffer.wrap(bytes)));
    // Rumors may be left out for want of room; all else comes back.
    int kept = again.rumors().size();
    same(with(message, kept), again);
  }

  private static ProbeMessage with(ProbeMessage message, int kept) {
    List<Rumor> rumors = message.rumors().subList(0, kept);
    return switch (message) {
      case ProbeMessage.Probe probe ->
          new ProbeMessage.Probe(probe.number(), probe.from(), probe.cookie(), rumors);
      case ProbeMessage.Relay relay ->
          new ProbeMessage.Relay(
              relay.number(), relay.from(), relay.cookie(), relay.target(), rumors);
      case ProbeMessage.Ack ack ->
          new ProbeMessage.Ack(ack.number(), ack.about(), ack.incarnation(), rumors);
      case ProbeMessage.Nack nack -> nack;
    };
  }
}
