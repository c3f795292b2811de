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
import java.util.function.Supplier;
import java.util.logging.Logger;

/** The TCP port of links and API, opened or refused with a reason that people can act on. */
final class ClusterPort {
  private static final Logger LOG = Logger.getLogger(ClusterPort.class.getName());

  private final Supplier<WebServer> servers;
  private final String host;
  private final int port;
  private volatile WebServer server;
  private volatile boolean exhausted;
  private boolean closed;

  /**
   * A port that is not open yet.
   *
   * @param servers makes a server that was never started
   */
  ClusterPort(Supplier<WebServer> servers, String host, int port) {
    this.servers = servers;
    this.host = host;
    this.port = port;
    this.server = servers.get();
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
    try {
      tryToBind();
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

  private void tryToBind() throws IOException {
    try (ServerSocket trial = new ServerSocket()) {
      trial.setReuseAddress(true);
      trial.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    }
  }

  /**
   * Opens the port again when nobody listens on it any more. Helidon 4.5.0 gives up for good, and
   * says so only in the log, once the system has refused it one connection: when this process has
   * too many files open, for example. Its thread then waits for itself; nothing can end it.
   */
  synchronized void mend() {
    try {
      tryToBind();
    } catch (IOException e) {
      // As a rule because this node itself listens.
      exhausted = String.valueOf(e.getMessage()).contains("Too many open files");
      return;
    }
    exhausted = false;
    if (closed) {
      return;
    }
    WebServer next = servers.get();
    next.start();
    if (next.isRunning()) {
      server = next;
      LOG.warning("Cluster port " + port + " had ceased to listen; it is open again");
    }
  }

  /** Whether this process had as many files and sockets open as it may when last looked at. */
  boolean exhausted() {
    return exhausted;
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

  synchronized void close() {
    closed = true;
    server.stop();
  }
}
