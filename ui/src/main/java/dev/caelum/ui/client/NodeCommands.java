package dev.caelum.ui.client;

import jakarta.json.spi.JsonProvider;
import java.net.URI;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The node's commands, each given in the name of the browser at {@code caller}, so that the node
 * judges that browser's rights. Every method blocks until the node answered.
 */
public final class NodeCommands {
  private final NodeHttp http;
  private final TaskCommands tasks;
  private final ServiceCommands services;
  private final HistoryCommands history;
  private final SettingsCommands settings;
  private final MachineCommands machines;

  public NodeCommands(HttpClient http, URI node) {
    this.http = new NodeHttp(http, node);
    this.tasks = new TaskCommands(this.http);
    this.services = new ServiceCommands(this.http);
    this.history = new HistoryCommands(this.http);
    this.settings = new SettingsCommands(this.http);
    this.machines = new MachineCommands(this.http);
  }

  /** Those about tasks. */
  public TaskCommands tasks() {
    return tasks;
  }

  /** Those about MCP servers and ports. */
  public ServiceCommands services() {
    return services;
  }

  /** Those about the past. */
  public HistoryCommands history() {
    return history;
  }

  /** Those about settings and notifications. */
  public SettingsCommands settings() {
    return settings;
  }

  /** What an operator does with one machine. */
  public MachineCommands machines() {
    return machines;
  }

  /** Starts a discovery, or joins the running one. */
  public Answer discover(String caller) {
    return http.command(caller, "POST", "/api/v1/cluster/discover?wait=false", "");
  }

  /** Ends the running discovery. */
  public Answer stopDiscovery(String caller) {
    return http.command(caller, "DELETE", "/api/v1/cluster/discover", "");
  }

  /** Dials {@code host:port}. */
  public Answer connect(String caller, String host, int port) {
    String body =
        JsonProvider.provider()
            .createObjectBuilder()
            .add("host", host)
            .add("port", port)
            .build()
            .toString();
    return http.command(caller, "POST", "/api/v1/cluster/connect", body);
  }

  /** What is known of the machine {@code key}; null when the node does not say. */
  public @Nullable MachineFacts machine(String caller, String key) {
    Fields answer = http.get(caller, "/api/v1/machines/" + NodeHttp.segment(key));
    return answer == null ? null : MachineFacts.read(answer);
  }

  /** Why the machine {@code key} is in its state; null when the node does not say. */
  public @Nullable Why why(String caller, String key) {
    Fields answer = http.get(caller, "/api/v1/machines/" + NodeHttp.segment(key) + "/why");
    return answer == null ? null : Why.read(answer);
  }
}
