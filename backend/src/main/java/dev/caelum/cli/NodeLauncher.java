package dev.caelum.cli;

import dev.caelum.config.Configuration;

/** Runs a node in this process; implemented where everything is wired. */
@FunctionalInterface
public interface NodeLauncher {
  /**
   * Runs until the node is told to stop.
   *
   * @return the exit status
   * @throws StartFailed when the node cannot start; any other exception is a bug
   */
  int run(Configuration config) throws Exception;
}
