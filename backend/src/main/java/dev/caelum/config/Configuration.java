package dev.caelum.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything that was configured, validated, with the source of each value.
 *
 * @param file the file that was read
 * @param settings one for each {@link ConfigKey}, in its order
 */
public record Configuration(
    NodeConfig node, DashboardConfig dashboard, Optional<Path> file, List<Setting> settings) {
  public Configuration {
    settings = List.copyOf(settings);
  }

  /** The value of {@code key} and its source. */
  public Setting setting(ConfigKey key) {
    return settings.stream().filter(setting -> setting.key() == key).findFirst().orElseThrow();
  }
}
