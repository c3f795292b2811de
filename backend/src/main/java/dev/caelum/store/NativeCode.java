package dev.caelum.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Logger;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite itself, which its driver unpacks to a file before it is loaded. The file goes to the data
 * folder instead of the common one for temporary files, and is removed once it is loaded, so that a
 * kill leaves nothing behind.
 */
public final class NativeCode {
  private static final Logger LOG = Logger.getLogger(NativeCode.class.getName());
  private static final String PROPERTY = "org.sqlite.tmpdir";
  private static boolean loaded;

  private NativeCode() {}

  /** Loads SQLite by way of {@code folder}, unless this process has it already. */
  public static synchronized void unpackInto(Path folder) throws IOException {
    if (loaded) {
      return;
    }
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, folder.toString());
    }
    clean(folder);
    try {
      loaded = SQLiteJDBCLoader.initialize();
    } catch (Exception e) {
      throw new IOException("SQLite cannot be loaded: " + e.getMessage(), e);
    }
    clean(folder);
  }

  private static void clean(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "sqlite-*")) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (AccessDeniedException e) {
      // Windows keeps what is loaded; the next start removes it.
      LOG.fine("Left for the next start: " + e.getMessage());
    }
  }
}
