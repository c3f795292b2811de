package dev.caelum.cli;

import dev.caelum.config.NodeConfig;
import dev.caelum.logging.Logs;
import dev.caelum.logging.Printable;
import dev.caelum.store.Backups;
import dev.caelum.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "backup",
    abbreviateSynopsis = true,
    description = {
      "Copy the journal of tasks to a file, whole and checked. The node may go on running.",
      "Back with: caelum restore FILE"
    })
final class BackupCommand implements Callable<Integer> {
  @Mixin private final NodeOptions node = new NodeOptions();

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Parameters(paramLabel = "FILE", description = "the copy")
  private Path file;

  @Option(names = "--replace", description = "replace FILE when it exists")
  private boolean replace;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    NodeConfig config = node.load().node();
    Logs.configure(config.verbose(), config.jsonLogs());
    if (Files.exists(file) && !replace) {
      throw new ParameterException(
          spec.commandLine(), file + " exists; replace it with --replace, or name another file");
    }
    try {
      long bytes = Backups.copy(config.data(), file.toAbsolutePath());
      spec.commandLine().getOut().println(Printable.of(file + ", " + bytes + " bytes, checked."));
      return ExitCode.OK;
    } catch (NoSuchFileException e) {
      return failed(
          e.getFile().startsWith(config.data().toString())
              ? "There is nothing to back up: no task was ever submitted to the node of "
                  + config.data()
              : e.getFile() + " cannot be written: its folder does not exist");
    } catch (IOException e) {
      return failed(file + " cannot be written: " + e.getMessage());
    } catch (StoreUnavailable e) {
      return failed(String.valueOf(e.getMessage()));
    }
  }

  private int failed(String why) {
    spec.commandLine().getErr().println(Printable.of(why));
    return ExitCode.FAILED;
  }
}
