package dev.caelum.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a node does about MCP servers.
 *
 * @param ports where servers of this machine may listen; default 8100-8199
 * @param forwardFrom peers that may have tools of this machine called; default none
 * @param registries configuration files of clients, which name servers
 */
public record McpConfig(
    NavigableSet<Integer> ports, List<InetAddress> forwardFrom, List<Path> registries) {
  public static final String DEFAULT_PORTS = "8100-8199";

  /** Nothing but the defaults. */
  public static final McpConfig DEFAULT =
      new McpConfig(
          IntStream.rangeClosed(8_100, 8_199)
              .boxed()
              .collect(Collectors.toCollection(TreeSet::new)),
          List.of(),
          List.of());

  public McpConfig {
    ports = new TreeSet<>(ports);
    forwardFrom = List.copyOf(forwardFrom);
    registries = List.copyOf(registries);
  }
}
