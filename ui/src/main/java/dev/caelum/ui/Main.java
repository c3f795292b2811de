package dev.caelum.ui;

import dev.caelum.cli.Caelum;
import dev.caelum.node.RunningNode;
import java.util.OptionalInt;
import picocli.CommandLine;

/** The program's entry: all commands of a node, and {@code dashboard}. */
public final class Main {
  private Main() {}

  /** Runs the command that {@code args} name. */
  public static void main(String[] args) {
    CommandLine commands =
        Caelum.commandLine(
            config -> Running.untilTold(RunningNode.start(config, OptionalInt.empty())), args);
    CommandLine dashboard = new CommandLine(new DashboardCommand());
    dashboard.setOut(commands.getOut());
    dashboard.setErr(commands.getErr());
    dashboard.setExecutionExceptionHandler(commands.getExecutionExceptionHandler());
    dashboard.setParameterExceptionHandler(commands.getParameterExceptionHandler());
    commands.addSubcommand(dashboard);
    System.exit(commands.execute(args));
  }
}
