package dev.caelum.node;

import dev.caelum.cli.StartFailed;
import dev.caelum.config.ConfigInputs;
import dev.caelum.config.ConfigKey;
import dev.caelum.config.ConfigLoader;
import dev.caelum.config.ConfigRefused;
import dev.caelum.config.Configuration;
import dev.caelum.config.McpConfig;
import dev.caelum.config.NodeConfig;
import dev.caelum.config.NodeConfig.HostPort;
import dev.caelum.config.TaskConfig;
import dev.caelum.config.WebhookConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Real nodes that live on the loopback interface alone. */
final class LoopbackNode {
  private LoopbackNode() {}

  static NodeApplication start(Path data, int port, int beaconPort, HostPort... known)
      throws StartFailed {
    return start(config(data, port, beaconPort, known), OptionalInt.empty());
  }

  static NodeConfig config(Path data, int port, int beaconPort, HostPort... known) {
    return config(data, port, beaconPort, loopback(), known);
  }

  private static NodeConfig config(
      Path data, int port, int beaconPort, String interfaceName, HostPort... known) {
    return new NodeConfig(
        "127.0.0.1",
        port,
        beaconPort,
        List.of(known),
        List.of(interfaceName),
        Optional.empty(),
        Optional.empty(),
        data,
        false,
        false,
        TaskConfig.DEFAULT,
        McpConfig.DEFAULT,
        OptionalInt.empty(),
        0,
        WebhookConfig.NONE);
  }

  static NodeApplication start(NodeConfig config, OptionalInt dashboardPort) throws StartFailed {
    return NodeApplication.start(
        config, new NodeSettings(configuration(config)), dashboardPort, () -> {});
  }

  /** What a start with these values as options would take; all others have their defaults. */
  static Configuration configuration(NodeConfig config) {
    Map<ConfigKey, String> options =
        Map.of(
            ConfigKey.HOST, config.host(),
            ConfigKey.PORT, Integer.toString(config.port()),
            ConfigKey.BEACON_PORT, Integer.toString(config.beaconPort()),
            ConfigKey.INTERFACE, loopback(),
            ConfigKey.DATA, config.data().toString());
    try {
      return ConfigLoader.load(
          new ConfigInputs(options, Optional.empty(), Map.of(), Map.of()), false);
    } catch (ConfigRefused e) {
      throw new AssertionError(e);
    }
  }

  static NodeApplication start(Path data, HostPort... known) throws StartFailed {
    return start(data, 0, freeUdpPort(), known);
  }

  /** A node that works and has work done as {@code tasks} says. */
  static NodeApplication start(Path data, TaskConfig tasks) throws StartFailed {
    return start(data, tasks, McpConfig.DEFAULT);
  }

  /** A node that keeps what it saw. */
  static NodeApplication startWithHistory(Path data) throws StartFailed {
    // A dashboard's port is what makes it keep a past by default.
    return start(config(data, 0, freeUdpPort()), OptionalInt.of(8_090));
  }

  /** The same, which looks for MCP servers as {@code mcp} says. */
  static NodeApplication start(Path data, TaskConfig tasks, McpConfig mcp) throws StartFailed {
    NodeConfig usual = config(data, 0, freeUdpPort());
    return start(
        new NodeConfig(
            usual.host(),
            usual.port(),
            usual.beaconPort(),
            usual.known(),
            usual.interfaces(),
            usual.advertise(),
            usual.clusterName(),
            usual.data(),
            usual.verbose(),
            usual.jsonLogs(),
            tasks,
            mcp,
            usual.historyDays(),
            usual.demo(),
            usual.webhook()),
        OptionalInt.empty());
  }

  /** A node on a machine none of whose interfaces is the one that it is to use. */
  static NodeApplication startWithoutInterface(Path data) throws StartFailed {
    return start(config(data, 0, freeUdpPort(), "absent0"), OptionalInt.empty());
  }

  static int freeUdpPort() {
    try (DatagramSocket socket = new DatagramSocket()) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String loopback() {
    try {
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        if (each.isLoopback()) {
          return each.getName();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("this machine has no loopback interface");
  }
}
