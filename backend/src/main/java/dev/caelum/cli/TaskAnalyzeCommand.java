package dev.caelum.cli;

import dev.caelum.logging.Printable;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "analyze",
    description = {
      "Analyse the code below a folder, in chunks spread over the machines that have it at the same"
          + " place and let this one read it (task-roots, task-accept).",
      "Leaving with Ctrl-C stops nothing."
    })
final class TaskAnalyzeCommand implements Callable<Integer> {
  private static final int FIRST_POLL_MILLIS = 50;
  private static final int POLL_MILLIS = 500;
  private static final int SHOWN = 10;

  @Mixin private final ClientOptions options = new ClientOptions();

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Parameters(paramLabel = "FOLDER", description = "the folder")
  private Path folder;

  @Option(
      names = "--on",
      paramLabel = "MACHINE",
      split = ",",
      description = "only on these machines, by name, id or key")
  private List<String> machines = List.of();

  @Override
  public Integer call() throws Exception {
    NodeClient client = options.client();
    JsonArrayBuilder on = JsonText.array();
    machines.forEach(on::add);
    JsonObject begun;
    try {
      begun =
          client.post(
              "/analysis/start",
              JsonText.builder()
                  .add("source_path", folder.toAbsolutePath().normalize().toString())
                  .add("target_machines", on)
                  .build());
    } catch (ApiRefused refused) {
      return TaskText.refused(refused, options);
    }
    String id = String.valueOf(JsonText.text(begun, "session_id"));
    JsonObject analysis = follow(client, id);
    boolean done = "done".equals(JsonText.text(analysis, "status"));
    if (options.json()) {
      options.out().println(JsonText.safe(analysis));
    } else {
      report(analysis, options.out());
      problems(analysis, id, options.err());
    }
    return done ? ExitCode.OK : ExitCode.FAILED;
  }

  private JsonObject follow(NodeClient client, String id)
      throws NotReachable, ApiRefused, InterruptedException {
    String told = "";
    int pause = FIRST_POLL_MILLIS;
    while (true) {
      JsonObject analysis = client.get("/analysis/" + id + "/status");
      String status = String.valueOf(JsonText.text(analysis, "status"));
      if (!List.of("planning", "running").contains(status)) {
        return analysis;
      }
      String line = progress(id, analysis, status);
      if (!line.equals(told)) {
        told = line;
        options.err().println(Printable.of(line));
      }
      Thread.sleep(pause);
      pause = Math.min(POLL_MILLIS, pause * 2);
    }
  }

  private static String progress(String id, JsonObject analysis, String status) {
    return status.equals("planning")
        ? id + " is planned"
        : "%s %s, %d of %d chunks%s"
            .formatted(
                id,
                Figures.percent(JsonText.number(analysis, "completion_percentage")),
                JsonText.count(analysis, "chunks_completed"),
                JsonText.count(analysis, "chunks_total"),
                on(analysis));
  }

  private static String on(JsonObject analysis) {
    String names =
        analysis.getJsonArray("machines_assigned").getValuesAs(JsonString.class).stream()
            .map(JsonString::getString)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : ", on " + names;
  }

  private static void report(JsonObject analysis, PrintWriter out) {
    JsonObject report = JsonText.object(analysis, "results_summary");
    if (report.isEmpty()) {
      return;
    }
    out.println(
        Printable.of(
            "%d files, %d lines (%d blank), in %s%s"
                .formatted(
                    JsonText.count(report, "files"),
                    JsonText.count(report, "lines"),
                    JsonText.count(report, "blank"),
                    Figures.duration(JsonText.number(analysis, "execution_time")),
                    on(analysis))));
    out.println();
    Table languages = new Table("LANGUAGE", "FILES", "LINES");
    JsonText.object(report, "languages").entrySet().stream()
        .sorted(
            Comparator.comparingLong(
                each -> -JsonText.count(each.getValue().asJsonObject(), "lines")))
        .forEach(each -> {
          JsonObject count = each.getValue().asJsonObject();
          languages.row(each.getKey(), number(count, "files"), number(count, "lines"));
        });
    languages.print(out);
    List<JsonObject> spots = JsonText.objects(report, "hot_spots");
    if (!spots.isEmpty()) {
      out.println();
      Table table = new Table("HOT SPOT", "LINES", "BRANCHES");
      spots.stream()
          .limit(SHOWN)
          .forEach(spot ->
              table.row(
                  JsonText.text(spot, "file"), number(spot, "lines"), number(spot, "branches")));
      table.print(out);
    }
    List<JsonObject> same = JsonText.objects(report, "duplicates");
    if (!same.isEmpty()) {
      out.println();
      Table table = new Table("SAME LINES", "AT", "AND AT");
      same.stream()
          .limit(SHOWN)
          .forEach(each -> table.row(number(each, "lines"), place(each, 0), place(each, 1)));
      table.print(out);
    }
  }

  private static @Nullable String place(JsonObject duplicate, int number) {
    List<JsonString> places = duplicate.getJsonArray("places").getValuesAs(JsonString.class);
    return number < places.size() ? places.get(number).getString() : null;
  }

  private static @Nullable String number(JsonObject object, String key) {
    JsonNumber number = object.getJsonNumber(key);
    return number == null ? null : number.toString();
  }

  private static void problems(JsonObject analysis, String id, PrintWriter err) {
    List<JsonString> problems = analysis.getJsonArray("problems").getValuesAs(JsonString.class);
    if (problems.isEmpty()) {
      return;
    }
    err.println(Printable.of(id + " is " + JsonText.text(analysis, "status") + ":"));
    problems.forEach(problem -> err.println(Printable.of(problem.getString())));
    err.println("Run a task of it again with: ./caelum task retry ID");
  }
}
