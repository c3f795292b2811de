package dev.caelum.cli;

import dev.caelum.logging.Printable;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "discover",
    description = {
      "Search the network now and tell how each contact ended. Joins a running search; leaving",
      "with Ctrl-C does not stop it. Exit code 1 when no machine answered."
    })
final class DiscoverCommand implements Callable<Integer> {
  private static final String PATH = "/cluster/discover";
  private static final int POLL_MILLIS = 200;
  private static final int START_MILLIS = 10_000;

  @Mixin private final ClientOptions options = new ClientOptions();
  private final BooleanSupplier terminal;

  /** {@code terminal}: whether a progress bar may be drawn. */
  DiscoverCommand(BooleanSupplier terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    NodeClient client = options.client();
    Progress progress = new Progress(options.err(), terminal.getAsBoolean(), options.json());
    JsonObject run = client.get(PATH);
    long wanted = JsonText.count(run, "run") + (isRunning(run) ? 0 : 1);
    run = client.post(PATH + "?wait=false", JsonValue.EMPTY_JSON_OBJECT);
    // The answer may be older than the run that it has started.
    for (int polls = 0; JsonText.count(run, "run") < wanted || isRunning(run); polls++) {
      if (JsonText.count(run, "run") < wanted && polls * POLL_MILLIS > START_MILLIS) {
        throw new ApiRefused("The node has not begun to search", "timeout", null);
      }
      progress.show(run);
      Thread.sleep(POLL_MILLIS);
      run = client.get(PATH);
    }
    progress.end();
    if (options.json()) {
      options.out().println(JsonText.safe(run));
    } else {
      print(run, options.out());
    }
    return JsonText.count(run, "answered") > 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private static boolean isRunning(JsonObject run) {
    return "running".equals(JsonText.text(run, "state"));
  }

  private static void print(JsonObject run, PrintWriter out) {
    List<JsonObject> attempts = JsonText.objects(run, "attempts");
    if (!attempts.isEmpty()) {
      Table table = new Table("RESULT", "NAME", "ADDRESS", "METHOD", "TOOK");
      for (JsonObject attempt : attempts) {
        table.row(
            result(attempt),
            JsonText.text(attempt, "hostname"),
            JsonText.text(attempt, "endpoint"),
            JsonText.text(attempt, "method"),
            Figures.millis(JsonText.number(attempt, "ms")));
      }
      table.print(out);
      out.println();
    }
    for (JsonObject attempt : attempts) {
      reason(attempt, out);
    }
    out.println(Printable.of(JsonText.text(run, "verdict")));
  }

  private static @Nullable String result(JsonObject attempt) {
    if (JsonText.flag(attempt, "connected")) {
      return "connected";
    }
    return JsonText.flag(attempt, "pending") ? "pending" : JsonText.text(attempt, "code");
  }

  private static void reason(JsonObject attempt, PrintWriter out) {
    String text = JsonText.text(attempt, "text");
    if (JsonText.flag(attempt, "connected") || text == null) {
      return;
    }
    String hint = JsonText.text(attempt, "hint");
    out.println(
        Printable.of(JsonText.text(attempt, "endpoint"))
            + ": "
            + Printable.of(text)
            + (hint == null ? "" : " " + Printable.of(hint)));
  }

  /** A bar on a terminal, else one line a phase; nothing for scripts. */
  private static final class Progress {
    private static final int BAR = 20;
    private static final int WIDTH = 78;
    private final PrintWriter err;
    private final boolean bar;
    private final boolean quiet;
    private @Nullable String phase;

    Progress(PrintWriter err, boolean bar, boolean quiet) {
      this.err = err;
      this.bar = bar;
      this.quiet = quiet;
    }

    void show(JsonObject run) {
      if (quiet || !isRunning(run)) {
        return;
      }
      String line = Printable.of(JsonText.text(run, "phase_line"), WIDTH - BAR - 10);
      if (bar) {
        int percent = Math.clamp(JsonText.count(run, "percent"), 0, 100);
        int full = percent * BAR / 100;
        err.print("\r\u001b[K[" + "#".repeat(full) + "-".repeat(BAR - full) + "] ");
        err.print(String.format("%3d %% %s", percent, line));
        err.flush();
      } else if (!String.valueOf(JsonText.text(run, "phase")).equals(phase)) {
        phase = JsonText.text(run, "phase");
        err.println(line);
      }
    }

    void end() {
      if (bar && !quiet) {
        err.print("\r\u001b[K");
        err.flush();
      }
    }
  }
}
