package dev.caelum.cli;

import jakarta.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "services",
    description = "List the MCP servers of all machines, or tell all about those of one name.")
final class ServicesCommand implements Callable<Integer> {
  @Mixin private final ClientOptions options = new ClientOptions();

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "the service's name")
  private @Nullable String name;

  @Option(names = "--check", description = "ask the servers of the node's machine anew first")
  private boolean check;

  @Override
  public Integer call() throws Exception {
    NodeClient client = options.client();
    JsonObject answer =
        check
            ? client.post("/services/check", JsonText.builder().build())
            : client.get("/services");
    List<JsonObject> services = JsonText.objects(answer, "services");
    if (name != null) {
      services =
          services.stream().filter(each -> name.equals(JsonText.text(each, "name"))).toList();
      if (services.isEmpty()) {
        options.err().println("No machine has a service of that name. List all: caelum services");
        return ExitCode.FAILED;
      }
    }
    if (options.json()) {
      var shown = JsonText.array();
      services.forEach(shown::add);
      options.out().println(JsonText.safe(JsonText.builder().add("services", shown).build()));
    } else if (services.isEmpty()) {
      options.out().println("No MCP server was found on any machine.");
    } else {
      print(services, options.out());
      if (name != null) {
        tools(services, options.out());
      }
    }
    return ExitCode.OK;
  }

  private static void print(List<JsonObject> services, PrintWriter out) {
    Table table =
        new Table(
            "STATE", "SINCE", "NAME", "MACHINE", "PORT", "LATENCY", "VERSION", "TOOLS", "REASON");
    for (JsonObject each : services) {
      boolean ready = "ready".equals(JsonText.text(each, "state"));
      table.row(
          JsonText.text(each, "state"),
          since(each),
          JsonText.text(each, "name"),
          JsonText.text(each, "hostname"),
          JsonText.text(each, "port"),
          Figures.millis(JsonText.number(each, "latency_ms")),
          JsonText.text(each, "version"),
          ready ? "" + count(each) : null,
          JsonText.text(each, "reason"));
    }
    table.print(out);
  }

  private static long count(JsonObject service) {
    return JsonText.objects(service, "tools").size() + JsonText.count(service, "tools_left_out");
  }

  private static @Nullable String since(JsonObject service) {
    try {
      Instant since = Instant.parse(String.valueOf(JsonText.text(service, "since")));
      return Figures.duration(
          Math.max(0, Duration.between(since, Instant.now()).toMillis()) / 1_000.0);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static void tools(List<JsonObject> services, PrintWriter out) {
    Table table = new Table("TOOL", "MACHINE", "WHAT IT DOES");
    boolean any = false;
    for (JsonObject each : services) {
      for (JsonObject tool : JsonText.objects(each, "tools")) {
        any = true;
        table.row(
            JsonText.text(tool, "name"),
            JsonText.text(each, "hostname"),
            JsonText.text(tool, "description"));
      }
    }
    if (any) {
      out.println();
      table.print(out);
    }
  }
}
