package dev.caelum.cli;

import dev.caelum.logging.Printable;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows the ports of MCP servers on all machines, and keeps some. */
@Command(
    name = "ports",
    description = "Show who has which port for MCP servers, on every machine.",
    subcommands = {PortsCommand.Reserve.class, PortsCommand.Release.class})
final class PortsCommand implements Callable<Integer> {
  @Mixin private final ClientOptions options = new ClientOptions();

  @Override
  public Integer call() throws Exception {
    JsonObject map = options.client().get("/ports");
    if (options.json()) {
      options.out().println(JsonText.safe(map));
      return ExitCode.OK;
    }
    Table table = new Table("MACHINE", "PORT", "NAME", "STATE", "HELD BY", "KEPT");
    for (JsonObject machine : JsonText.objects(map, "machines")) {
      for (JsonObject port : JsonText.objects(machine, "ports")) {
        table.row(
            JsonText.text(machine, "hostname"),
            JsonText.text(port, "port"),
            JsonText.text(port, "name"),
            JsonText.text(port, "state"),
            JsonText.text(port, "holder"),
            JsonText.flag(port, "reserved") ? "yes" : null);
      }
    }
    if (table.isEmpty()) {
      options.out().println("Nothing is known on the ports for MCP servers of any machine.");
    } else {
      table.print(options.out());
    }
    if (map.get("conflicts") instanceof JsonArray conflicts) {
      for (JsonString conflict : conflicts.getValuesAs(JsonString.class)) {
        options.out().println();
        options.out().println(Printable.of(conflict.getString()));
      }
    }
    for (JsonObject machine : JsonText.objects(map, "machines")) {
      String free = JsonText.text(machine, "next_free");
      if (free != null) {
        options.out().println();
        options.out().println("Next free port here: " + free);
      }
    }
    return ExitCode.OK;
  }

  private static int told(ClientOptions options, JsonObject answer, String what) {
    if (options.json()) {
      options.out().println(JsonText.safe(answer));
    } else {
      String sentence =
          "Port %s is %s %s."
              .formatted(JsonText.text(answer, "port"), what, JsonText.text(answer, "name"));
      options.out().println(Printable.of(sentence));
    }
    return ExitCode.OK;
  }

  /** Keeps a port. */
  @Command(
      name = "reserve",
      description = "Keep a port of the node's machine for a service, across restarts.")
  static final class Reserve implements Callable<Integer> {
    @Mixin private final ClientOptions options = new ClientOptions();

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Parameters(index = "0", paramLabel = "NAME", description = "the service")
    private String name;

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "PORT",
        description = "the port (default the next free one)")
    private @Nullable Integer port;

    @Override
    public Integer call() throws Exception {
      JsonObjectBuilder body = JsonText.builder().add("name", name);
      if (port != null) {
        body.add("port", port);
      }
      return told(options, options.client().post("/ports/reserve", body.build()), "kept for");
    }
  }

  /** Keeps a port no longer. */
  @Command(name = "release", description = "Keep a port of the node's machine no longer.")
  static final class Release implements Callable<Integer> {
    @Mixin private final ClientOptions options = new ClientOptions();

    @Parameters(paramLabel = "PORT", description = "the port")
    private int port;

    @Override
    public Integer call() throws Exception {
      JsonObject body = JsonText.builder().add("port", port).build();
      return told(options, options.client().post("/ports/release", body), "no longer kept for");
    }
  }
}
