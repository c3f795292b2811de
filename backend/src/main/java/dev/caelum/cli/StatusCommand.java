package dev.caelum.cli;

import dev.caelum.logging.Printable;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "status",
    description = "Show how the node and its cluster are; exit code 1 when the node is down.")
final class StatusCommand implements Callable<Integer> {
  @Mixin private final ClientOptions options = new ClientOptions();

  @Override
  public Integer call() throws Exception {
    NodeClient client = options.client();
    JsonObject node = client.get("/node");
    Verdict verdict = Verdict.of(client.get("/machines"));
    if (options.json()) {
      options.out().println(JsonText.safe(json(node, verdict)));
    } else {
      print(node, verdict, options.out());
    }
    return "down".equals(JsonText.text(node, "health")) ? ExitCode.FAILED : ExitCode.OK;
  }

  private static JsonObject json(JsonObject node, Verdict verdict) {
    JsonObjectBuilder states = JsonText.builder();
    verdict.states().forEach(states::add);
    return JsonText.builder()
        .add("verdict", verdict.sentence())
        .add("machines", verdict.machines())
        .add("connected", verdict.connected())
        .add("states", states)
        .add("node", node)
        .build();
  }

  private static void print(JsonObject node, Verdict verdict, PrintWriter out) {
    out.println(Printable.of(verdict.sentence()));
    out.println();
    line(out, "Node", JsonText.text(node, "hostname"));
    line(out, "Id", JsonText.text(node, "key"));
    line(
        out,
        "Cluster",
        JsonText.text(node, "cluster_name")
            + (JsonText.flag(node, "cluster_name_explicit") ? "" : " (open)"));
    line(
        out,
        "Version",
        JsonText.text(node, "version")
            + ", up "
            + Figures.duration(JsonText.number(node, "uptime_seconds")));
    line(out, "Health", JsonText.text(node, "health"));
    line(
        out,
        "Machines",
        verdict.states().entrySet().stream()
            .map(state -> state.getValue() + " " + state.getKey())
            .collect(Collectors.joining(", ")));
    listeners(node, out);
    interfaces(node, out);
    List<JsonObject> notes = JsonText.objects(node, "notes");
    if (!notes.isEmpty()) {
      out.println();
      out.println("Notes");
      for (JsonObject note : notes) {
        out.println("- " + Printable.of(JsonText.text(note, "text")));
      }
    }
  }

  private static void line(PrintWriter out, String name, @Nullable String value) {
    out.println(name + " ".repeat(10 - name.length()) + Printable.of(value));
  }

  private static void listeners(JsonObject node, PrintWriter out) {
    Table table = new Table("LISTENER", "ADDRESS", "STATE", "PROBLEM");
    for (JsonObject listener : JsonText.objects(node, "listeners")) {
      table.row(
          JsonText.text(listener, "name"),
          JsonText.text(listener, "address"),
          JsonText.flag(listener, "up") ? "up" : "down",
          JsonText.text(listener, "problem"));
    }
    out.println();
    table.print(out);
  }

  private static void interfaces(JsonObject node, PrintWriter out) {
    Table table = new Table("INTERFACE", "ADDRESS", "STATE", "SENT", "RECEIVED", "ECHO", "REASON");
    for (JsonObject row : JsonText.objects(node, "interfaces")) {
      table.row(
          JsonText.text(row, "name"),
          JsonText.text(row, "address"),
          JsonText.text(row, "state"),
          JsonText.text(row, "sent"),
          JsonText.text(row, "received"),
          Figures.millis(JsonText.number(row, "echo_ms")),
          JsonText.text(row, "reason"));
    }
    out.println();
    table.print(out);
  }
}
