package dev.caelum.mcp;

import static dev.caelum.fuzz.Invariant.bounded;
import static dev.caelum.fuzz.Invariant.require;

import dev.caelum.service.Service;
import java.util.List;

/** Any bytes as the configuration file of a client. */
public final class ClientFileFuzz {
  private ClientFileFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    List<ConfiguredServer> servers;
    try {
      servers = ClientFile.servers("desktop.json", bytes);
    } catch (ClientFile.Unusable refused) {
      String why = String.valueOf(refused.getMessage());
      require(
          why.matches(
              "desktop.json is not (a JSON object|JSON at line -?\\d+, column -?\\d+)\\."
                  + "|mcpServers of desktop.json is not a JSON object\\."),
          "a reason that may quote the file: " + why);
      return;
    }
    require(servers.size() <= 128, servers.size() + " servers");
    for (ConfiguredServer server : servers) {
      require(server.name().length() <= Service.NAME, "a long name: " + server.name());
      bounded(server.name());
      if (server instanceof ConfiguredServer.Local(_, _, int port, String path)) {
        require(port > 0 && port <= 65_535, "port: " + port);
        require(path.startsWith("/") && !path.startsWith("//"), "path: " + path);
      }
    }
  }
}
