package dev.caelum.cli;

import jakarta.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "why",
    description = "Tell which machines can run a task, and what the others lack.")
final class TaskWhyCommand implements Callable<Integer> {
  @Mixin private final ClientOptions options = new ClientOptions();

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Parameters(paramLabel = "ID", description = "the task")
  private String id;

  @Override
  public Integer call() throws Exception {
    JsonObject why = options.client().get(TaskListCommand.path(id) + "/why");
    if (options.json()) {
      options.out().println(JsonText.safe(why));
    } else {
      TaskText.why(why, options.out());
    }
    return ExitCode.OK;
  }
}
