package dev.caelum.node;

import dev.caelum.cluster.MachineInfo;
import dev.caelum.wire.Frame;
import dev.caelum.wire.MachineChange;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the two ends of a link between our own nodes told each other of their machines: in full when
 * more than the load changed and every ten minutes, else the difference to the last full account.
 * Not thread-safe.
 */
final class Heartbeats {
  private static final long FULL_NANOS = TimeUnit.MINUTES.toNanos(10);

  private @Nullable MachineInfo told;
  private long toldAt;
  private @Nullable MachineInfo heard;

  /** This node told {@code info} in full at {@code at}, in monotonic nanoseconds. */
  void told(MachineInfo info, long at) {
    told = info;
    toldAt = at;
  }

  /** The peer told {@code info} in full. */
  void heard(MachineInfo info) {
    heard = info;
  }

  /** The frame that tells {@code now} at {@code at}. */
  Frame next(MachineInfo now, long at) {
    MachineInfo before = told;
    MachineChange change =
        before == null || at - toldAt >= FULL_NANOS ? null : MachineChange.between(before, now);
    if (change != null) {
      return new Frame.Pulse(change);
    }
    told(now, at);
    return new Frame.Heartbeat(now);
  }

  /** The peer's machine after {@code change}; null when it never told it in full. */
  @Nullable MachineInfo after(MachineChange change) {
    return heard == null ? null : change.of(heard);
  }
}
