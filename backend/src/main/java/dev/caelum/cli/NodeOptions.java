package dev.caelum.cli;

import dev.caelum.config.ConfigInputs;
import dev.caelum.config.ConfigKey;
import dev.caelum.config.ConfigLoader;
import dev.caelum.config.ConfigRefused;
import dev.caelum.config.Configuration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options of every command that starts a node; a picocli mixin.
 *
 * <p>Values are kept as text: the rules are the same whichever source a value has, and stand in
 * {@code config}.
 */
public final class NodeOptions {
  private final Map<ConfigKey, String> given = new EnumMap<>(ConfigKey.class);
  private @Nullable String file;

  /** For picocli. */
  public NodeOptions() {}

  /**
   * The configuration of a node alone.
   *
   * @throws ConfigRefused with every mistake
   */
  public Configuration load() throws ConfigRefused {
    return ConfigLoader.load(ConfigInputs.ofProcess(given, Optional.ofNullable(file)), false);
  }

  /**
   * The configuration of a node with a dashboard in the same process.
   *
   * @throws ConfigRefused with every mistake
   */
  public Configuration load(DashboardOptions dashboard) throws ConfigRefused {
    Map<ConfigKey, String> all = new EnumMap<>(given);
    all.putAll(dashboard.given());
    return ConfigLoader.load(ConfigInputs.ofProcess(all, Optional.ofNullable(file)), true);
  }

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "address to bind the cluster port to (default 0.0.0.0)")
  void host(String value) {
    given.put(ConfigKey.HOST, value);
  }

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "TCP port of links and API; 0 = any free one (default 8080)")
  void port(String value) {
    given.put(ConfigKey.PORT, value);
  }

  @Option(
      names = "--beacon-port",
      paramLabel = "PORT",
      description = "UDP port of beacons (default 8181)")
  void beaconPort(String value) {
    given.put(ConfigKey.BEACON_PORT, value);
  }

  @Option(
      names = "--known",
      paramLabel = "HOST[:PORT],...",
      description = "machines to contact first: HOST[:PORT],...")
  void known(List<String> values) {
    given.put(ConfigKey.KNOWN, String.join(",", values));
  }

  @Option(
      names = "--interface",
      paramLabel = "NAME,...",
      description = "the only network interfaces to use: NAME,...; empty = all suitable")
  void interfaces(List<String> values) {
    given.put(ConfigKey.INTERFACE, String.join(",", values));
  }

  @Option(
      names = "--advertise",
      paramLabel = "HOST[:PORT]",
      description = "where others shall dial this node: HOST[:PORT]; empty = as seen")
  void advertise(String value) {
    given.put(ConfigKey.ADVERTISE, value);
  }

  @Option(
      names = "--cluster-name",
      paramLabel = "NAME",
      description = "name of a separate cluster; empty = the network's open cluster")
  void clusterName(String value) {
    given.put(ConfigKey.CLUSTER_NAME, value);
  }

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder of identity and memory (default ~/.caelum)")
  void data(String value) {
    given.put(ConfigKey.DATA, value);
  }

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file with these settings (default application.yaml in the data folder)")
  void config(String value) {
    file = value;
  }

  @Option(
      names = "--verbose",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "log details too: true or false (default false)")
  void verbose(String value) {
    given.put(ConfigKey.VERBOSE, value);
  }

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      description = "log lines as text or json (default text)")
  void logFormat(String value) {
    given.put(ConfigKey.LOG_FORMAT, value);
  }
}
