package dev.caelum.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "task",
    description = "Give work to the machines and follow it.",
    subcommands = {
      TaskSubmitCommand.class,
      TaskListCommand.class,
      TaskShowCommand.class,
      TaskWhyCommand.class,
      TaskCancelCommand.class,
      TaskRetryCommand.class,
      TaskWatchCommand.class,
      TaskAnalyzeCommand.class
    })
final class TaskCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Name one of submit, list, show, why, cancel, retry, watch, analyze.");
  }
}
