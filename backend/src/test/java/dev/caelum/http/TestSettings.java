package dev.caelum.http;

import dev.caelum.config.ConfigInputs;
import dev.caelum.config.ConfigKey;
import dev.caelum.config.ConfigLoader;
import dev.caelum.config.ConfigRefused;
import dev.caelum.config.Configuration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Settings with the real rules, which are kept nowhere. */
final class TestSettings implements SettingsPort {
  private static final String DATA = System.getProperty("java.io.tmpdir", "") + "/caelum-nowhere";

  private final Configuration started;
  private Configuration next;
  @Nullable IOException broken;

  TestSettings() {
    try {
      started =
          ConfigLoader.load(
              new ConfigInputs(
                  Map.of(ConfigKey.DATA, DATA, ConfigKey.PORT, "18080"),
                  Optional.empty(),
                  Map.of(),
                  Map.of()),
              true);
    } catch (ConfigRefused e) {
      throw new AssertionError(e);
    }
    next = started;
  }

  @Override
  public List<State> all() {
    return started.taking(next).settings().stream()
        .map(setting -> new State(setting, next.setting(setting.key())))
        .toList();
  }

  @Override
  public Path file() {
    return Path.of(DATA, "settings.properties");
  }

  @Override
  public Optional<Path> configFile() {
    return Optional.empty();
  }

  @Override
  public void change(Map<ConfigKey, Optional<String>> wanted) throws ConfigRefused, IOException {
    Configuration changed = next.with(wanted);
    if (broken != null) {
      throw broken;
    }
    next = changed;
  }
}
