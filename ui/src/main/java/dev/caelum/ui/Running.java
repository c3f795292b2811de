package dev.caelum.ui;

import dev.caelum.cli.ExitCode;
import java.util.concurrent.CountDownLatch;

/** Keeps what was started until the process is told to stop. */
final class Running {
  private Running() {}

  /** Waits for the signal, closes {@code started} in its order, and returns the exit status. */
  static int untilTold(AutoCloseable... started) throws InterruptedException {
    CountDownLatch told = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  close(started);
                  told.countDown();
                }));
    told.await();
    return ExitCode.OK;
  }

  private static void close(AutoCloseable... started) {
    for (AutoCloseable each : started) {
      try {
        each.close();
      } catch (Exception e) {
        System.err.println("caelum: " + e.getMessage());
      }
    }
  }
}
