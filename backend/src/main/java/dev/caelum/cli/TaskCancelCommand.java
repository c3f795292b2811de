package dev.caelum.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "cancel",
    description = "Call a task off; what it has done until then is not undone.")
final class TaskCancelCommand implements Callable<Integer> {
  @Mixin private final ClientOptions options = new ClientOptions();

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Parameters(paramLabel = "ID", description = "the task")
  private String id;

  @Override
  public Integer call() throws Exception {
    JsonObject task =
        options.client().post(TaskListCommand.path(id) + "/cancel", JsonValue.EMPTY_JSON_OBJECT);
    if (options.json()) {
      options.out().println(JsonText.safe(task));
    } else {
      options.out().println("Cancelled.");
    }
    return ExitCode.OK;
  }
}
