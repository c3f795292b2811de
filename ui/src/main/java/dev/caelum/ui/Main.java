package dev.caelum.ui;

import dev.caelum.ui.launch.DashboardServer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a node and its dashboard in one process. */
@Command(
    name = "dashboard",
    mixinStandardHelpOptions = true,
    description = "Runs a node and its dashboard until told to stop.")
public final class Main implements Callable<Integer> {
  @Option(
      names = "--ui-host",
      defaultValue = "0.0.0.0",
      description = "Address that the dashboard listens on; default ${DEFAULT-VALUE}.")
  private String uiHost = "0.0.0.0";

  @Option(
      names = "--ui-port",
      defaultValue = "8090",
      description = "Port of the dashboard; default ${DEFAULT-VALUE}.")
  private int uiPort = 8090;

  @Option(
      names = "--ui-node-url",
      description = "Show this node and start none, for example http://192.168.1.10:8080.")
  private @Nullable String uiNodeUrl;

  /** The web server and the push library tell much about themselves at every start. */
  private static final List<Logger> QUIET =
      Stream.of("org.eclipse.jetty", "org.atmosphere", "com.vaadin")
          .map(Logger::getLogger)
          .toList();

  private Main() {}

  /** Exits with 0 when told to stop, 1 when a port cannot be used, 2 on a bad option. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
    CountDownLatch stopped = new CountDownLatch(1);
    Map<String, String> settings = new HashMap<>();
    if (uiNodeUrl != null) {
      settings.put(WebApplication.NODE_URL, uiNodeUrl);
    }
    DashboardServer server = new DashboardServer(uiHost, uiPort, settings);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
    try {
      server.start();
    } catch (IOException e) {
      System.err.println("caelum: " + e.getMessage());
      return 1;
    }
    System.out.println("Dashboard: http://localhost:" + server.port() + "/");
    stopped.await();
    return 0;
  }
}
