package dev.caelum.cli;

import dev.caelum.logging.Printable;
import jakarta.json.JsonObject;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "machines",
    description =
        "List every machine that the node knows, or tell all about one, and why, or do something"
            + " with it.")
final class MachinesCommand implements Callable<Integer> {
  @Mixin private final ClientOptions options = new ClientOptions();
  @Mixin private final MachineWishes wishes = new MachineWishes();

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "one machine: its host name, id, address or key")
  private @Nullable String name;

  @Option(
      names = "--why",
      description = "why NAME is in its state: who doubted it, on which evidence, how it ended")
  private boolean why;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    String wanted = name;
    if (wanted != null) {
      return one(wanted);
    }
    if (wishes.any()) {
      throw new ParameterException(spec.commandLine(), "Say which machine: its NAME is missing");
    }
    if (why) {
      throw new ParameterException(spec.commandLine(), "--why needs the NAME of a machine");
    }
    JsonObject answer = options.client().get("/machines");
    if (options.json()) {
      options.out().println(JsonText.safe(answer));
    } else {
      print(Verdict.rows(answer), options.out());
    }
    return ExitCode.OK;
  }

  private int one(String wanted) throws Exception {
    if (wishes.gone()) {
      return wishes.grant(options, wanted);
    }
    NodeClient client = options.client();
    JsonObject row;
    try {
      row = MachineFinder.find(wanted, Verdict.rows(client.get("/machines")));
    } catch (MachineFinder.NotOne e) {
      options.err().println(e.getMessage());
      return e.code;
    }
    if (wishes.any()) {
      return wishes.grant(options, String.valueOf(JsonText.text(row, "key")));
    }
    if (why) {
      String key = String.valueOf(JsonText.text(row, "key"));
      row = client.get("/machines/" + URLEncoder.encode(key, StandardCharsets.UTF_8) + "/why");
    }
    if (options.json()) {
      options.out().println(JsonText.safe(row));
    } else if (why) {
      new MachineDetail(options.out()).printWhy(row);
    } else {
      new MachineDetail(options.out()).print(row);
    }
    return ExitCode.OK;
  }

  private static void print(List<JsonObject> rows, PrintWriter out) {
    Table table =
        new Table(
            "STATE", "SINCE", "NAME", "ADDRESS", "LINK", "RTT", "LOSS", "CPU", "MEMORY", "SEEN",
            "KIND");
    for (JsonObject row : rows) {
      JsonObject link = JsonText.object(row, "link");
      JsonObject probes = JsonText.object(row, "probes");
      JsonObject resources = JsonText.object(row, "resources");
      table.row(
          JsonText.text(row, "state"),
          Figures.duration(JsonText.number(row, "state_since_seconds")),
          JsonText.text(row, "hostname"),
          JsonText.text(row, "address"),
          JsonText.text(link, "direction"),
          Figures.millis(rtt(link, probes)),
          loss(probes),
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

  /** Over the link, else over UDP. */
  private static @Nullable Double rtt(JsonObject link, JsonObject probes) {
    Double overLink = JsonText.number(link, "rtt_ms");
    return overLink != null ? overLink : JsonText.number(probes, "rtt_ms");
  }

  private static @Nullable String loss(JsonObject probes) {
    long asked = JsonText.count(probes, "asked");
    if (JsonText.flag(probes, "udp_blocked")) {
      return "UDP blocked";
    }
    return asked == 0 ? null : Figures.percent(100.0 * JsonText.count(probes, "lost") / asked);
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
    String label = JsonText.text(row, "label");
    if (label != null && !label.isEmpty()) {
      words.add("\u201c" + label + "\u201d");
    }
    if (JsonText.flag(row, "ignored")) {
      words.add("ignored");
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
