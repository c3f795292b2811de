package dev.caelum.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.task.ResourceNeed;
import dev.caelum.task.TaskError;
import dev.caelum.task.WorkMessage.Ending;
import dev.caelum.task.WorkMessage.Order;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Handlers in processes of their own, the worst ones too. */
@Timeout(60)
class ChildRunnerTest {
  private final ChildRunner runner =
      new ChildRunner(32, new ChildSettings(List.of(), "127.0.0.1:9"), List.of());

  @AfterEach
  void close() {
    runner.close();
  }

  @Test
  void oneProcessServesManyTasksWithAnEmptyEnvironment() throws Exception {
    String first = run("calm").result();
    assertThat(first).contains("\"environment\":1");
    assertThat(run("calm").result()).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({
    "allocate, FAILED, memory",
    "exit, FAILED, process",
    "throw, FAILED, handler",
    "fail, BROKEN, sad",
    "large, BROKEN, result",
    "deep, FAILED, handler",
    "progress, FAILED, process",
    "raw, FAILED, process",
  })
  void whateverAHandlerDoesIsToldAndTheNextTaskRuns(String what, Ending ending, String code)
      throws Exception {
    End end = run(what);
    assertThat(end.ending()).isEqualTo(ending);
    assertThat(end.error()).isNotNull().extracting(TaskError::code).isEqualTo(code);
    assertThat(run("calm").ending()).isEqualTo(Ending.DONE);
  }

  @Test
  void whatItPrintsIsThrownAway() throws Exception {
    assertThat(run("print").ending()).isEqualTo(Ending.DONE);
  }

  @Test
  void oneThatHangsEndsWithItsProcess() throws Exception {
    Ends ends = new Ends();
    Runner.Run run = runner.begin(order("hang"), ends);
    assertThat(run("calm").ending()).as("another slot").isEqualTo(Ending.DONE);
    assertThat(ends.future).isNotDone();
    run.halt();
    assertThat(ends.future.get(5, TimeUnit.SECONDS).ending()).isEqualTo(Ending.FAILED);
  }

  @Test
  void allProcessesEndWithTheRunner() throws Exception {
    Ends ends = new Ends();
    runner.begin(order("hang"), ends);
    String calm = String.valueOf(run("calm").result());
    long pid = Long.parseLong(calm.replaceAll(".*\"pid\":(\\d+).*", "$1"));
    runner.close();
    assertThat(ends.future.get(5, TimeUnit.SECONDS).ending()).isEqualTo(Ending.FAILED);
    CompletableFuture<?> gone =
        ProcessHandle.of(pid)
            .<CompletableFuture<?>>map(ProcessHandle::onExit)
            .orElse(CompletableFuture.completedFuture(null));
    gone.get(5, TimeUnit.SECONDS);
  }

  private End run(String payload) throws Exception {
    Ends ends = new Ends();
    runner.begin(order(payload), ends);
    return ends.future.get(30, TimeUnit.SECONDS);
  }

  private static Order order(String payload) {
    return new Order("t-1", 1, 1, "wild", null, ResourceNeed.NONE, 5, payload, 1_000, 30_000);
  }

  private record End(Ending ending, @Nullable String result, @Nullable TaskError error) {}

  private static final class Ends implements Runner.Reports {
    final CompletableFuture<End> future = new CompletableFuture<>();

    @Override
    public void progress(int percent, @Nullable String note) {}

    @Override
    public void ended(Ending ending, @Nullable String result, @Nullable TaskError error) {
      future.complete(new End(ending, result, error));
    }
  }
}
