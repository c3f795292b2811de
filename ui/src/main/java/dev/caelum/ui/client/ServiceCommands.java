package dev.caelum.ui.client;

import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions and commands about MCP servers and ports; see {@link NodeCommands}. */
public final class ServiceCommands {
  private static final String NOBODY = "";

  private final NodeHttp http;

  ServiceCommands(NodeHttp http) {
    this.http = http;
  }

  /** The MCP servers of all machines; null when the node does not say. */
  public @Nullable List<Service> services() {
    Fields answer = http.get(NOBODY, "/api/v1/services");
    return answer == null ? null : answer.list("services", Service::read);
  }

  /** The ports of all machines; null when the node does not say. */
  public @Nullable PortMap ports() {
    Fields answer = http.get(NOBODY, "/api/v1/ports");
    return answer == null ? null : PortMap.read(answer);
  }

  /** Asks every MCP server of the node's machine again, and waits for the answers. */
  public Answer check(String caller) {
    return http.command(caller, "POST", "/api/v1/services/check", "");
  }

  /** Keeps a port for {@code name}: {@code port}, or the next free one when it is null. */
  public Answer reserve(String caller, String name, @Nullable Integer port) {
    JsonObjectBuilder body = JsonProvider.provider().createObjectBuilder().add("name", name);
    if (port != null) {
      body.add("port", port);
    }
    return http.command(caller, "POST", "/api/v1/ports/reserve", body.build().toString());
  }

  /** Keeps {@code port} for nobody any more. */
  public Answer release(String caller, int port) {
    return http.command(caller, "POST", "/api/v1/ports/release", "{\"port\":" + port + "}");
  }
}
