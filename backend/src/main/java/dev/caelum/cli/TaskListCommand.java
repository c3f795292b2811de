package dev.caelum.cli;

import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List the tasks of this machine, newest first.")
final class TaskListCommand implements Callable<Integer> {
  @Mixin private final ClientOptions options = new ClientOptions();

  @Option(
      names = "--state",
      paramLabel = "STATE",
      split = ",",
      description = "only these: queued, leased, running, done, failed, dead, cancelled")
  private List<String> states = List.of();

  @Option(names = "--group", description = "only those that were submitted together")
  private @Nullable String group;

  @Option(names = "--limit", description = "how many at most (default ${DEFAULT-VALUE})")
  private int limit = 50;

  @Override
  public Integer call() throws Exception {
    String path = "/tasks?limit=" + limit;
    if (!states.isEmpty()) {
      path += "&state=" + encoded(String.join(",", states));
    }
    if (group != null) {
      path += "&group=" + encoded(group);
    }
    JsonObject answer = options.client().get(path);
    if (options.json()) {
      options.out().println(JsonText.safe(answer));
      return ExitCode.OK;
    }
    List<JsonObject> tasks = JsonText.objects(answer, "tasks");
    if (tasks.isEmpty()) {
      options
          .out()
          .println(
              states.isEmpty() && group == null
                  ? "No tasks yet. Submit one with: ./caelum task submit echo"
                  : "No such tasks.");
    } else {
      TaskText.list(tasks, options.out());
    }
    return ExitCode.OK;
  }

  /** Where the API has that task. */
  static String path(String id) {
    return "/tasks/" + encoded(id);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
