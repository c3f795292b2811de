package dev.caelum.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether this process runs in a container, by the files with which Docker and Podman mark one. */
public final class Container {
  private static final List<Path> MARKS =
      List.of(Path.of("/.dockerenv"), Path.of("/run/.containerenv"));

  private Container() {}

  /** True in a container that is marked; its network may be the host's all the same. */
  public static boolean here() {
    return MARKS.stream().anyMatch(Files::exists);
  }
}
