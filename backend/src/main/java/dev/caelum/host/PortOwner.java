package dev.caelum.host;

import dev.caelum.host.SocketTable.Protocol;
import dev.caelum.host.SocketTable.Row;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds out which process holds a port. */
public final class PortOwner {
  private static final Path PROC = Path.of("/proc");

  private PortOwner() {}

  /**
   * A process.
   *
   * @param name its command's name as the kernel knows it, at most 15 characters
   */
  public record Owner(long pid, String name) {
    /** {@code java (pid 4711)}. */
    @Override
    public String toString() {
      return name + " (pid " + pid + ")";
    }
  }

  /**
   * The process other than this one that is bound to {@code port}: for TCP the one that listens.
   * Empty when nobody does, when the processes of others cannot be read, or when this is not Linux.
   */
  public static Optional<Owner> find(Protocol protocol, int port) {
    Predicate<Row> holds =
        switch (protocol) {
          case TCP -> row -> row.port() == port && row.listening();
          case UDP -> row -> row.port() == port;
        };
    Set<Long> inodes =
        SocketTable.read(protocol).stream()
            .filter(holds)
            .map(Row::inode)
            .collect(Collectors.toSet());
    inodes.removeAll(SocketTable.ownInodes());
    return inodes.isEmpty() ? Optional.empty() : holder(inodes);
  }

  private static Optional<Owner> holder(Set<Long> inodes) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        Set<Long> held = SocketTable.inodes(process.resolve("fd"));
        held.retainAll(inodes);
        if (!held.isEmpty()) {
          long pid = Long.parseLong(process.getFileName().toString());
          return Optional.of(new Owner(pid, name(process)));
        }
      }
    } catch (IOException | RuntimeException unreadable) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static String name(Path process) {
    try {
      // A process names itself: nothing but printable ASCII goes into a message.
      return Files.readString(process.resolve("comm")).strip().replaceAll("[^ -~]", "?");
    } catch (IOException gone) {
      return "unknown";
    }
  }
}
