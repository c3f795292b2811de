package dev.caelum.cli;

import dev.caelum.config.DatabaseUrl;
import dev.caelum.config.NodeConfig;
import dev.caelum.config.TaskConfig;
import dev.caelum.logging.Logs;
import dev.caelum.logging.Printable;
import dev.caelum.store.Migration;
import dev.caelum.store.StoreUnavailable;
import dev.caelum.store.Stores;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "migrate",
    abbreviateSynopsis = true,
    description = {
      "Move all tasks, with results and history, to another store. Stop the node first.",
      "Interrupted, it is run again: nothing is moved twice and nothing is lost."
    })
final class MigrateCommand implements Callable<Integer> {
  private static final String JOURNAL = "journal";
  private static final long TOLD_EVERY = 10_000;

  @Mixin private final NodeOptions node = new NodeOptions();

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Option(
      names = "--to",
      required = true,
      paramLabel = "STORE",
      description = "postgresql://USER@HOST[:PORT]/DATABASE, or 'journal' for the data folder")
  private String to;

  @Option(
      names = "--from",
      paramLabel = "STORE",
      description = "the same of where they are; unless given, the other kind, as configured")
  private @Nullable String from;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  private long told;

  @Override
  public Integer call() throws Exception {
    NodeConfig config = node.load().node();
    TaskConfig tasks = config.tasks();
    Logs.configure(config.verbose(), config.jsonLogs());
    boolean toJournal = to.equals(JOURNAL);
    if (from != null && from.equals(JOURNAL) != !toJournal) {
      throw bad(
          "tasks are moved from the journal to a database, or from a database to the journal");
    }
    DatabaseUrl url = database(toJournal ? from : to, tasks);
    try {
      Migration migration =
          new Migration(config.data(), url, Stores.password(tasks), this::progress);
      Migration.Moved moved = toJournal ? migration.toJournal() : migration.toDatabase();
      tell(moved, toJournal ? "the journal in " + config.data() : url.toString());
      spec.commandLine()
          .getOut()
          .println(
              Printable.of(
                  toJournal
                      ? "Start the node without the setting store."
                      : "Start the node with the setting store: " + url));
      return ExitCode.OK;
    } catch (NoSuchFileException e) {
      return failed("There is nothing to move: " + e.getFile() + " does not exist");
    } catch (IOException | StoreUnavailable e) {
      return failed(String.valueOf(e.getMessage()));
    }
  }

  private void tell(Migration.Moved moved, String where) {
    String known = moved.known() == 0 ? "" : " (" + moved.known() + " were there already)";
    String aside = moved.aside().map(path -> " The journal of before is " + path + ".").orElse("");
    spec.commandLine()
        .getOut()
        .println(Printable.of(moved.tasks() + " tasks moved to " + where + known + "." + aside));
  }

  private void progress(long read) {
    if (read - told >= TOLD_EVERY) {
      told = read;
      spec.commandLine().getErr().println(read + " tasks read");
    }
  }

  private DatabaseUrl database(@Nullable String text, TaskConfig tasks) {
    if (text == null) {
      Optional<DatabaseUrl> configured = tasks.store();
      return configured.orElseThrow(
          () -> bad("name the database with --from: no store is configured"));
    }
    try {
      return DatabaseUrl.parse(text);
    } catch (IllegalArgumentException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException bad(String why) {
    return new ParameterException(spec.commandLine(), why);
  }

  private int failed(String why) {
    spec.commandLine().getErr().println(Printable.of(why));
    return ExitCode.FAILED;
  }
}
