package dev.caelum.mcp;

/**
 * A server that a client's configuration file names. Of its command, its arguments, its environment
 * and its headers nothing is kept, and of its address only a path on this machine.
 */
sealed interface ConfiguredServer {
  /** As the file calls it. */
  String name();

  /** The name of the file, without its folder. */
  String file();

  /** A server of this machine that is reached by HTTP. */
  record Local(String name, String file, int port, String path) implements ConfiguredServer {}

  /** A program that the client starts for itself. */
  record Program(String name, String file) implements ConfiguredServer {}

  /** A server on another host. */
  record Elsewhere(String name, String file) implements ConfiguredServer {}
}
