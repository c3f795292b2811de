package dev.caelum.host;

import dev.caelum.ForkedJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A program that replaces a file over and over, each time with another letter, until it is killed.
 */
final class Writer {
  static final String FILE = "letters";
  static final int LENGTH = 200_000;

  private Writer() {}

  static Process start(Path folder) throws IOException {
    return ForkedJvm.start(Writer.class, folder.toString());
  }

  /** Says "writing" after the first twenty. */
  public static void main(String[] args) throws IOException {
    byte[] content = new byte[LENGTH];
    try (DataFolder folder = DataFolder.open(Path.of(args[0]))) {
      for (int i = 0; i < 100_000; i++) {
        Arrays.fill(content, (byte) ('a' + i % 26));
        folder.write(FILE, content);
        if (i == 20) {
          System.out.println("writing");
        }
      }
    }
  }
}
