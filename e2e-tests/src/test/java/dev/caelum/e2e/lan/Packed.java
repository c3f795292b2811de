package dev.caelum.e2e.lan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What {@code ./caelum package} makes of the last build, without start-up caches. */
public final class Packed {
  private static final Path ROOT =
      Path.of(System.getProperty("caelum.root", "..")).toAbsolutePath().normalize();

  private Packed() {}

  /**
   * Makes a package in {@code folder} and returns its file.
   *
   * @param kind {@code archive}, {@code deb} or {@code war}
   */
  public static Path make(String kind, Path folder) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            ROOT.resolve("caelum").toString(), "package", kind, folder.toAbsolutePath().toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("CAELUM_PACKAGE_UNTRAINED", "1");
    Process packing = builder.redirectErrorStream(true).start();
    List<String> said = packing.inputReader().lines().toList();
    if (packing.waitFor() != 0) {
      throw new AssertionError("package " + kind + " failed: " + String.join("\n", said));
    }
    return Path.of(said.getLast());
  }
}
