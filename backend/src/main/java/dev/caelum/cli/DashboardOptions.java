package dev.caelum.cli;

import dev.caelum.config.ConfigKey;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of the dashboard beside those of its node; a picocli mixin. */
public final class DashboardOptions {
  private final Map<ConfigKey, String> given = new EnumMap<>(ConfigKey.class);

  /** For picocli. */
  public DashboardOptions() {}

  Map<ConfigKey, String> given() {
    return given;
  }

  @Option(
      names = "--ui-host",
      paramLabel = "ADDRESS",
      description = "address to bind the dashboard to (default 0.0.0.0)")
  void host(String value) {
    given.put(ConfigKey.UI_HOST, value);
  }

  @Option(
      names = "--ui-port",
      paramLabel = "PORT",
      description = "TCP port of the dashboard; 0 = any free one (default 8090)")
  void port(String value) {
    given.put(ConfigKey.UI_PORT, value);
  }
}
