package dev.caelum.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.MachineInfo;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Between two accounts of a machine. */
class MachineChangeTest {
  /** TCP over IPv4 with timestamps, and a masked WebSocket header. */
  private static final int HEADERS = 20 + 32 + 6;

  private static final MachineInfo BEFORE = at("2026-11-22T07:00:00+00:00", 3.5, 20.1, 300.5);

  @Test
  void anIdleMachineIsOneSmallPacket() {
    MachineInfo now = at("2026-11-22T07:09:30.5+00:00", 4.25, 20.15, 300.5);
    MachineChange change = Objects.requireNonNull(MachineChange.between(BEFORE, now));
    String text = FrameCodec.encode(new NumberedFrame(1_000_000, null, new Frame.Pulse(change)));
    assertThat(text)
        .isEqualTo("{\"f\":\"pulse\",\"n\":1000000,\"t\":570,\"cpu\":4.25,\"free\":20.15}");
    assertThat(text.length() + HEADERS).isLessThanOrEqualTo(150);
  }

  @Test
  void evenWithEveryNumberChangedItIsSmall() {
    String text =
        FrameCodec.encode(
            new NumberedFrame(
                1_000_000,
                null,
                new Frame.Pulse(new MachineChange(570, null, 33.55, 20.15, 35.61, 300.51, 36.91))));
    assertThat(text.length() + HEADERS).isLessThanOrEqualTo(156);
  }

  @Test
  void theChangeOfTheEarlierAccountIsTheLaterOne() {
    MachineInfo now = at("2026-11-22T07:00:30+00:00", 0.0, 20.15, 299.0);
    MachineChange change = Objects.requireNonNull(MachineChange.between(BEFORE, now));
    MachineInfo made = change.of(BEFORE);
    assertThat(made.resources()).isEqualTo(now.resources());
    assertThat(made.lastHeartbeat()).isEqualTo("2026-11-22T07:00:30.000000+00:00");
  }

  @Test
  void moreThanTheLoadIsNoChangeButANewAccount() {
    assertThat(MachineChange.between(BEFORE, Samples.BARE)).isNull();
    assertThat(MachineChange.between(BEFORE, at("2026-11-22T07:00:30+00:00", null, 20.1, 300.5)))
        .as("a number that is no longer measured")
        .isNull();
  }

  @Test
  void aClockThatJumpedMakesANewAccount() {
    for (String time : List.of("2026-11-22T06:59:00+00:00", "2026-11-24T07:00:00+00:00", "", "x")) {
      assertThat(MachineChange.between(BEFORE, at(time, 3.5, 20.1, 300.5))).as(time).isNull();
    }
  }

  @Test
  void aTimeAtTheEndOfTimeIsNoTime() {
    MachineInfo last = at("+999999999-12-31T23:59:59+00:00", 3.5, 20.1, 300.5);
    assertThat(Samples.CHANGE.of(last).lastHeartbeat()).isEqualTo(last.lastHeartbeat());
  }

  private static MachineInfo at(
      String time, @Nullable Double cpu, @Nullable Double free, @Nullable Double room) {
    MachineInfo m = Samples.MACHINE;
    MachineInfo.Resources r = m.resources();
    return new MachineInfo(
        m.machineId(),
        m.hostname(),
        m.primaryIp(),
        m.networkInfo(),
        new MachineInfo.Resources(
            r.cpuCores(),
            cpu,
            r.memoryTotalGb(),
            free,
            r.memoryUsagePercent(),
            r.diskTotalGb(),
            room,
            r.diskUsagePercent(),
            r.gpus()),
        m.status(),
        m.runningServices(),
        m.availablePorts(),
        time,
        m.caelumVersion(),
        m.platform(),
        m.clusterId(),
        m.clusterName(),
        m.role());
  }
}
