package dev.caelum.work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** The handlers that run in child processes: shipped ones, and those of third parties. */
final class ChildHandlers {
  private static final Logger LOG = Logger.getLogger(ChildHandlers.class.getName());

  private ChildHandlers() {}

  /**
   * All of them; a broken provider is left out, told in the log.
   *
   * @param settings as {@link ChildSettings} writes them
   * @param loader knows those of third parties
   */
  static List<TaskHandler> all(String settings, ClassLoader loader) {
    ChildSettings read = ChildSettings.read(settings);
    List<TaskHandler> out = new ArrayList<>(read.shipped());
    for (ServiceLoader.Provider<TaskHandler> provider :
        ServiceLoader.load(TaskHandler.class, loader).stream().toList()) {
      try {
        TaskHandler handler = provider.get();
        if (handler.type().matches("[a-z0-9_.-]{1,64}")) {
          out.add(handler);
        } else {
          LOG.warning(() -> provider.type() + " has no proper type; it is left out");
        }
      } catch (RuntimeException | ServiceConfigurationError e) {
        LOG.log(Level.WARNING, "A handler of tasks could not be made; it is left out", e);
      }
    }
    return out;
  }

  /**
   * Their types, with those in {@code jars}, whose classes are forgotten again: they run elsewhere.
   */
  static Set<String> types(String settings, List<Path> jars) {
    List<URL> urls = new ArrayList<>();
    try {
      for (Path jar : jars) {
        urls.add(jar.toUri().toURL());
      }
      ClassLoader own = ChildHandlers.class.getClassLoader();
      try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), own)) {
        return all(settings, loader).stream()
            .map(TaskHandler::type)
            .collect(Collectors.toUnmodifiableSet());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
