package dev.caelum.config;

import dev.caelum.config.Setting.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings: option, then system property, then environment variable, then file, then
 * default. An empty environment variable counts as not set.
 *
 * <p>The file is the one named by {@code --config}, {@code caelum.config} or {@code CAELUM_CONFIG},
 * else {@code application.yaml} in the data folder where there is one. The YAML parser is not even
 * loaded when there is no file: it costs more than all the rest of the configuration.
 */
public final class ConfigLoader {
  private final ConfigInputs inputs;
  private final List<String> problems = new ArrayList<>();
  private Map<ConfigKey, String> fileValues = Map.of();
  private String fileName = "";

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
    problems.addAll(ConfigNames.unknown(inputs));
    Optional<Path> file = readFile();
    Map<ConfigKey, Setting> settings = new EnumMap<>(ConfigKey.class);
    for (ConfigKey key : ConfigKey.values()) {
      settings.put(key, setting(key));
    }
    ConfigRules rules = new ConfigRules(settings, problems);
    NodeConfig node = rules.node();
    DashboardConfig dashboard = rules.dashboard();
    if (withDashboard) {
      rules.fitTogether(node, dashboard);
    }
    if (!problems.isEmpty()) {
      throw new ConfigRefused(problems);
    }
    return new Configuration(node, dashboard, file, List.copyOf(settings.values()));
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
            : ConfigRules.path(setting(ConfigKey.DATA).value())
                .map(data -> data.resolve("application.yaml"));
    if (found.isEmpty() || !Files.isRegularFile(found.get())) {
      named.ifPresent(name -> problems.add("config = " + name + ": no such file"));
      return Optional.empty();
    }
    Path file = found.get();
    fileName = file.toString();
    fileValues = ConfigFile.read(file, problems);
    if (named.isEmpty() && fileValues.containsKey(ConfigKey.DATA)) {
      problems.add(
          "data = "
              + fileValues.get(ConfigKey.DATA)
              + " (file "
              + file
              + "): a file in the data folder cannot move it; use --data or --config");
    }
    return Optional.of(file);
  }

  private Setting setting(ConfigKey key) {
    @Nullable String value = inputs.options().get(key);
    if (value != null) {
      return new Setting(key, value.strip(), Source.OPTION, "option " + key.option());
    }
    value = inputs.properties().get(key.property());
    if (value != null) {
      return new Setting(key, value.strip(), Source.PROPERTY, "system property " + key.property());
    }
    value = inputs.environment().get(key.variable());
    if (value != null && !value.isBlank()) {
      return new Setting(key, value.strip(), Source.ENVIRONMENT, "environment " + key.variable());
    }
    value = fileValues.get(key);
    if (value != null) {
      return new Setting(key, value.strip(), Source.FILE, "file " + fileName);
    }
    return new Setting(key, key.defaultValue(), Source.DEFAULT, "default");
  }
}
