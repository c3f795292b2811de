package dev.caelum.wire;

import static dev.caelum.fuzz.Invariant.accepted;
import static dev.caelum.fuzz.Invariant.same;
import static dev.caelum.fuzz.Invariant.value;

import java.nio.ByteBuffer;

/** Any text as an old node's envelope. */
public final class EnvelopeFuzz {
  private EnvelopeFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] utf8) {
    Envelope envelope = accepted(decode(utf8));
    if (envelope != null) {
      String text = EnvelopeCodec.encode(envelope);
      same(envelope, value(JsonText.read(text, JsonText.Bounds.LINK).then(EnvelopeCodec::decode)));
    }
  }

  private static Decoded<Envelope> decode(byte[] utf8) {
    return JsonText.read(ByteBuffer.wrap(utf8), JsonText.Bounds.LINK).then(EnvelopeCodec::decode);
  }
}
