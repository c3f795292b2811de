package dev.caelum.node;

import dev.caelum.cli.Caelum;
import dev.caelum.cli.ExitCode;
import dev.caelum.config.Configuration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;

/** The program's entry. */
public final class Main {
  private Main() {}

  /** Runs the command that {@code args} name. */
  public static void main(String[] args) {
    int status = Caelum.commandLine(Main::run, args).execute(args);
    System.exit(status);
  }

  private static int run(Configuration config) throws Exception {
    RunningNode node = RunningNode.start(config, OptionalInt.empty());
    CountDownLatch told = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  node.close();
                  told.countDown();
                }));
    told.await();
    return ExitCode.OK;
  }
}
