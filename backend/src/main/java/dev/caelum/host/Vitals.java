package dev.caelum.host;

import dev.caelum.cluster.MachineInfo.Gpu;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the processor and memory are and do at one moment. Null is what was not measured.
 *
 * @param cores logical ones
 * @param busyTicks processor time spent working since some start, in a unit of the source's own
 * @param allTicks the same, idle time included
 * @param memoryTotal in bytes
 * @param memoryAvailable what programs can still get, in bytes
 * @param processor the model's name; empty when unknown
 */
record Vitals(
    int cores,
    @Nullable Long busyTicks,
    @Nullable Long allTicks,
    @Nullable Long memoryTotal,
    @Nullable Long memoryAvailable,
    String processor) {

  /** Where the numbers come from. */
  interface Source {
    /** Reads them now; may take up to a second the first time. */
    Vitals read();

    /** The graphics cards; null when there are none or they cannot be read. */
    @Nullable List<Gpu> gpus();
  }
}
