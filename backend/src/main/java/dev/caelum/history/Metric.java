package dev.caelum.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The numbers that are recorded. */
public enum Metric {
  CPU("cpu_percent", "%", 10),
  MEMORY("memory_percent", "%", 10),
  DISK("disk_percent", "%", 10),
  RTT("rtt_ms", "ms", 100),
  LOSS("loss_percent", "%", 10),
  SENT("link_sent_kb_per_s", "kB/s", 100),
  RECEIVED("link_received_kb_per_s", "kB/s", 100),
  ONLINE("machines_online", "machines", 1),
  OFFLINE("machines_offline", "machines", 1),
  CONNECTED("machines_connected", "machines", 1),
  WAITING("tasks_waiting", "tasks", 1),
  RUNNING("tasks_running", "tasks", 1);

  /** What is recorded of a machine; the order is the one on disk. */
  public static final List<Metric> OF_MACHINE =
      List.of(CPU, MEMORY, DISK, RTT, LOSS, SENT, RECEIVED);

  /** What is recorded of the cluster as this node sees it; the order is the one on disk. */
  public static final List<Metric> OF_CLUSTER =
      List.of(ONLINE, OFFLINE, CONNECTED, WAITING, RUNNING);

  /** As many columns as the series with the most has. */
  static final int COLUMNS = OF_MACHINE.size();

  private final String code;
  private final String unit;
  private final int scale;

  Metric(String code, String unit, int scale) {
    this.code = code;
    this.unit = unit;
    this.scale = scale;
  }

  /** The API's word for it. */
  public String code() {
    return code;
  }

  /** What it is counted in. */
  public String unit() {
    return unit;
  }

  /** As it is stored; {@link Chunk#MISSING} for what was not measured. */
  long stored(@Nullable Double value) {
    return value == null || value.isNaN() || Math.abs(value) > Integer.MAX_VALUE
        ? Chunk.MISSING
        : Math.round(value * scale);
  }

  /** As it was measured, but for what the scale cuts. */
  double value(double stored) {
    return stored / scale;
  }
}
