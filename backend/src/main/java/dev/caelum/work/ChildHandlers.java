package dev.caelum.work;

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
   */
  static List<TaskHandler> all(String settings) {
    ChildSettings read = ChildSettings.read(settings);
    List<TaskHandler> out = new ArrayList<>(read.shipped());
    for (ServiceLoader.Provider<TaskHandler> provider :
        ServiceLoader.load(TaskHandler.class).stream().toList()) {
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

  static Set<String> types(String settings) {
    return all(settings).stream().map(TaskHandler::type).collect(Collectors.toUnmodifiableSet());
  }
}
