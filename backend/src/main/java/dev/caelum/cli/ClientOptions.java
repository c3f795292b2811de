package dev.caelum.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that asks a running node; a picocli mixin. */
final class ClientOptions {
  private static final String DEFAULT_NODE = "http://127.0.0.1:8080";

  @Option(
      names = "--node",
      paramLabel = "URL",
      description = "the node to ask (default CAELUM_NODE, else " + DEFAULT_NODE + ")")
  private @Nullable String node;

  @Option(names = "--json", description = "JSON for scripts instead of text for people")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  boolean json() {
    return json;
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** A client for the named node; {@code HOST} or {@code HOST:PORT} alone means http, and 8080. */
  NodeClient client() {
    String name = node != null ? node : System.getenv("CAELUM_NODE");
    if (name == null || name.isBlank()) {
      name = DEFAULT_NODE;
    }
    Optional<URI> address = NodeAddress.read(name);
    if (address.isPresent()) {
      return new NodeClient(address.get());
    }
    throw new ParameterException(
        spec.commandLine(), "--node " + name + " is no address of a node; use http://HOST:PORT");
  }
}
