package dev.caelum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cli.StandInNode.Ran;
import dev.caelum.config.ConfigKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class CaelumTest {
  @Test
  void helpListsEveryCommandAndExitCode() {
    Ran ran = StandInNode.caelum("--help");
    assertThat(ran.status()).isZero();
    assertThat(ran.out())
        .contains(
            "beacon", "status", "machines", "discover", "connect", "events", "identity", "config")
        .contains("  4   no node answers at the given address");
    assertThat(StandInNode.caelum("--version").out()).matches("caelum \\d+\\.\\d+\\.\\d+\\S*\n");
  }

  @Test
  void everyCommandHasHelp() {
    for (String command : root().getSubcommands().keySet()) {
      assertThat(StandInNode.caelum(command, "--help").out()).contains("Usage: caelum " + command);
    }
  }

  @Test
  void onlyTheNamedCommandIsBuilt() {
    assertThat(Caelum.commandLine(_ -> 0, "status").getSubcommands()).containsOnlyKeys("status");
    assertThat(Caelum.commandLine(_ -> 0, "becon").getSubcommands()).hasSizeGreaterThan(8);
  }

  @Test
  void everySettingIsAnOptionWithItsMeaningAndDefault() {
    CommandSpec print = root().parseArgs("config", "print").subcommand().subcommand().commandSpec();
    for (ConfigKey key : ConfigKey.values()) {
      OptionSpec option = print.findOption(key.option());
      assertThat(option).as(key.option()).isNotNull();
      String value = key.defaultValue();
      assertThat(option.description())
          .containsExactly(key.meaning() + (value.isEmpty() ? "" : " (default " + value + ")"));
    }
  }

  @Test
  void mistakesExitWithTwoAndNameTheWayOut() {
    assertThat(StandInNode.caelum())
        .isEqualTo(new Ran(2, "", "Name a command.\nTry: caelum --help\n"));
    assertThat(StandInNode.caelum("becon").err())
        .contains("Did you mean: caelum beacon", "Try: caelum --help");
    assertThat(StandInNode.caelum("connect", "a b").status()).isEqualTo(2);
    assertThat(StandInNode.caelum("status", "--node", "ftp://x").err())
        .startsWith("--node ftp://x is no address of a node; use http://HOST:PORT\n");
    Ran bad = StandInNode.caelum("beacon", "--port", "70000", "--interface", "nosuch0");
    assertThat(bad.status()).isEqualTo(2);
    assertThat(bad.err().lines()).hasSize(2).allMatch(line -> line.contains("(option --"));
  }

  @Test
  void optionsReachTheLauncherAndItsFailureIsExitCodeFive(@TempDir Path data) {
    CommandLine command =
        Caelum.commandLine(config -> {
          throw new StartFailed(
              "port %d is taken, %s%s"
                  .formatted(config.node().port(), config.node().known(), config.node().verbose()));
        });
    Ran ran =
        StandInNode.run(
            command,
            "beacon",
            "--port=18080",
            "--known=a,b:1",
            "--known=c",
            "--verbose",
            "--data=" + data);
    assertThat(ran).isEqualTo(new Ran(5, "", "port 18080 is taken, [a:8080, b:1, c:8080]true\n"));
  }

  @Test
  void configPrintShowsEachValueWithItsSource(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("c.yaml"), "caelum:\n  ui-port: 18090\n");
    String[] args = {"config", "print", "--config", file.toString(), "--port", "18080"};
    assertThat(StandInNode.caelum(args).out().lines().map(line -> line.replaceAll(" +", " ")))
        .hasSize(1 + ConfigKey.values().length)
        .contains(
            "KEY VALUE SOURCE",
            "port 18080 option --port",
            "beacon-port 8181 default",
            "ui-port 18090 file " + file);
    String[] json = Stream.concat(Arrays.stream(args), Stream.of("--json")).toArray(String[]::new);
    assertThat(StandInNode.caelum(json).out())
        .startsWith("{\"file\":\"" + file + "\",\"settings\":[")
        .contains(
            "{\"key\":\"port\",\"value\":\"18080\",\"source\":\"option\","
                + "\"where\":\"option --port\"}");
  }

  @Test
  void theDashboardJoinsAsOneMoreCommandWithTheSameRules() {
    CommandLine root = root();
    root.addSubcommand(new Dashboard());
    assertThat(StandInNode.run(root, "--help").out()).contains("dashboard");
    Ran ran = StandInNode.run(root, "dashboard", "--port", "18090", "--ui-port", "18090");
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err()).contains("node and dashboard need two different TCP ports");
  }

  @Test
  void tablesAlignWhateverTheScript() {
    assertThat(List.of("abc", "日本", "é", "👩", "e\u0301"))
        .extracting(Table::width)
        .containsExactly(3, 4, 1, 2, 1);
  }

  private static CommandLine root() {
    return Caelum.commandLine(_ -> 0);
  }

  @Command(name = "dashboard", description = "Run a node with its dashboard.")
  static final class Dashboard implements Callable<Integer> {
    @CommandLine.Mixin private final NodeOptions node = new NodeOptions();
    @CommandLine.Mixin private final DashboardOptions dashboard = new DashboardOptions();

    @Override
    public Integer call() throws Exception {
      return node.load(dashboard).dashboard().port();
    }
  }
}
