package dev.caelum.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "watch",
    description = {
      "Follow tasks until they are over and print their results; leaving with Ctrl-C stops nothing.",
      "Exit code 1 when one did not end well."
    })
final class TaskWatchCommand implements Callable<Integer> {
  @Mixin private final ClientOptions options = new ClientOptions();

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Parameters(arity = "1..*", paramLabel = "ID", description = "the tasks")
  private List<String> ids;

  @Override
  public Integer call() throws Exception {
    return new TaskFollower(options.client(), options).follow(ids);
  }
}
