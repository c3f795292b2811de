package dev.caelum.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where configuration comes from besides the file.
 *
 * @param options values given on the command line
 * @param configFile the value of {@code --config}
 * @param properties system properties
 * @param environment environment variables
 */
public record ConfigInputs(
    Map<ConfigKey, String> options,
    Optional<String> configFile,
    Map<String, String> properties,
    Map<String, String> environment) {
  public ConfigInputs {
    options = Map.copyOf(options);
    properties = Map.copyOf(properties);
    environment = Map.copyOf(environment);
  }

  /** The given options with this process's properties and environment. */
  public static ConfigInputs ofProcess(
      Map<ConfigKey, String> options, Optional<String> configFile) {
    Map<String, String> properties = new HashMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      properties.put(name, System.getProperty(name, ""));
    }
    return new ConfigInputs(options, configFile, properties, System.getenv());
  }
}
