package dev.caelum.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The journal's files in the data folder: the journal, what was put aside, and its backups. */
final class JournalFiles {
  private static final String BACKUPS = "backups";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** What a copy is called until it is whole. */
  private static final String PART = ".part";

  private final Path folder;
  private final Path journal;

  JournalFiles(Path folder) {
    this.folder = folder;
    this.journal = folder.resolve(SqliteStore.FILE);
  }

  Path journal() {
    return journal;
  }

  /** Next to the journal until its last transactions are in it. */
  Path wal() {
    return folder.resolve(SqliteStore.FILE + "-wal");
  }

  /** Exists when the journal was seen damaged while it was open. */
  Path suspicion() {
    return folder.resolve(SqliteStore.FILE + ".damaged");
  }

  /** Makes an empty journal that belongs to this user alone, unless there is one. */
  void create() throws IOException {
    if (!Files.exists(journal)) {
      Files.createFile(journal, forThisUser(folder, "rw-------"));
    }
  }

  /** Where a backup made at that time goes; its folder is made. */
  Path backup(Instant time) throws IOException {
    Path backups = folder.resolve(BACKUPS);
    if (!Files.isDirectory(backups)) {
      Files.createDirectory(backups, forThisUser(folder, "rwx------"));
    }
    return backups.resolve("journal-" + TIME.format(time) + ".db");
  }

  /** The hourly backups, the newest first. */
  List<Path> backups() throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder.resolve(BACKUPS), "journal-*.db")) {
      files.forEach(found::add);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    // The time is in the name.
    found.sort(Comparator.reverseOrder());
    return found;
  }

  /** Removes all backups but the newest ones, and copies that were never completed. */
  void keepNewest(int count) throws IOException {
    for (Path old : backups().stream().skip(count).toList()) {
      Files.deleteIfExists(old);
    }
    try (DirectoryStream<Path> parts =
        Files.newDirectoryStream(folder.resolve(BACKUPS), "*" + PART)) {
      for (Path part : parts) {
        Files.deleteIfExists(part);
      }
    } catch (NoSuchFileException e) {
      // No backup yet.
    }
  }

  /** When the journal was written last; empty when there is none. */
  Optional<Instant> written() throws IOException {
    Optional<Instant> last = Optional.empty();
    for (Path file : List.of(journal, wal())) {
      try {
        Instant time = Files.getLastModifiedTime(file).toInstant();
        last = last.filter(time::isBefore).or(() -> Optional.of(time));
      } catch (NoSuchFileException e) {
        // The other one counts.
      }
    }
    return last;
  }

  /**
   * Puts the journal aside under a name with the time, so that nothing of it is lost.
   *
   * @return where it is now; empty when there was none
   */
  Optional<Path> setAside(String why, Instant time) throws IOException {
    String name = SqliteStore.FILE + "." + why + "-" + TIME.format(time);
    // The shared memory beside it holds nothing that is not in the other two.
    Files.deleteIfExists(folder.resolve(SqliteStore.FILE + "-shm"));
    Optional<Path> aside = Optional.empty();
    for (String end : List.of("-wal", "")) {
      Path file = folder.resolve(SqliteStore.FILE + end);
      if (Files.exists(file)) {
        aside = Optional.of(Files.move(file, folder.resolve(name + end)));
      }
    }
    sync(folder);
    return aside;
  }

  /** Puts a copy of {@code backup} in the place of the journal, which is aside. */
  void install(Path backup) throws IOException {
    Path part = newPart(journal);
    Files.copy(backup, part, StandardCopyOption.REPLACE_EXISTING);
    if (posix(part)) {
      Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-------"));
    }
    complete(part, journal);
  }

  /** An empty file for a copy that shall become {@code target}; readable by this user alone. */
  static Path newPart(Path target) throws IOException {
    Path part = target.resolveSibling(target.getFileName() + PART);
    Files.deleteIfExists(part);
    return Files.createFile(part, forThisUser(parent(target), "rw-------"));
  }

  /** Gives a copy its name once all of it is on the disk. */
  static void complete(Path part, Path target) throws IOException {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(parent(target));
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  /** Names must reach the disk, too; Windows opens no folders and needs no such call. */
  private static void sync(Path folder) throws IOException {
    if (posix(folder)) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static FileAttribute<?>[] forThisUser(Path at, String permissions) {
    if (!posix(at)) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }

  private static boolean posix(Path at) {
    Set<String> views = at.getFileSystem().supportedFileAttributeViews();
    return views.contains("posix");
  }
}
