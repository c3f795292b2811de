package dev.caelum.wire;

import static dev.caelum.fuzz.Invariant.accepted;
import static dev.caelum.fuzz.Invariant.bounded;
import static dev.caelum.fuzz.Invariant.same;
import static dev.caelum.fuzz.Invariant.value;

import dev.caelum.cluster.MachineInfo;
import java.nio.ByteBuffer;
import java.util.Map;

/** Any object as what a machine says about itself. */
public final class MachineInfoFuzz {
  private MachineInfoFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] utf8) {
    MachineInfo machine =
        accepted(
            JsonText.read(ByteBuffer.wrap(utf8), JsonText.Bounds.LINK)
                .then(MachineInfoCodec::decode));
    if (machine != null) {
      check(machine);
      MachineChange change = MachineChange.between(Samples.MACHINE, machine);
      if (change != null) {
        check(change.of(Samples.MACHINE));
      }
    }
  }

  /** It is written and read as itself, and people can be shown all of it. */
  static void check(MachineInfo machine) {
    bounded(machine);
    Map<String, Object> platform = machine.platform();
    if (platform != null) {
      bounded(platform.keySet());
      bounded(platform.values());
    }
    String text = JsonText.write(MachineInfoCodec.encode(machine));
    same(machine, value(JsonText.read(text, JsonText.Bounds.LINK).then(MachineInfoCodec::decode)));
  }
}
