package dev.caelum.cli;

import dev.caelum.config.Configuration;
import dev.caelum.config.Setting;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "config",
    description = "Look at the configuration.",
    subcommands = ConfigCommand.Print.class)
final class ConfigCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name what to do: caelum config print");
  }

  @Command(
      name = "print",
      description = "Print every value with its source; checks them as a start would.")
  static final class Print implements Callable<Integer> {
    @Mixin private final NodeOptions node = new NodeOptions();
    @Mixin private final DashboardOptions dashboard = new DashboardOptions();

    @Option(names = "--json", description = "one JSON object, for scripts")
    private boolean json;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      Configuration configuration = node.load(dashboard);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        printJson(configuration, out);
      } else {
        printTable(configuration, out);
      }
      return ExitCode.OK;
    }

    private static void printTable(Configuration configuration, PrintWriter out) {
      Table table = new Table("KEY", "VALUE", "SOURCE");
      for (Setting setting : configuration.settings()) {
        table.row(setting.key().key(), setting.shown(), setting.where());
      }
      table.print(out);
    }

    private static void printJson(Configuration configuration, PrintWriter out) {
      JsonArrayBuilder settings = Json.createArrayBuilder();
      for (Setting setting : configuration.settings()) {
        settings.add(
            JsonText.builder()
                .add("key", setting.key().key())
                .add("value", setting.shown())
                .add("source", setting.source().name().toLowerCase(Locale.ROOT))
                .add("where", setting.where()));
      }
      out.println(
          JsonText.safe(
              JsonText.builder()
                  .add("file", configuration.file().map(Path::toString).orElse(""))
                  .add("settings", settings)
                  .build()));
    }
  }
}
