package dev.caelum.ui;

import dev.caelum.cli.DashboardOptions;
import dev.caelum.cli.NodeAddress;
import dev.caelum.cli.NodeOptions;
import dev.caelum.cli.StartFailed;
import dev.caelum.config.Configuration;
import dev.caelum.config.DashboardConfig;
import dev.caelum.config.NodeConfig;
import dev.caelum.host.PortOwner;
import dev.caelum.host.SocketTable;
import dev.caelum.logging.Logs;
import dev.caelum.node.RunningNode;
import dev.caelum.ui.launch.DashboardServer;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a node and its dashboard in one process, or a dashboard that shows another node. */
@Command(
    name = "dashboard",
    abbreviateSynopsis = true,
    description = "Run a node and its dashboard, which browsers reach on port 8090.")
final class DashboardCommand implements Callable<Integer> {
  private static final Logger LOG = Logger.getLogger(DashboardCommand.class.getName());

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @Mixin private final NodeOptions nodeOptions = new NodeOptions();
  @Mixin private final DashboardOptions dashboardOptions = new DashboardOptions();

  @Option(
      names = {"--node", "--ui-node-url"},
      paramLabel = "URL",
      description = "show this node and run none of its own, for example http://192.168.1.10:8080")
  private @Nullable String nodeUrl;

  @Override
  public Integer call() throws Exception {
    Configuration config = nodeOptions.load(dashboardOptions);
    Logs.configure(config.node().verbose(), config.node().jsonLogs());
    if (nodeUrl != null) {
      URI node = checked(nodeUrl);
      // a node's own dashboard may run beside it
      DashboardServer server = server(config, node, "web-" + config.dashboard().port());
      start(server, config.dashboard());
      LOG.info("It shows the node at " + node + "; no node runs here");
      return Running.untilTold(server);
    }
    if (config.node().port() == 0) {
      // its address is not known before it runs
      RunningNode node = RunningNode.start(config, portOf(config.dashboard()));
      return runBoth(config, node.port(), completed(node));
    }
    return runBoth(config, config.node().port(), startingBeside(config));
  }

  /** The node and the web server take most of their start at the same time. */
  private static FutureTask<RunningNode> startingBeside(Configuration config) {
    FutureTask<RunningNode> starting =
        new FutureTask<>(() -> RunningNode.start(config, portOf(config.dashboard())));
    Thread.ofPlatform().name("node-start").start(starting);
    return starting;
  }

  private static FutureTask<RunningNode> completed(RunningNode node) {
    FutureTask<RunningNode> done = new FutureTask<>(() -> node);
    done.run();
    return done;
  }

  private static int runBoth(Configuration config, int port, FutureTask<RunningNode> starting)
      throws Exception {
    DashboardServer server = server(config, ownNode(config.node(), port), "web");
    try {
      start(server, config.dashboard());
    } catch (StartFailed e) {
      result(starting).close();
      throw e;
    }
    try {
      return Running.untilTold(server, result(starting));
    } catch (StartFailed e) {
      server.close();
      throw e;
    }
  }

  private static RunningNode result(FutureTask<RunningNode> starting) throws Exception {
    try {
      return starting.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static DashboardServer server(Configuration config, URI node, String work) {
    Map<String, String> settings = new HashMap<>();
    settings.put(WebApplication.NODE_URL, node.toString());
    config
        .node()
        .advertise()
        .ifPresent(advertised -> settings.put(WebApplication.ALLOWED_HOSTS, advertised.host()));
    return new DashboardServer(
        config.dashboard().host(),
        config.dashboard().port(),
        config.node().data().resolve(work),
        settings);
  }

  private static void start(DashboardServer server, DashboardConfig config) throws StartFailed {
    try {
      server.start();
    } catch (IOException e) {
      server.close();
      String by =
          PortOwner.find(SocketTable.Protocol.TCP, config.port())
              .map(owner -> "Dashboard port " + config.port() + " is already used by " + owner)
              .orElse("The dashboard cannot listen on " + config.host() + ":" + config.port());
      throw new StartFailed(by + ". Choose another port with --ui-port.", e);
    }
    LOG.info("The dashboard is ready: http://localhost:" + server.port() + "/");
  }

  private static OptionalInt portOf(DashboardConfig config) {
    return config.port() == 0 ? OptionalInt.empty() : OptionalInt.of(config.port());
  }

  private static URI ownNode(NodeConfig config, int port) {
    boolean everywhere = config.host().equals("0.0.0.0") || config.host().equals("::");
    String host = everywhere ? "127.0.0.1" : config.host();
    return URI.create("http://" + new NodeConfig.HostPort(host, port));
  }

  private URI checked(String url) {
    return NodeAddress.read(url)
        .orElseThrow(() ->
            new ParameterException(
                spec.commandLine(),
                "--node " + url + " is no address of a node; use http://HOST:PORT"));
  }
}
