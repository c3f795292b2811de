package dev.caelum.cli;

import dev.caelum.logging.Printable;
import jakarta.json.JsonObject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "machines", description = "List every machine that the node knows.")
final class MachinesCommand implements Callable<Integer> {
  @Mixin private final ClientOptions options = new ClientOptions();

  @Override
  public Integer call() throws Exception {
    JsonObject answer = options.client().get("/machines");
    if (options.json()) {
      options.out().println(JsonText.safe(answer));
    } else {
      print(Verdict.rows(answer), options.out());
    }
    return ExitCode.OK;
  }

  private static void print(List<JsonObject> rows, PrintWriter out) {
    Table table =
        new Table("STATE", "NAME", "ADDRESS", "LINK", "RTT", "CPU", "MEMORY", "SEEN", "KIND");
    for (JsonObject row : rows) {
      JsonObject link = JsonText.object(row, "link");
      JsonObject resources = JsonText.object(row, "resources");
      table.row(
          JsonText.text(row, "state"),
          JsonText.text(row, "hostname"),
          JsonText.text(row, "address"),
          JsonText.text(link, "direction"),
          Figures.millis(JsonText.number(link, "rtt_ms")),
          Figures.percent(JsonText.number(resources, "cpu_usage_percent")),
          Figures.percent(JsonText.number(resources, "memory_usage_percent")),
          seen(row),
          kind(row));
    }
    table.print(out);
    for (JsonObject row : rows) {
      failure(row, out);
    }
  }

  private static @Nullable String seen(JsonObject row) {
    Double seconds = JsonText.number(row, "last_seen_seconds");
    return seconds == null || JsonText.flag(row, "self")
        ? null
        : Figures.duration(seconds) + " ago";
  }

  private static String kind(JsonObject row) {
    List<String> words = new ArrayList<>();
    if (JsonText.flag(row, "self")) {
      words.add("this machine");
    }
    if (JsonText.flag(row, "legacy")) {
      words.add("old node");
    }
    if (JsonText.flag(row, "foreign")) {
      words.add("cluster " + JsonText.text(row, "cluster_name"));
    }
    if (JsonText.flag(row, "duplicate_id")) {
      words.add("duplicate id");
    }
    return String.join(", ", words);
  }

  private static void failure(JsonObject row, PrintWriter out) {
    JsonObject failure = JsonText.object(row, "failure");
    String text = JsonText.text(failure, "text");
    if (text != null) {
      String hint = JsonText.text(failure, "hint");
      out.println();
      out.println(Printable.of(JsonText.text(row, "hostname"), 64) + ": " + Printable.of(text));
      if (hint != null) {
        out.println("  " + Printable.of(hint));
      }
    }
  }
}
