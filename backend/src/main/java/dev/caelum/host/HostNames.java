package dev.caelum.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine's own name. */
public final class HostNames {
  private static final int MAX = 64;

  private HostNames() {}

  /**
   * The host name as the machine knows it, 1 to 64 characters. The name service is asked last: it
   * may take seconds where there is none.
   */
  public static String own() {
    return Stream.of(
            HostNames.fromKernel(),
            Optional.ofNullable(System.getenv("COMPUTERNAME")),
            Optional.ofNullable(System.getenv("HOSTNAME")))
        .flatMap(Optional::stream)
        .map(HostNames::clean)
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElseGet(HostNames::fromNameService);
  }

  private static Optional<String> fromKernel() {
    try {
      return Optional.of(Files.readString(Path.of("/proc/sys/kernel/hostname")));
    } catch (IOException notLinux) {
      return Optional.empty();
    }
  }

  private static String fromNameService() {
    try {
      return clean(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  static String clean(String raw) {
    String name = raw.strip().replaceAll("[^\\p{L}\\p{N}._-]", "-");
    return name.length() > MAX ? name.substring(0, MAX) : name;
  }
}
