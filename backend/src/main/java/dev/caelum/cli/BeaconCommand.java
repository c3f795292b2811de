package dev.caelum.cli;

import dev.caelum.config.Configuration;
import dev.caelum.logging.Logs;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "beacon",
    abbreviateSynopsis = true,
    description = "Run a node: find, link and watch every Caelum machine on the LAN.",
    footer = {
      "",
      "Each option is also an environment variable (CAELUM_BEACON_PORT), a system property",
      "(caelum.beacon-port) and a key of the file (beacon-port in the block caelum:).",
      "Option > system property > environment > changed > file > default; see: caelum config print"
    })
final class BeaconCommand implements Callable<Integer> {
  @Mixin private final NodeOptions options = new NodeOptions();
  private final NodeLauncher launcher;

  BeaconCommand(NodeLauncher launcher) {
    this.launcher = launcher;
  }

  @Override
  public Integer call() throws Exception {
    Configuration config = options.load();
    Logs.configure(config.node().verbose(), config.node().jsonLogs());
    return launcher.run(config);
  }
}
