package dev.caelum.node;

import dev.caelum.cli.ExitCode;
import dev.caelum.cli.StartFailed;
import dev.caelum.config.Configuration;
import dev.caelum.config.NodeConfig;
import java.util.OptionalInt;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The node of this process. It takes another id by starting anew: all that it knows, and all that
 * others know of it, hangs on the id, so nothing goes over but configuration, port and data folder.
 */
public final class RunningNode implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(RunningNode.class.getName());

  private final OptionalInt dashboardPort;
  private final NodeSettings settings;
  private int port;
  private @Nullable NodeApplication node;
  private boolean closed;

  private RunningNode(Configuration configuration, OptionalInt dashboardPort) {
    this.settings = new NodeSettings(configuration);
    this.port = configuration.node().port();
    this.dashboardPort = dashboardPort;
  }

  /**
   * Starts the node.
   *
   * @param dashboardPort where the dashboard of this process listens, if it has one
   * @throws StartFailed when a port is taken or the data folder cannot be used; one line a reason
   */
  public static RunningNode start(Configuration configuration, OptionalInt dashboardPort)
      throws StartFailed {
    RunningNode running = new RunningNode(configuration, dashboardPort);
    running.begin();
    return running;
  }

  /** The TCP port of links and API. */
  public synchronized int port() {
    return port;
  }

  private synchronized void begin() throws StartFailed {
    if (closed) {
      return;
    }
    if (node != null) {
      node.close();
    }
    NodeConfig config = settings.node().withPort(port);
    NodeApplication next = NodeApplication.start(config, settings, dashboardPort, this::again);
    node = next;
    port = next.port();
  }

  private void again() {
    Thread.ofPlatform().name("start anew").start(this::beginOrEnd);
  }

  private void beginOrEnd() {
    try {
      begin();
    } catch (StartFailed | RuntimeException e) {
      // Without its node the process is of no use; whoever watches over it starts another.
      LOG.severe("The node could not start again: " + e.getMessage());
      System.exit(ExitCode.START_FAILED);
    }
  }

  /** Ends the node as {@link NodeApplication#close} does. */
  @Override
  public synchronized void close() {
    closed = true;
    if (node != null) {
      node.close();
    }
  }
}
