package dev.caelum.e2e.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A script that was started; its output goes to files, so that it never waits for a reader. */
record Running(Process process, Path out, Path err) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How a script ended and what it said. */
  record Ended(int code, String out, String err) {}

  /** Waits until the script has said {@code text} to standard error. */
  void awaitSaid(String text) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(Files.readString(err)).contains(text));
  }

  Ended end() throws IOException, InterruptedException {
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("ended").isTrue();
      return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      process.destroyForcibly();
    }
  }
}
