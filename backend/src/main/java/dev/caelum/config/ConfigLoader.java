package dev.caelum.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects the settings: option, then system property, then environment variable, then what was
 * changed while a node ran, then file, then default. An empty environment variable counts as not
 * set.
 *
 * <p>The file is the one named by {@code --config}, {@code caelum.config} or {@code CAELUM_CONFIG},
 * else {@code application.yaml} in the data folder where there is one. The YAML parser is not even
 * loaded when there is no file: it costs more than all the rest of the configuration.
 */
public final class ConfigLoader {
  private final ConfigInputs inputs;
  private final Problems problems = new Problems();
  private Map<ConfigKey, String> fileValues = Map.of();

  private ConfigLoader(ConfigInputs inputs) {
    this.inputs = inputs;
  }

  /**
   * Reads and checks everything.
   *
   * @param withDashboard whether the dashboard's settings must fit beside the node's
   * @throws ConfigRefused with all that is wrong, not only the first
   */
  public static Configuration load(ConfigInputs inputs, boolean withDashboard)
      throws ConfigRefused {
    return new ConfigLoader(inputs).load(withDashboard);
  }

  private Configuration load(boolean withDashboard) throws ConfigRefused {
    problems.lines().addAll(ConfigNames.unknown(inputs));
    Optional<Path> file = readFile();
    Layers given =
        new Layers(inputs, Map.of(), Path.of(SettingsFile.NAME), fileValues, file, withDashboard);
    Path changedIn = SettingsFile.in(given);
    Map<ConfigKey, String> changed = SettingsFile.read(changedIn, problems.lines());
    return checked(
        new Layers(inputs, changed, changedIn, fileValues, file, withDashboard), problems);
  }

  private static Configuration checked(Layers layers, Problems problems) throws ConfigRefused {
    Configuration configuration = read(layers, settings(layers), problems);
    if (!problems.isEmpty()) {
      throw new ConfigRefused(problems);
    }
    return configuration;
  }

  private static Map<ConfigKey, Setting> settings(Layers layers) {
    Map<ConfigKey, Setting> settings = new EnumMap<>(ConfigKey.class);
    for (ConfigKey key : ConfigKey.values()) {
      settings.put(key, layers.setting(key));
    }
    return settings;
  }

  private static Configuration read(
      Layers layers, Map<ConfigKey, Setting> settings, Problems problems) {
    ConfigRules rules = new ConfigRules(settings, problems);
    NodeConfig node = rules.node();
    DashboardConfig dashboard = rules.dashboard();
    if (layers.withDashboard()) {
      rules.fitTogether(node, dashboard);
    }
    return new Configuration(
        node, dashboard, layers.fileName(), List.copyOf(settings.values()), layers);
  }

  /**
   * What {@code layers} give.
   *
   * @throws ConfigRefused with what is wrong there and is not in {@code before}: an interface that
   *     has gone since is no reason to refuse another setting
   */
  static Configuration better(Configuration before, Layers layers) throws ConfigRefused {
    Problems now = new Problems();
    Configuration configuration = read(layers, settings(layers), now);
    Problems old = new Problems();
    read(before.layers(), settings(before.layers()), old);
    Problems made = now.without(old);
    if (!made.isEmpty()) {
      throw new ConfigRefused(made);
    }
    return configuration;
  }

  /** {@code running} with those settings of {@code next} that take effect at once. */
  static Configuration mixed(Configuration running, Configuration next) {
    Map<ConfigKey, Setting> settings = new EnumMap<>(ConfigKey.class);
    for (ConfigKey key : ConfigKey.values()) {
      settings.put(key, (SettingKind.of(key).live() ? next : running).setting(key));
    }
    return read(next.layers(), settings, new Problems());
  }

  private Optional<Path> readFile() {
    Optional<String> named =
        inputs
            .configFile()
            .or(() -> Optional.ofNullable(inputs.properties().get(ConfigNames.CONFIG_PROPERTY)))
            .or(() -> Optional.ofNullable(inputs.environment().get(ConfigNames.CONFIG_VARIABLE)))
            .filter(name -> !name.isEmpty());
    Optional<Path> found =
        named.isPresent()
            ? ConfigRules.path(named.get())
            : ConfigRules.path(
                    Layers.fixed(inputs, ConfigKey.DATA)
                        .map(Setting::value)
                        .orElse(ConfigKey.DATA.defaultValue()))
                .map(data -> data.resolve("application.yaml"));
    if (found.isEmpty() || !Files.isRegularFile(found.get())) {
      named.ifPresent(name -> problems.lines().add("config = " + name + ": no such file"));
      return Optional.empty();
    }
    Path file = found.get();
    fileValues = ConfigFile.read(file, problems.lines());
    if (named.isEmpty() && fileValues.containsKey(ConfigKey.DATA)) {
      problems
          .lines()
          .add(
              "data = "
                  + fileValues.get(ConfigKey.DATA)
                  + " (file "
                  + file
                  + "): a file in the data folder cannot move it; use --data or --config");
    }
    return Optional.of(file);
  }
}
