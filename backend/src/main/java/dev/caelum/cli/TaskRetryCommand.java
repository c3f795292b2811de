package dev.caelum.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "retry", description = "Run a task again that is over, its attempts forgotten.")
final class TaskRetryCommand implements Callable<Integer> {
  @Mixin private final ClientOptions options = new ClientOptions();

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Parameters(paramLabel = "ID", description = "the task")
  private String id;

  @Override
  public Integer call() throws Exception {
    JsonObject task =
        options.client().post(TaskListCommand.path(id) + "/retry", JsonValue.EMPTY_JSON_OBJECT);
    if (options.json()) {
      options.out().println(JsonText.safe(task));
    } else {
      options.out().println("It waits in the queue again.");
    }
    return ExitCode.OK;
  }
}
