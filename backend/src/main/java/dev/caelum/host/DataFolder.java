package dev.caelum.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a node's identity and memory, held by one process at a time.
 *
 * <p>Folder and files belong to the user alone (0700, 0600) where the file system knows that. A
 * folder that exists keeps its permissions. The lock ends with the process, however it ends.
 */
public final class DataFolder implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final Set<StandardOpenOption> REPLACE =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);

  private final Path path;
  private final FileChannel lockFile;

  private DataFolder(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Opens {@code path} and makes it if need be.
   *
   * @throws DataFolderInUse when another process holds it
   * @throws DataFolderUnusable when it cannot be made or written
   */
  public static DataFolder open(Path path) throws IOException {
    Path folder = path.toAbsolutePath().normalize();
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder, permissions(folder, "rwx------"));
      }
      return new DataFolder(folder, lock(folder));
    } catch (DataFolderInUse e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      throw new DataFolderUnusable(folder, why(e), e);
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        openFile(
            folder.resolve(LOCK),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    try {
      FileLock lock = tryLock(channel);
      if (lock == null) {
        throw new DataFolderInUse(folder, pidIn(channel));
      }
      channel.truncate(0);
      writeAll(channel, (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8));
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException thisProcessHoldsIt) {
      return null;
    }
  }

  private static OptionalLong pidIn(FileChannel channel) {
    try {
      ByteBuffer text = ByteBuffer.allocate(20);
      channel.read(text, 0);
      String pid = StandardCharsets.UTF_8.decode(text.flip()).toString().strip();
      return OptionalLong.of(Long.parseLong(pid));
    } catch (IOException | NumberFormatException unreadable) {
      return OptionalLong.empty();
    }
  }

  /** Where it is, absolute. */
  public Path path() {
    return path;
  }

  /**
   * The content of a file; empty when there is none.
   *
   * @throws IOException when it cannot be read or is longer than {@code maxBytes}
   */
  public Optional<byte[]> read(String name, int maxBytes) throws IOException {
    try (var in = Files.newInputStream(path.resolve(name))) {
      byte[] content = in.readNBytes(maxBytes + 1);
      if (content.length > maxBytes) {
        throw new IOException(
            path.resolve(name)
                + " is longer than "
                + maxBytes
                + " bytes, which it never should be");
      }
      return Optional.of(content);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (FileSystemException e) {
      throw new DataFolderUnusable(path, name + ": " + why(e), e);
    }
  }

  /**
   * Replaces a file as a whole: whenever the power fails, the old or the new content is there. For
   * one thread at a time a file.
   *
   * @throws DataFolderUnusable when it cannot be written, the disk being full for example; the old
   *     content stays
   */
  public void write(String name, byte[] content) throws IOException {
    Path fresh = path.resolve("." + name + ".new");
    try {
      try (FileChannel channel = openFile(fresh, REPLACE)) {
        writeAll(channel, content);
        channel.force(true);
      }
      Files.move(fresh, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      syncFolder();
    } catch (IOException e) {
      throw new DataFolderUnusable(path, name + ": " + why(e), e);
    }
  }

  /** When a file was last written, by the file system's clock. */
  Instant written(String name) throws IOException {
    return Files.getLastModifiedTime(path.resolve(name)).toInstant();
  }

  /**
   * Puts a file that cannot be understood aside as {@code NAME.bad}, so that nothing of it is lost;
   * an older one of that name goes.
   */
  public void setAside(String name) throws IOException {
    Files.move(
        path.resolve(name), path.resolve(name + ".bad"), StandardCopyOption.REPLACE_EXISTING);
  }

  /** The rename itself must reach the disk; Windows opens no folders and needs no such call. */
  private void syncFolder() throws IOException {
    if (!posix(path)) {
      return;
    }
    try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  private static FileChannel openFile(Path file, Set<? extends OpenOption> options)
      throws IOException {
    return FileChannel.open(file, options, permissions(file, "rw-------"));
  }

  private static void writeAll(FileChannel channel, byte[] content) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(content);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  private static FileAttribute<?>[] permissions(Path at, String permissions) {
    if (!posix(at)) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }

  private static boolean posix(Path at) {
    return at.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static String why(Exception e) {
    return switch (e) {
      case AccessDeniedException _ -> "no permission";
      case FileAlreadyExistsException file
          when !Files.isDirectory(Path.of(file.getFile()), LinkOption.NOFOLLOW_LINKS) ->
          file.getFile() + " is a file";
      case NoSuchFileException file -> file.getFile() + " cannot be made there";
      case FileSystemException file when file.getReason() != null -> file.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  /**
   * Lets go of the folder. The lock file stays: to delete it would let two nodes lock two files.
   */
  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
