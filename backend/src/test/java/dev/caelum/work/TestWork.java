package dev.caelum.work;

import dev.caelum.config.AcceptRule;
import dev.caelum.task.ResourceNeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A worker for tests of those who look at it. */
public final class TestWork {
  private TestWork() {}

  /** A worker that was not started, with 4 cores and one rule of the configuration. */
  public static WorkDesk desk() {
    try {
      Path folder = Files.createTempDirectory("caelum-work");
      folder.toFile().deleteOnExit();
      Path file = folder.resolve("rules");
      file.toFile().deleteOnExit();
      AcceptRules rules = new AcceptRules(file, List.of(AcceptRule.parse("echo@10.0.0.7")));
      Reservations reservations =
          new Reservations(() -> new ResourceNeed(4, 8, 1), System::nanoTime);
      Handlers handlers =
          new Handlers(
              List.of(new EchoHandler(), new HashHandler()), new InsideRunner(Map.of()), Set.of());
      Worker worker =
          new Worker(
              WorkerSettings.of(2),
              handlers,
              rules,
              reservations,
              () -> new Worker.Facts(Map.of(), List.of()),
              folder,
              (_, _) -> true);
      return new WorkDesk(worker, rules, reservations);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
