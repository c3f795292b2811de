package dev.caelum.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files and sockets that this process may have open, as Linux tells; elsewhere without end. */
public final class Descriptors {
  private static final String LIMIT = "Max open files";

  private Descriptors() {}

  /** How many more this process may open now; {@link Integer#MAX_VALUE} where nobody knows. */
  public static int free() {
    return free(Path.of("/proc/self"));
  }

  static int free(Path process) {
    try {
      for (String line : Files.readAllLines(process.resolve("limits"))) {
        if (line.startsWith(LIMIT)) {
          String limit = line.substring(LIMIT.length()).strip().split(" ", 2)[0];
          long free = Long.parseLong(limit) - open(process.resolve("fd"));
          return Math.clamp(free, 0, Integer.MAX_VALUE);
        }
      }
    } catch (IOException | NumberFormatException unknown) {
      // Not Linux, or no limit at all.
    }
    return Integer.MAX_VALUE;
  }

  private static int open(Path folder) throws IOException {
    int count = 0;
    try (DirectoryStream<Path> open = Files.newDirectoryStream(folder)) {
      for (Path _ : open) {
        count++;
      }
    }
    return count;
  }
}
