package dev.caelum.wire;

import static dev.caelum.fuzz.Invariant.accepted;
import static dev.caelum.fuzz.Invariant.require;
import static dev.caelum.fuzz.Invariant.same;
import static dev.caelum.fuzz.Invariant.value;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Any text as a frame, and what its receiver does with a pulse. */
public final class FrameFuzz {
  private FrameFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    NumberedFrame frame = accepted(FrameCodec.decode(new String(bytes, UTF_8)));
    if (frame == null) {
      return;
    }
    String text = FrameCodec.encode(frame);
    same(frame, value(FrameCodec.decode(text)));
    require(
        FrameCodec.membership(text) == frame.frame().membership(),
        "membership is not seen by the beginning");
    require(FrameCodec.work(text) == frame.frame().work(), "work is not seen by the beginning");
    if (frame.frame() instanceof Frame.Pulse(MachineChange change)) {
      MachineInfoFuzz.check(change.of(Samples.MACHINE));
    }
  }
}
