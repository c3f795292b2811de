package dev.caelum.cli;

import dev.caelum.logging.Printable;
import jakarta.json.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tasks as text for people. */
final class TaskText {
  private TaskText() {}

  /**
   * Tells why a task was not taken on, with the table of machines where there is one.
   *
   * @return the exit code
   * @throws ApiRefused when there is no table
   */
  static int refused(ApiRefused refused, ClientOptions options) throws ApiRefused {
    JsonObject why = refused.problem().getJsonObject("why");
    if (why == null) {
      throw refused;
    }
    if (options.json()) {
      options.out().println(JsonText.safe(refused.problem()));
    } else {
      options
          .err()
          .println(Printable.of(String.valueOf(JsonText.text(refused.problem(), "detail"))));
      why(why, options.out());
    }
    return ExitCode.FAILED;
  }

  /** One row a machine and requirement, then what would help. */
  static void why(JsonObject why, PrintWriter out) {
    List<JsonObject> machines = JsonText.objects(why, "machines");
    Table table = new Table("MACHINE", "REQUIREMENT", "", "FOUND");
    for (JsonObject machine : machines) {
      String name = JsonText.text(machine, "name");
      for (JsonObject check : JsonText.objects(machine, "checks")) {
        table.row(
            name,
            JsonText.text(check, "requirement"),
            verdict(JsonText.text(check, "verdict")),
            JsonText.text(check, "detail"));
        name = " ";
      }
    }
    table.print(out);
    String wish = JsonText.text(why, "would_run_if");
    if (wish != null && !wish.isEmpty()) {
      out.println();
      out.println(Printable.of(wish));
    }
  }

  private static String verdict(@Nullable String verdict) {
    return switch (String.valueOf(verdict)) {
      case "passed" -> "yes";
      case "waits" -> "not now";
      default -> "NO";
    };
  }

  static void list(List<JsonObject> tasks, PrintWriter out) {
    Table table = new Table("ID", "TYPE", "STATE", "MACHINE", "DONE", "CHANGED", "NOTE");
    for (JsonObject task : tasks) {
      JsonObject error = JsonText.object(task, "error");
      String text = JsonText.text(error, "text");
      table.row(
          JsonText.text(task, "id"),
          JsonText.text(task, "type"),
          JsonText.text(task, "state"),
          machine(task),
          Figures.percent(JsonText.number(task, "percent")),
          JsonText.text(task, "changed_at"),
          text != null ? text : JsonText.text(task, "note"));
    }
    table.print(out);
  }

  static void detail(JsonObject task, PrintWriter out) {
    line(out, "Task", JsonText.text(task, "id"));
    line(out, "Type", JsonText.text(task, "type"));
    line(out, "State", JsonText.text(task, "state"));
    line(out, "Machine", machine(task));
    line(out, "Done", Figures.percent(JsonText.number(task, "percent")));
    line(out, "Note", JsonText.text(task, "note"));
    line(out, "Error", JsonText.text(JsonText.object(task, "error"), "text"));
    line(
        out,
        "Attempts",
        "%d failed, %d lost, of %d"
            .formatted(
                JsonText.count(task, "failures"),
                JsonText.count(task, "losses"),
                JsonText.count(task, "attempts")));
    line(out, "Submitted", JsonText.text(task, "created_at"));
    line(out, "Changed", JsonText.text(task, "changed_at"));
    line(out, "Payload", JsonText.text(task, "payload"));
    line(out, "Result", JsonText.text(task, "result"));
  }

  /** Its machine, with its state while the task is there and the machine is not alive. */
  static @Nullable String machine(JsonObject task) {
    String name = JsonText.text(task, "machine_name");
    String state = JsonText.text(task, "machine_state");
    boolean there = List.of("leased", "running").contains(JsonText.text(task, "state"));
    return name == null || !there || "alive".equals(state)
        ? name
        : name + " (" + (state == null ? "not known any more" : state) + ")";
  }

  private static void line(PrintWriter out, String name, @Nullable String value) {
    if (value != null) {
      out.println(name + " ".repeat(11 - name.length()) + Printable.of(value));
    }
  }

  static void history(List<JsonObject> changes, PrintWriter out) {
    Table table = new Table("TIME", "STATE", "EPOCH", "MACHINE", "WHAT");
    for (JsonObject change : changes) {
      table.row(
          JsonText.text(change, "at"),
          JsonText.text(change, "state"),
          JsonText.text(change, "epoch"),
          JsonText.text(change, "machine_name"),
          JsonText.text(change, "text"));
    }
    table.print(out);
  }
}
