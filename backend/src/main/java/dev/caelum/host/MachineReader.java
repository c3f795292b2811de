package dev.caelum.host;

import com.sun.management.OperatingSystemMXBean;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.MachineInfo.Gpu;
import dev.caelum.cluster.MachineInfo.Resources;
import dev.caelum.wire.Timestamp;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what this machine is and has.
 *
 * <p>On Linux a look takes some milliseconds. Elsewhere, and for graphics cards, OSHI is asked,
 * whose start takes up to a second: therefore {@link #quick} for the start and {@link #read} from a
 * thread that may wait.
 */
public final class MachineReader {
  private static final double GIB = 1024.0 * 1024.0 * 1024.0;
  private static final long SAMPLE_NANOS = 2_000_000_000L;

  private final Identity identity;
  private final String hostname;
  private final String version;
  private final Path data;
  private final Clock clock;
  private final OshiVitals oshi = new OshiVitals();
  private final Vitals.Source source;
  private @Nullable Double lastLoad;
  private long busyBefore;
  private long allBefore;
  private long loadAt;
  private @Nullable List<Gpu> gpus;
  private boolean gpusRead;

  /**
   * @param version of Caelum
   * @param data the data folder: the disk that holds it is the one told
   */
  public MachineReader(Identity identity, String hostname, String version, Path data, Clock clock) {
    this.identity = identity;
    this.hostname = hostname;
    this.version = version;
    this.data = data;
    this.clock = clock;
    this.source = ProcVitals.available() ? new ProcVitals(Path.of("/"), oshi) : oshi;
  }

  /**
   * What can be told within milliseconds: without graphics cards, and not on Linux with what the
   * JVM knows of processor and memory.
   *
   * @param primaryIp the address by which others reach this machine best
   */
  public synchronized MachineInfo quick(String primaryIp) {
    Vitals vitals = source instanceof ProcVitals proc ? proc.read() : ofJvm();
    return info(primaryIp, vitals);
  }

  /** Everything; may take a second the first time, so not for the start or an event loop. */
  public synchronized MachineInfo read(String primaryIp) {
    if (!gpusRead) {
      gpusRead = true;
      gpus = source.gpus();
    }
    return info(primaryIp, source.read());
  }

  private static Vitals ofJvm() {
    Long total = null;
    Long free = null;
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      total = system.getTotalMemorySize();
      free = system.getFreeMemorySize();
    }
    return new Vitals(Runtime.getRuntime().availableProcessors(), null, null, total, free, "");
  }

  private MachineInfo info(String primaryIp, Vitals vitals) {
    LocalPorts.Found ports = LocalPorts.read();
    return new MachineInfo(
        identity.machineId().value(),
        hostname,
        primaryIp,
        Networks.read(hostname),
        resources(vitals),
        MachineInfo.Status.ONLINE,
        ports.services(),
        ports.available(),
        Timestamp.now(clock),
        version,
        Platform.read(vitals.processor()),
        identity.clusterId(),
        identity.clusterName(),
        MachineInfo.Role.NODE);
  }

  private Resources resources(Vitals vitals) {
    Double load = load(vitals);
    Long total = vitals.memoryTotal();
    Long available = vitals.memoryAvailable();
    FileStore disk = disk();
    Long diskTotal = disk == null ? null : total(disk);
    Long diskFree = disk == null ? null : usable(disk);
    return new Resources(
        vitals.cores(),
        load,
        gib(total),
        gib(available),
        usedPercent(total, available),
        gib(diskTotal),
        gib(diskFree),
        usedPercent(diskTotal, diskFree),
        gpus);
  }

  /**
   * Between this look and the last one at least two seconds ago; since the boot for the first.
   * Within a shorter time the few ticks of the clock would say anything.
   */
  private @Nullable Double load(Vitals now) {
    Long busy = now.busyTicks();
    Long all = now.allTicks();
    if (busy == null || all == null) {
      return lastLoad;
    }
    long nanos = System.nanoTime();
    if (lastLoad != null && (nanos - loadAt < SAMPLE_NANOS || all <= allBefore)) {
      return lastLoad;
    }
    double percent = 100.0 * (busy - busyBefore) / Math.max(1, all - allBefore);
    lastLoad = rounded(Math.clamp(percent, 0.0, 100.0));
    busyBefore = busy;
    allBefore = all;
    loadAt = nanos;
    return lastLoad;
  }

  private @Nullable FileStore disk() {
    try {
      return Files.getFileStore(data);
    } catch (IOException unreadable) {
      return null;
    }
  }

  private static @Nullable Long total(FileStore disk) {
    try {
      return disk.getTotalSpace();
    } catch (IOException unreadable) {
      return null;
    }
  }

  private static @Nullable Long usable(FileStore disk) {
    try {
      return disk.getUsableSpace();
    } catch (IOException unreadable) {
      return null;
    }
  }

  private static @Nullable Double gib(@Nullable Long bytes) {
    return bytes == null ? null : rounded(bytes / GIB);
  }

  private static @Nullable Double usedPercent(@Nullable Long total, @Nullable Long free) {
    if (total == null || free == null || total <= 0) {
      return null;
    }
    return rounded(Math.clamp(100.0 * (total - free) / total, 0.0, 100.0));
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
