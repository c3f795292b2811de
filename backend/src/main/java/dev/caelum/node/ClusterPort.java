package dev.caelum.node;

import dev.caelum.cli.StartFailed;
import dev.caelum.host.PortOwner;
import dev.caelum.host.SocketTable;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** The TCP port of links and API, opened or refused with a reason that people can act on. */
final class ClusterPort {
  private final WebServer server;
  private final String host;
  private final int port;

  ClusterPort(WebServer server, String host, int port) {
    this.server = server;
    this.host = host;
    this.port = port;
  }

  /** A port that is free now. */
  static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /**
   * Listens.
   *
   * @throws StartFailed when the port is taken or {@code --host} is no address of this machine
   */
  void open() throws StartFailed {
    // Helidon only logs that it cannot listen, so the port is tried first.
    try (ServerSocket trial = new ServerSocket()) {
      trial.setReuseAddress(true);
      trial.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (UnknownHostException e) {
      throw new StartFailed("--host " + host + " could not be resolved.", e);
    } catch (IOException e) {
      throw refused(e);
    }
    server.start();
    if (!up()) {
      throw refused(new BindException("Address already in use"));
    }
  }

  private StartFailed refused(IOException e) {
    if (!String.valueOf(e.getMessage()).contains("in use")) {
      return new StartFailed(
          "Cluster port %d cannot be opened on %s: %s".formatted(port, host, e.getMessage()), e);
    }
    String by =
        PortOwner.find(SocketTable.Protocol.TCP, port).map(owner -> " by " + owner).orElse("");
    return new StartFailed(
        "Cluster port %d is already used%s. Machines could not connect to this node. Stop that"
                .formatted(port, by)
            + " process or choose another port with --port.",
        e);
  }

  /** Whether it listens now. */
  boolean up() {
    return server.isRunning() && server.port() > 0;
  }

  void close() {
    server.stop();
  }
}
