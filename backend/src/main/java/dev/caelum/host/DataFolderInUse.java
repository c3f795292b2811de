package dev.caelum.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Another running node holds the data folder. */
public final class DataFolderInUse extends IOException {
  private static final long serialVersionUID = 1;

  private final transient OptionalLong pid;

  DataFolderInUse(Path folder, OptionalLong pid) {
    super(
        "the data folder "
            + folder
            + " is in use by another node"
            + (pid.isPresent() ? " (pid " + pid.getAsLong() + ")" : "")
            + "; stop that one or name another folder with --data");
    this.pid = pid;
  }

  /** The process that holds it; empty when its lock file cannot be read. */
  public OptionalLong pid() {
    return pid;
  }
}
