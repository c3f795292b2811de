package dev.caelum.cli;

import dev.caelum.logging.Printable;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Follows tasks until all are over; progress to the error output, results to the output. */
final class TaskFollower {
  private static final int FIRST_POLL_MILLIS = 20;
  private static final int POLL_MILLIS = 500;

  private final NodeClient client;
  private final ClientOptions options;

  TaskFollower(NodeClient client, ClientOptions options) {
    this.client = client;
    this.options = options;
  }

  /** The exit code: whether all are done. */
  int follow(List<String> ids) throws NotReachable, ApiRefused, InterruptedException {
    List<String> open = new ArrayList<>(ids);
    Map<String, String> told = new HashMap<>();
    boolean well = true;
    int pause = FIRST_POLL_MILLIS;
    while (true) {
      for (String id : List.copyOf(open)) {
        JsonObject task = client.get(TaskListCommand.path(id));
        String state = String.valueOf(JsonText.text(task, "state"));
        switch (state) {
          case "queued", "leased", "running" -> progress(id, task, told);
          default -> {
            open.remove(id);
            well &= state.equals("done");
            print(task, state, ids.size() == 1);
          }
        }
      }
      if (open.isEmpty()) {
        return well ? ExitCode.OK : ExitCode.FAILED;
      }
      Thread.sleep(pause);
      pause = Math.min(POLL_MILLIS, pause * 2);
    }
  }

  private void progress(String id, JsonObject task, Map<String, String> told) {
    String machine = JsonText.text(task, "machine_name");
    String note = JsonText.text(task, "note");
    String line =
        "%s %s%s%s%s"
            .formatted(
                id,
                JsonText.text(task, "state"),
                machine == null ? "" : " on " + machine,
                JsonText.number(task, "percent") == null
                    ? ""
                    : ", " + Figures.percent(JsonText.number(task, "percent")),
                note == null ? "" : ": " + note);
    if (!line.equals(told.put(id, line))) {
      options.err().println(Printable.of(line));
    }
  }

  private void print(JsonObject task, String state, boolean alone) {
    if (options.json()) {
      options.out().println(JsonText.safe(task));
    } else if (state.equals("done")) {
      String result = String.valueOf(JsonText.text(task, "result"));
      options
          .out()
          .println(
              Printable.of(alone ? result : JsonText.text(task, "machine_name") + ": " + result));
    } else {
      options
          .err()
          .println(
              Printable.of(
                  "%s is %s: %s"
                      .formatted(
                          JsonText.text(task, "id"),
                          state,
                          JsonText.text(JsonText.object(task, "error"), "text"))));
    }
  }
}
