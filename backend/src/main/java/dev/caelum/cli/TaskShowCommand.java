package dev.caelum.cli;

import jakarta.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description = "Show one task: where it stands, what happened to it, its result.")
final class TaskShowCommand implements Callable<Integer> {
  @Mixin private final ClientOptions options = new ClientOptions();

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Parameters(paramLabel = "ID", description = "the task")
  private String id;

  @Override
  public Integer call() throws Exception {
    NodeClient client = options.client();
    JsonObject task = client.get(TaskListCommand.path(id));
    JsonObject history = client.get(TaskListCommand.path(id) + "/history");
    if (options.json()) {
      options.out().println(JsonText.safe(task));
    } else {
      TaskText.detail(task, options.out());
      options.out().println();
      TaskText.history(JsonText.objects(history, "changes"), options.out());
    }
    return ExitCode.OK;
  }
}
