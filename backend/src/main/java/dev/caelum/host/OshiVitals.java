package dev.caelum.host;

import dev.caelum.cluster.MachineInfo.Gpu;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.GraphicsCard;
import oshi.hardware.HardwareAbstractionLayer;

/**
 * What OSHI measures, on every system that it knows. Nothing of it is loaded before it is asked.
 */
final class OshiVitals implements Vitals.Source {
  private static final int MAX_GPUS = 16;
  private static final double MIB = 1024.0 * 1024.0;

  private @Nullable HardwareAbstractionLayer hardware;

  private synchronized HardwareAbstractionLayer hardware() {
    HardwareAbstractionLayer known = hardware;
    if (known == null) {
      known = new SystemInfo().getHardware();
      hardware = known;
    }
    return known;
  }

  @Override
  public Vitals read() {
    CentralProcessor processor = hardware().getProcessor();
    GlobalMemory memory = hardware().getMemory();
    long[] ticks = processor.getSystemCpuLoadTicks();
    long all = 0;
    for (long each : ticks) {
      all += each;
    }
    long idle =
        ticks[CentralProcessor.TickType.IDLE.getIndex()]
            + ticks[CentralProcessor.TickType.IOWAIT.getIndex()];
    return new Vitals(
        processor.getLogicalProcessorCount(),
        all - idle,
        all,
        memory.getTotal(),
        memory.getAvailable(),
        processor.getProcessorIdentifier().getName().strip());
  }

  @Override
  public @Nullable List<Gpu> gpus() {
    List<Gpu> gpus = new ArrayList<>();
    for (GraphicsCard card : hardware().getGraphicsCards()) {
      if (gpus.size() < MAX_GPUS) {
        Double memory = card.getVRam() > 0 ? card.getVRam() / MIB : null;
        gpus.add(new Gpu(gpus.size(), card.getName(), memory, null, null, null, null));
      }
    }
    return gpus.isEmpty() ? null : List.copyOf(gpus);
  }
}
