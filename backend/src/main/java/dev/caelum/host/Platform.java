package dev.caelum.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The operating system in the words of Python's {@code platform} module, as old nodes say it. */
final class Platform {
  private Platform() {}

  /**
   * @param processor the model's name; empty when unknown
   */
  static Map<String, Object> read(String processor) {
    String system = system(System.getProperty("os.name", ""));
    Map<String, Object> platform = new LinkedHashMap<>();
    platform.put("system", system);
    platform.put("release", kernel("osrelease", System.getProperty("os.version", "")));
    platform.put("version", kernel("version", System.getProperty("os.version", "")));
    platform.put("machine", machine(system, System.getProperty("os.arch", "")));
    platform.put("processor", processor);
    return Map.copyOf(platform);
  }

  static String system(String osName) {
    if (osName.startsWith("Mac")) {
      return "Darwin";
    }
    return osName.startsWith("Windows") ? "Windows" : osName;
  }

  /** What {@code uname -m} and its like say where the JVM has words of its own. */
  static String machine(String system, String arch) {
    return switch (arch.toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64" -> system.equals("Windows") ? "AMD64" : "x86_64";
      case "aarch64" ->
          switch (system) {
            case "Darwin" -> "arm64";
            case "Windows" -> "ARM64";
            default -> "aarch64";
          };
      case "x86" -> "i686";
      default -> arch;
    };
  }

  private static String kernel(String file, String otherwise) {
    try {
      return Files.readString(Path.of("/proc/sys/kernel", file)).strip();
    } catch (IOException notLinux) {
      return otherwise;
    }
  }
}
