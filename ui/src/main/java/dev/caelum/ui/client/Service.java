package dev.caelum.ui.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One MCP server of one machine.
 *
 * @param machine key of its machine
 * @param address of its machine
 * @param self whether its machine is the node's own
 * @param port 0 when it has none
 * @param holder the process on its port, when that is another
 * @param configured whether it is expected there
 * @param since of its state, by its machine's clock
 */
public record Service(
    String machine,
    String hostname,
    String address,
    boolean self,
    int port,
    String name,
    ServiceState state,
    String reason,
    @Nullable String holder,
    @Nullable String transport,
    @Nullable String server,
    @Nullable String version,
    @Nullable Double latencyMillis,
    List<Tool> tools,
    int toolsLeftOut,
    boolean configured,
    @Nullable Instant since) {

  /** What it can be asked to do. */
  public record Tool(String name, String description) {}

  static Service read(Fields f) {
    String key = f.text("key", "");
    return new Service(
        key,
        f.text("hostname", key),
        f.text("address", ""),
        f.flag("self"),
        (int) f.count("port"),
        f.text("name", ""),
        ServiceState.of(f.text("state", "")),
        f.text("reason", ""),
        f.text("holder"),
        f.text("transport"),
        f.text("server"),
        f.text("version"),
        f.number("latency_ms"),
        f.list("tools", t -> new Tool(t.text("name", ""), t.text("description", ""))),
        (int) f.count("tools_left_out"),
        f.flag("configured"),
        f.instant("since"));
  }

  /** Names its row for its life. */
  public String key() {
    return machine + ' ' + port + ' ' + name;
  }

  /** Whether it should be there and is not. */
  public boolean missing() {
    return state == ServiceState.DOWN || (configured && state == ServiceState.TAKEN);
  }
}
