package dev.caelum.wire;

import dev.caelum.cluster.MachineInfo;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What changes about a machine all the time, as the difference to an earlier account of it: null is
 * as it was. Percentages and GiB as {@link MachineInfo.Resources} has them.
 *
 * @param seconds since the earlier account, by the machine's own clock; 0 to {@link #SECONDS}
 */
public record MachineChange(
    int seconds,
    MachineInfo.@Nullable Status status,
    @Nullable Double cpuUsage,
    @Nullable Double memoryAvailable,
    @Nullable Double memoryUsage,
    @Nullable Double diskAvailable,
    @Nullable Double diskUsage) {
  /** The longest time that a difference spans. */
  static final int SECONDS = 86_400;

  /** What makes {@code now} of {@code before}; null when more has changed than can be said so. */
  public static @Nullable MachineChange between(MachineInfo before, MachineInfo now) {
    MachineInfo.Resources was = before.resources();
    MachineInfo.Resources is = now.resources();
    OffsetDateTime then = time(before.lastHeartbeat());
    OffsetDateTime at = time(now.lastHeartbeat());
    long seconds = then == null || at == null ? -1 : Duration.between(then, at).toSeconds();
    if (seconds < 0 || seconds > SECONDS) {
      return null;
    }
    MachineChange change =
        new MachineChange(
            (int) seconds,
            now.status() == before.status() ? null : now.status(),
            changed(was.cpuUsagePercent(), is.cpuUsagePercent()),
            changed(was.memoryAvailableGb(), is.memoryAvailableGb()),
            changed(was.memoryUsagePercent(), is.memoryUsagePercent()),
            changed(was.diskAvailableGb(), is.diskAvailableGb()),
            changed(was.diskUsagePercent(), is.diskUsagePercent()));
    MachineInfo made = change.of(before);
    return made.equals(with(now, is, now.status(), made.lastHeartbeat())) ? change : null;
  }

  private static @Nullable Double changed(@Nullable Double was, @Nullable Double is) {
    return Objects.equals(was, is) ? null : is;
  }

  /** The machine as it is now, when {@code before} is the earlier account. */
  public MachineInfo of(MachineInfo before) {
    MachineInfo.Resources was = before.resources();
    MachineInfo.Resources is =
        new MachineInfo.Resources(
            was.cpuCores(),
            either(cpuUsage, was.cpuUsagePercent()),
            was.memoryTotalGb(),
            either(memoryAvailable, was.memoryAvailableGb()),
            either(memoryUsage, was.memoryUsagePercent()),
            was.diskTotalGb(),
            either(diskAvailable, was.diskAvailableGb()),
            either(diskUsage, was.diskUsagePercent()),
            was.gpus());
    OffsetDateTime then = time(before.lastHeartbeat());
    return with(
        before,
        is,
        status == null ? before.status() : status,
        then == null ? before.lastHeartbeat() : Timestamp.of(then.plusSeconds(seconds)));
  }

  private static @Nullable Double either(@Nullable Double now, @Nullable Double before) {
    return now == null ? before : now;
  }

  private static @Nullable OffsetDateTime time(String text) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      // Years that a difference could lead out of are no machine's time.
      return time.getYear() > 0 && time.getYear() < 9_999 ? time : null;
    } catch (DateTimeParseException unreadable) {
      return null;
    }
  }

  private static MachineInfo with(
      MachineInfo info, MachineInfo.Resources resources, MachineInfo.Status status, String at) {
    return new MachineInfo(
        info.machineId(),
        info.hostname(),
        info.primaryIp(),
        info.networkInfo(),
        resources,
        status,
        info.runningServices(),
        info.availablePorts(),
        at,
        info.caelumVersion(),
        info.platform(),
        info.clusterId(),
        info.clusterName(),
        info.role());
  }
}
