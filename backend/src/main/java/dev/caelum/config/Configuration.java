package dev.caelum.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that was configured, validated, with the source of each value.
 *
 * @param file the file that was read
 * @param settings one for each {@link ConfigKey}, in its order
 * @param layers all that was given, in force or not
 */
public record Configuration(
    NodeConfig node,
    DashboardConfig dashboard,
    Optional<Path> file,
    List<Setting> settings,
    Layers layers) {
  public Configuration {
    settings = List.copyOf(settings);
  }

  /** The value of {@code key} and its source. */
  public Setting setting(ConfigKey key) {
    return settings.stream().filter(setting -> setting.key() == key).findFirst().orElseThrow();
  }

  /** What was changed while a node ran, in force or not. */
  public Map<ConfigKey, String> changed() {
    return layers.changed();
  }

  /**
   * What a start would take if those values were changed.
   *
   * @param wanted the new values; empty takes a change back
   * @throws ConfigRefused with what is wrong by them, and was not before
   */
  public Configuration with(Map<ConfigKey, Optional<String>> wanted) throws ConfigRefused {
    Layers next = layers;
    for (Map.Entry<ConfigKey, Optional<String>> each : wanted.entrySet()) {
      next = next.with(each.getKey(), each.getValue());
    }
    return ConfigLoader.better(this, next);
  }

  /** This one, with those settings of {@code next} that take effect at once. */
  public Configuration taking(Configuration next) {
    return ConfigLoader.mixed(this, next);
  }
}
