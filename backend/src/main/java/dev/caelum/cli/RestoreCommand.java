package dev.caelum.cli;

import dev.caelum.config.NodeConfig;
import dev.caelum.logging.Logs;
import dev.caelum.logging.Printable;
import dev.caelum.store.Backups;
import dev.caelum.store.StoreUnavailable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "restore",
    abbreviateSynopsis = true,
    description = {
      "Put a backup in the place of the journal of tasks, which is kept aside. Stop the node first."
    })
final class RestoreCommand implements Callable<Integer> {
  @Mixin private final NodeOptions node = new NodeOptions();

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Parameters(paramLabel = "FILE", description = "what caelum backup wrote, or an hourly backup")
  private Path file;

  @Option(names = "--yes", description = "restore without a question")
  private boolean yes;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  private final BooleanSupplier terminal;
  private final Supplier<@Nullable String> keyboard;

  /**
   * A command that asks first.
   *
   * @param terminal whether there is somebody to ask
   * @param keyboard the next line typed; null at the end of input
   */
  RestoreCommand(BooleanSupplier terminal, Supplier<@Nullable String> keyboard) {
    this.terminal = terminal;
    this.keyboard = keyboard;
  }

  @Override
  public Integer call() throws Exception {
    NodeConfig config = node.load().node();
    Logs.configure(config.verbose(), config.jsonLogs());
    if (!yes && !confirmed(config.data())) {
      return failed("Nothing was changed.");
    }
    try {
      Optional<Path> aside = Backups.restore(config.data(), file.toAbsolutePath());
      String before = aside.map(path -> " The journal of before is " + path + ".").orElse("");
      spec.commandLine().getOut().println(Printable.of("Restored from " + file + "." + before));
      return ExitCode.OK;
    } catch (NoSuchFileException e) {
      return failed(e.getFile() + " does not exist");
    } catch (IOException | StoreUnavailable e) {
      return failed(String.valueOf(e.getMessage()));
    }
  }

  private boolean confirmed(Path data) {
    if (!terminal.getAsBoolean()) {
      throw new ParameterException(
          spec.commandLine(), "There is no terminal to ask on; restore with --yes");
    }
    PrintWriter err = spec.commandLine().getErr();
    err.print(
        Printable.of(
            "Put "
                + file
                + " in the place of the tasks in "
                + data
                + "? They are kept aside. [y/N] "));
    err.flush();
    String answer = keyboard.get();
    return answer != null && answer.strip().matches("(?i)y|yes");
  }

  private int failed(String why) {
    spec.commandLine().getErr().println(Printable.of(why));
    return ExitCode.FAILED;
  }
}
