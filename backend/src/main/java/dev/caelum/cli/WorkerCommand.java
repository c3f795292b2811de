package dev.caelum.cli;

import dev.caelum.logging.Printable;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what runs on a machine, and says who may have what run there. */
@Command(
    name = "worker",
    description = "Show what a machine runs, and who may have what run there.",
    subcommands = {WorkerCommand.Accept.class, WorkerCommand.Remove.class})
final class WorkerCommand implements Callable<Integer> {
  private static final String RULES = "/worker/rules";

  @Mixin private final ClientOptions options = new ClientOptions();

  @Override
  public Integer call() throws Exception {
    JsonObject worker = options.client().get("/worker");
    if (options.json()) {
      options.out().println(JsonText.safe(worker));
      return ExitCode.OK;
    }
    String handlers =
        worker.getJsonArray("handlers").getValuesAs(JsonString.class).stream()
            .map(JsonString::getString)
            .collect(Collectors.joining(", "));
    options.out().println(Printable.of("Runs " + handlers));
    options
        .out()
        .println(
            "%d of %d slots in use, %d wait; %d begun and %d refused since its start"
                .formatted(
                    JsonText.count(worker, "running"),
                    JsonText.count(worker, "slots"),
                    JsonText.count(worker, "waiting"),
                    JsonText.count(worker, "began"),
                    JsonText.count(worker, "refused")));
    options.out().println();
    rules(worker, options);
    return ExitCode.OK;
  }

  private static void rules(JsonObject answer, ClientOptions options) {
    List<JsonObject> rules = JsonText.objects(answer, "rules");
    String warning = JsonText.text(answer, "warning");
    if (warning == null || rules.isEmpty()) {
      options.out().println("No other machine may have anything run here.");
      return;
    }
    options.out().println(Printable.of(warning));
    Table table = new Table("RULE", "SET BY");
    rules.forEach(rule ->
        table.row(
            JsonText.text(rule, "rule"),
            JsonText.flag(rule, "fixed") ? "configuration" : "command"));
    table.print(options.out());
  }

  private static int told(JsonObject answer, ClientOptions options) {
    if (options.json()) {
      options.out().println(JsonText.safe(answer));
    } else {
      rules(answer, options);
    }
    return ExitCode.OK;
  }

  /** Adds a rule. */
  @Command(
      name = "accept",
      description = {
        "Let other machines have tasks run here: TYPE@ADDRESS[/PREFIX], * for every type.",
        "It holds until it is removed, also after a restart. Name networks that you trust."
      })
  static final class Accept implements Callable<Integer> {
    @Mixin private final ClientOptions options = new ClientOptions();

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Parameters(paramLabel = "RULE", description = "such as echo@10.0.0.0/24")
    private String rule;

    @Override
    public Integer call() throws Exception {
      JsonObject body = JsonText.builder().add("rule", rule).build();
      return told(options.client().post(RULES, body), options);
    }
  }

  /** Removes a rule. */
  @Command(name = "remove", description = "Take such a rule away.")
  static final class Remove implements Callable<Integer> {
    @Mixin private final ClientOptions options = new ClientOptions();

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Parameters(paramLabel = "RULE", description = "as it is listed")
    private String rule;

    @Override
    public Integer call() throws Exception {
      String query = "?rule=" + URLEncoder.encode(rule, StandardCharsets.UTF_8);
      return told(options.client().delete(RULES + query), options);
    }
  }
}
