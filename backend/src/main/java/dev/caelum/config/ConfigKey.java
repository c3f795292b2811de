package dev.caelum.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Every setting: its name, its default and what it means; the only list of them. */
public enum ConfigKey {
  HOST("host", NodeConfig.DEFAULT_HOST, "address to bind the cluster port to"),
  PORT("port", "" + NodeConfig.DEFAULT_PORT, "TCP port of links and API; 0 = any free one"),
  BEACON_PORT("beacon-port", "" + NodeConfig.DEFAULT_BEACON_PORT, "UDP port of beacons"),
  KNOWN("known", "", "machines to contact first: HOST[:PORT],..."),
  INTERFACE("interface", "", "the only network interfaces to use: NAME,...; empty = all suitable"),
  ADVERTISE("advertise", "", "where others shall dial this node: HOST[:PORT]; empty = as seen"),
  CLUSTER_NAME(
      "cluster-name", "", "name of a separate cluster; empty = the network's open cluster"),
  DATA("data", "~/.caelum", "folder of identity and memory"),
  VERBOSE("verbose", "false", "log details too: true or false"),
  LOG_FORMAT("log-format", "text", "log lines as text or json"),
  LABELS("labels", "", "labels of this machine, by which tasks choose it: NAME=VALUE,..."),
  TASK_ACCEPT(
      "task-accept", "", "what other machines may have run here: TYPE@ADDRESS[/PREFIX],..."),
  TASK_SLOTS("task-slots", "0", "tasks that run at once; 0 = one a core"),
  TASK_HEAP(
      "task-heap", "" + TaskConfig.DEFAULT_HEAP_MIB, "MiB of heap for a process that runs tasks"),
  TASK_ROOTS("task-roots", "", "the only folders whose files tasks may read: DIR,..."),
  TASK_AI("task-ai", TaskConfig.DEFAULT_AI.toString(), "where a model server like Ollama listens"),
  TASK_HANDLERS("task-handlers", "", "jars with handlers of your own: FILE,..."),
  TASK_LEGACY_WORKERS("task-legacy-workers", "false", "give tasks to old nodes too: true or false"),
  MCP_PORTS(
      "mcp-ports", McpConfig.DEFAULT_PORTS, "where MCP servers may listen: PORT or FIRST-LAST,..."),
  MCP_FORWARD_FROM(
      "mcp-forward-from", "", "machines that may have tools of this one called: ADDRESS,..."),
  MCP_REGISTRY("mcp-registry", "", "clients' files that name MCP servers: FILE,..."),
  HISTORY_DAYS(
      "history-days",
      "",
      "days of history to keep, 0 = none; empty = "
          + NodeConfig.HISTORY_DAYS
          + " with a dashboard, else 0"),
  WEBHOOK_URL(
      "webhook-url", "", "where notifications are posted to: http(s)://HOST/...; empty = nowhere"),
  WEBHOOK_SECRET("webhook-secret", "", "secret that signs them; empty = they are not signed"),
  WEBHOOK_EVENTS(
      "webhook-events",
      WebhookConfig.DEFAULT_EVENTS,
      "which of them: machine,problem,service,task"),
  STORE(
      "store",
      "",
      "where tasks are kept: postgresql://USER@HOST[:PORT]/DATABASE; empty = in the data folder"),
  STORE_PASSWORD_FILE(
      "store-password-file", "", "file with its password; empty = CAELUM_STORE_PASSWORD, or none"),
  STORE_ROOM(
      "store-room",
      "" + TaskConfig.DEFAULT_ROOM_MB,
      "MB that must be free in the data folder for new tasks to be taken"),
  DEMO(
      "demo",
      "0",
      "simulated machines, 0-"
          + NodeConfig.MAX_DEMO
          + ", to try it alone: no network, a data folder of its own"),
  UI_HOST("ui-host", DashboardConfig.DEFAULT_HOST, "address to bind the dashboard to"),
  UI_PORT(
      "ui-port", "" + DashboardConfig.DEFAULT_PORT, "TCP port of the dashboard; 0 = any free one");

  private final String key;
  private final String defaultValue;
  private final String meaning;

  ConfigKey(String key, String defaultValue, String meaning) {
    this.key = key;
    this.defaultValue = defaultValue;
    this.meaning = meaning;
  }

  /** The name in the file's {@code caelum} block, for example {@code beacon-port}. */
  public String key() {
    return key;
  }

  /** The option, for example {@code --beacon-port}. */
  public String option() {
    return "--" + key;
  }

  /** The system property, for example {@code caelum.beacon-port}. */
  public String property() {
    return "caelum." + key;
  }

  /** The environment variable, for example {@code CAELUM_BEACON_PORT}. */
  public String variable() {
    return "CAELUM_" + key.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** The value as one would write it; empty = not set. */
  public String defaultValue() {
    return defaultValue;
  }

  /** One line for help and reference. */
  public String meaning() {
    return meaning;
  }

  /** The setting of that name, if there is one. */
  public static Optional<ConfigKey> of(String key) {
    return Arrays.stream(values()).filter(k -> k.key.equals(key)).findFirst();
  }
}
