package dev.caelum.host;

import dev.caelum.cluster.MachineInfo.Gpu;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Linux's own numbers, from {@code /proc}: a millisecond and next to no memory, where OSHI with its
 * native library costs about 20 MB. OSHI is asked only for a graphics card, and only if there is
 * one.
 */
final class ProcVitals implements Vitals.Source {
  private static final Path DEVICES = Path.of("sys/bus/pci/devices");

  private final Path root;
  private final OshiVitals oshi;
  private @Nullable String processor;

  /**
   * @param root where {@code proc} and {@code sys} are: {@code /}
   */
  ProcVitals(Path root, OshiVitals oshi) {
    this.root = root;
    this.oshi = oshi;
  }

  static boolean available() {
    return Files.isReadable(Path.of("/proc/stat")) && Files.isReadable(Path.of("/proc/meminfo"));
  }

  @Override
  public Vitals read() {
    Long busy = null;
    Long all = null;
    int cores = 0;
    for (String line : lines("proc/stat")) {
      if (line.startsWith("cpu ")) {
        long[] ticks = ticks(line);
        all = sum(ticks);
        busy = all - idle(ticks);
      } else if (line.startsWith("cpu")) {
        cores++;
      }
    }
    List<String> memory = lines("proc/meminfo");
    return new Vitals(
        cores == 0 ? Runtime.getRuntime().availableProcessors() : cores,
        busy,
        all,
        kibibytes(memory, "MemTotal:"),
        kibibytes(memory, "MemAvailable:"),
        processor());
  }

  /** user, nice, system, idle, iowait, irq, softirq, steal; guest time is within user already. */
  private static long[] ticks(String line) {
    String[] field = Fields.of(line);
    long[] ticks = new long[8];
    for (int i = 0; i < ticks.length && i + 1 < field.length; i++) {
      ticks[i] = number(field[i + 1]).orElse(0);
    }
    return ticks;
  }

  private static long sum(long[] ticks) {
    long sum = 0;
    for (long each : ticks) {
      sum += each;
    }
    return sum;
  }

  private static long idle(long[] ticks) {
    return ticks[3] + ticks[4];
  }

  private static @Nullable Long kibibytes(List<String> lines, String key) {
    for (String line : lines) {
      if (line.startsWith(key)) {
        String[] field = Fields.of(line);
        OptionalLong value = field.length > 1 ? number(field[1]) : OptionalLong.empty();
        return value.isPresent() ? value.getAsLong() * 1024 : null;
      }
    }
    return null;
  }

  /** Read once: with hundreds of cores it is the longest file of all. */
  private String processor() {
    String known = processor;
    if (known == null) {
      known = readProcessor();
      processor = known;
    }
    return known;
  }

  private String readProcessor() {
    for (String line : lines("proc/cpuinfo")) {
      if (line.startsWith("model name") || line.startsWith("Model")) {
        return line.substring(line.indexOf(':') + 1).strip();
      }
    }
    return "";
  }

  @Override
  public @Nullable List<Gpu> gpus() {
    return hasDisplayDevice() ? oshi.gpus() : null;
  }

  /** PCI base class 3 is a display controller. */
  private boolean hasDisplayDevice() {
    try (DirectoryStream<Path> devices = Files.newDirectoryStream(root.resolve(DEVICES))) {
      for (Path device : devices) {
        if (Files.readString(device.resolve("class")).startsWith("0x03")) {
          return true;
        }
      }
    } catch (IOException | RuntimeException noPci) {
      return false;
    }
    return false;
  }

  private List<String> lines(String file) {
    try {
      return Files.readAllLines(root.resolve(file), StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static OptionalLong number(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
