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

  @Option(
      names = "--labels",
      paramLabel = "NAME=VALUE,...",
      description = "labels of this machine, by which tasks choose it: NAME=VALUE,...")
  void labels(List<String> values) {
    given.put(ConfigKey.LABELS, String.join(",", values));
  }

  @Option(
      names = "--task-accept",
      paramLabel = "TYPE@ADDRESS,...",
      description = "what other machines may have run here: TYPE@ADDRESS[/PREFIX],...")
  void taskAccept(List<String> values) {
    given.put(ConfigKey.TASK_ACCEPT, String.join(",", values));
  }

  @Option(
      names = "--task-slots",
      paramLabel = "N",
      description = "tasks that run at once; 0 = one a core (default 0)")
  void taskSlots(String value) {
    given.put(ConfigKey.TASK_SLOTS, value);
  }

  @Option(
      names = "--task-heap",
      paramLabel = "MIB",
      description = "MiB of heap for a process that runs tasks (default 256)")
  void taskHeap(String value) {
    given.put(ConfigKey.TASK_HEAP, value);
  }

  @Option(
      names = "--task-roots",
      paramLabel = "DIR,...",
      description = "the only folders whose files tasks may read: DIR,...")
  void taskRoots(List<String> values) {
    given.put(ConfigKey.TASK_ROOTS, String.join(",", values));
  }

  @Option(
      names = "--task-ai",
      paramLabel = "HOST[:PORT]",
      description = "where a model server like Ollama listens (default 127.0.0.1:11434)")
  void taskAi(String value) {
    given.put(ConfigKey.TASK_AI, value);
  }

  @Option(
      names = "--store",
      paramLabel = "URL",
      description =
          "where tasks are kept: postgresql://USER@HOST[:PORT]/DATABASE; empty = in the data folder")
  void store(String value) {
    given.put(ConfigKey.STORE, value);
  }

  @Option(
      names = "--store-password-file",
      paramLabel = "FILE",
      description = "file with its password; empty = CAELUM_STORE_PASSWORD, or none")
  void storePasswordFile(String value) {
    given.put(ConfigKey.STORE_PASSWORD_FILE, value);
  }

  @Option(
      names = "--history-days",
      paramLabel = "N",
      description = "days of history to keep, 0 = none; empty = 30 with a dashboard, else 0")
  void historyDays(String value) {
    given.put(ConfigKey.HISTORY_DAYS, value);
  }

  @Option(
      names = "--demo",
      paramLabel = "N",
      description =
          "simulated machines, 0-1000, to try it alone: no network, a data folder of its own"
              + " (default 0)")
  void demo(String value) {
    given.put(ConfigKey.DEMO, value);
  }

  @Option(
      names = "--webhook-url",
      paramLabel = "URL",
      description = "where notifications are posted to: http(s)://HOST/...; empty = nowhere")
  void webhookUrl(String value) {
    given.put(ConfigKey.WEBHOOK_URL, value);
  }

  @Option(
      names = "--webhook-secret",
      paramLabel = "SECRET",
      description = "secret that signs them; empty = they are not signed")
  void webhookSecret(String value) {
    given.put(ConfigKey.WEBHOOK_SECRET, value);
  }

  @Option(
      names = "--webhook-events",
      paramLabel = "KIND,...",
      description =
          "which of them: machine,problem,service,task (default machine,problem,service,task)")
  void webhookEvents(List<String> values) {
    given.put(ConfigKey.WEBHOOK_EVENTS, String.join(",", values));
  }

  @Option(
      names = "--store-room",
      paramLabel = "MB",
      description =
          "MB that must be free in the data folder for new tasks to be taken (default 200)")
  void storeRoom(String value) {
    given.put(ConfigKey.STORE_ROOM, value);
  }

  @Option(
      names = "--task-handlers",
      paramLabel = "FILE,...",
      description = "jars with handlers of your own: FILE,...")
  void taskHandlers(List<String> values) {
    given.put(ConfigKey.TASK_HANDLERS, String.join(",", values));
  }

  @Option(
      names = "--task-legacy-workers",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "give tasks to old nodes too: true or false (default false)")
  void taskLegacyWorkers(String value) {
    given.put(ConfigKey.TASK_LEGACY_WORKERS, value);
  }

  @Option(
      names = "--mcp-ports",
      paramLabel = "PORT,...",
      description = "where MCP servers may listen: PORT or FIRST-LAST,... (default 8100-8199)")
  void mcpPorts(List<String> values) {
    given.put(ConfigKey.MCP_PORTS, String.join(",", values));
  }

  @Option(
      names = "--mcp-forward-from",
      paramLabel = "ADDRESS,...",
      description = "machines that may have tools of this one called: ADDRESS,...")
  void mcpForwardFrom(List<String> values) {
    given.put(ConfigKey.MCP_FORWARD_FROM, String.join(",", values));
  }

  @Option(
      names = "--mcp-registry",
      paramLabel = "FILE,...",
      description = "clients' files that name MCP servers: FILE,...")
  void mcpRegistry(List<String> values) {
    given.put(ConfigKey.MCP_REGISTRY, String.join(",", values));
  }
}
