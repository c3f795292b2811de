package dev.caelum.host;

import java.io.IOException;
import java.nio.file.Path;

/** The data folder cannot be made, read or written; the message is one sentence for people. */
public final class DataFolderUnusable extends IOException {
  private static final long serialVersionUID = 1;

  DataFolderUnusable(Path folder, String why, Throwable cause) {
    super(
        "the data folder " + folder + " cannot be used: " + why + "; name another with --data",
        cause);
  }
}
