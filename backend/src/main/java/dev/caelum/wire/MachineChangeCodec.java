package dev.caelum.wire;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A machine's change as keys of a frame; short, since every idle link carries it. */
final class MachineChangeCodec {
  private static final int TEXT = 64;

  private MachineChangeCodec() {}

  static MachineChange decode(Fields fields) {
    return new MachineChange(
        (int) fields.whole("t", null, 0, MachineChange.SECONDS),
        fields.has("status") ? MachineInfoCodec.status(fields.text("status", TEXT)) : null,
        fields.numberOrNull("cpu"),
        fields.numberOrNull("free"),
        fields.numberOrNull("mem"),
        fields.numberOrNull("room"),
        fields.numberOrNull("disk"));
  }

  static void encode(MachineChange change, Map<String, @Nullable Object> out) {
    out.put("t", change.seconds());
    if (change.status() != null) {
      out.put("status", change.status().name().toLowerCase(Locale.ROOT));
    }
    put(out, "cpu", change.cpuUsage());
    put(out, "mem", change.memoryUsage());
    put(out, "free", change.memoryAvailable());
    put(out, "disk", change.diskUsage());
    put(out, "room", change.diskAvailable());
  }

  private static void put(Map<String, @Nullable Object> out, String key, @Nullable Double number) {
    if (number != null) {
      out.put(key, number);
    }
  }
}
