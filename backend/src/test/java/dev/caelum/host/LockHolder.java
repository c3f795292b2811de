package dev.caelum.host;

import dev.caelum.ForkedJvm;
import java.io.IOException;
import java.nio.file.Path;

/** A program that holds a data folder, says "held FOLDER" and waits for its end. */
final class LockHolder {
  private LockHolder() {}

  static Process start(Path folder) throws IOException {
    return ForkedJvm.start(LockHolder.class, folder.toString());
  }

  /** Ends when its input ends. */
  public static void main(String[] args) throws IOException {
    try (DataFolder folder = DataFolder.open(Path.of(args[0]))) {
      System.out.println("held " + folder.path());
      while (System.in.read() >= 0) {
        // Waits.
      }
    }
  }
}
