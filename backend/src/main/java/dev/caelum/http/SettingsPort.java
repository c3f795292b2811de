package dev.caelum.http;

import dev.caelum.config.ConfigKey;
import dev.caelum.config.ConfigRefused;
import dev.caelum.config.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the API asks about settings. */
public interface SettingsPort {
  /** Every setting, in the order of {@link ConfigKey}. */
  List<State> all();

  /** Where changes are kept. */
  Path file();

  /** The configuration file that was read at the start, if there was one. */
  Optional<Path> configFile();

  /**
   * Changes settings, all or none: they are on disk when this returns, and those that can be are in
   * force.
   *
   * @param wanted the new values; empty takes a change back
   * @throws ConfigRefused with what is wrong with them
   * @throws IOException with a sentence for people; nothing is changed then
   */
  void change(Map<ConfigKey, Optional<String>> wanted) throws ConfigRefused, IOException;

  /** The value that runs, and the one that the next start takes. */
  record State(Setting running, Setting next) {}
}
