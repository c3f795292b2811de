package dev.caelum.node;

import dev.caelum.cli.StartFailed;
import dev.caelum.config.NodeConfig;
import dev.caelum.config.NodeConfig.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Real nodes that live on the loopback interface alone. */
final class LoopbackNode {
  private LoopbackNode() {}

  static NodeApplication start(Path data, int port, int beaconPort, HostPort... known)
      throws StartFailed {
    return NodeApplication.start(
        config(data, port, beaconPort, known), OptionalInt.empty(), () -> {});
  }

  static NodeConfig config(Path data, int port, int beaconPort, HostPort... known) {
    return new NodeConfig(
        "127.0.0.1",
        port,
        beaconPort,
        List.of(known),
        List.of(loopback()),
        Optional.empty(),
        Optional.empty(),
        data,
        false,
        false);
  }

  static NodeApplication start(Path data, HostPort... known) throws StartFailed {
    return start(data, 0, freeUdpPort(), known);
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
