package dev.caelum.cli;

import dev.caelum.config.NodeConfig;
import dev.caelum.config.NodeConfig.HostPort;
import dev.caelum.logging.Printable;
import jakarta.json.JsonObject;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "connect",
    description = "Let the node connect to a machine by its address; says why when it cannot.")
final class ConnectCommand implements Callable<Integer> {
  @Mixin private final ClientOptions options = new ClientOptions();

  @Parameters(paramLabel = "HOST[:PORT]", description = "the machine; port 8080 unless given")
  private String target = "";

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    HostPort machine = machine();
    JsonObject answer =
        options
            .client()
            .post(
                "/cluster/connect",
                JsonText.builder().add("host", machine.host()).add("port", machine.port()).build());
    boolean connected = JsonText.flag(answer, "success");
    if (options.json()) {
      options.out().println(JsonText.safe(answer));
    } else if (connected) {
      options.out().println(Printable.of(JsonText.text(answer, "message")));
    } else {
      explain(answer, options.err());
    }
    return connected ? ExitCode.OK : ExitCode.FAILED;
  }

  private HostPort machine() {
    try {
      return HostPort.parse(target, NodeConfig.DEFAULT_PORT);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static void explain(JsonObject answer, PrintWriter err) {
    String text = JsonText.text(answer, "message");
    err.println(
        Printable.of(text != null ? text : JsonText.text(answer, "error"))
            + " ("
            + Printable.of(JsonText.text(answer, "code"))
            + ")");
    String hint = JsonText.text(answer, "hint");
    if (hint != null) {
      err.println(Printable.of(hint));
    }
  }
}
