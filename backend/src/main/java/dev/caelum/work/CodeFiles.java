package dev.caelum.work;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The files below one of the allowed folders. Never leaves it: no symbolic link is followed, and
 * only regular files of some size are read, so no device, pipe or socket.
 */
final class CodeFiles {
  /** Most files of one analysis. */
  static final int LIMIT = 50_000;

  /** Bytes of the largest file that is read. */
  static final long SIZE = 1 << 20;

  /** What holds no code that somebody wrote. */
  private static final Set<String> SKIPPED =
      Set.of("node_modules", "target", "build", "dist", "__pycache__", "venv");

  private final Path root;

  private CodeFiles(Path root) {
    this.root = root;
  }

  /**
   * The files below {@code folder}.
   *
   * @param roots the allowed folders
   * @param folder absolute, one of {@code roots} or below one, also once all links are resolved
   */
  static CodeFiles below(List<Path> roots, String folder) throws TaskFailed {
    try {
      Path wanted = Path.of(folder);
      Path real = wanted.toRealPath();
      for (Path root : roots) {
        Path allowed = root.toRealPath();
        if (wanted.isAbsolute() && real.startsWith(allowed) && Files.isDirectory(real)) {
          return new CodeFiles(real);
        }
      }
    } catch (IOException | InvalidPathException e) {
      // Told as any other folder: whether it exists is nobody's business.
    }
    throw new TaskFailed(
        "not_allowed", "This machine lets no task read that folder; see task-roots.", true);
  }

  Path root() {
    return root;
  }

  /** All files, or those of chunk {@code chunk} of {@code of}: whole folders, by their names. */
  List<Path> list(int chunk, int of) throws TaskFailed {
    List<Path> out = new ArrayList<>();
    try {
      Files.walkFileTree(root, new Visitor(out, chunk, of));
    } catch (IOException e) {
      throw new TaskFailed("read", "The folder could not be read: " + e.getMessage(), true);
    }
    out.sort(null);
    return out;
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final List<Path> out;
    private final int chunk;
    private final int of;

    Visitor(List<Path> out, int chunk, int of) {
      this.out = out;
      this.chunk = chunk;
      this.of = of;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      String name = String.valueOf(folder.getFileName());
      boolean skipped = !folder.equals(root) && (name.startsWith(".") || SKIPPED.contains(name));
      return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()
          && attributes.size() <= SIZE
          && CodeLanguage.of(file) != null
          && chunkOf(file) == chunk) {
        out.add(file);
      }
      return out.size() < LIMIT ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    /** Most duplicates are of neighbours, so a folder stays whole. */
    private int chunkOf(Path file) {
      Path folder = root.relativize(file).getParent();
      return Math.floorMod(String.valueOf(folder).hashCode(), of);
    }
  }

  /** The text of a file that {@link #list} named; it may have become something else since. */
  String read(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        || !file.toRealPath().startsWith(root)) {
      throw new IOException(file.getFileName() + " is no regular file any more");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      bytes = in.readNBytes((int) SIZE);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
