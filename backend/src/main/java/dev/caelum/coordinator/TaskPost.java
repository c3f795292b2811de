package dev.caelum.coordinator;

import dev.caelum.task.Dispatch;
import dev.caelum.task.TaskAnswer;
import dev.caelum.task.TaskInput;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** What waits in the mailbox of {@link TaskLoop}. */
sealed interface TaskPost {
  record Input(TaskInput input) implements TaskPost {}

  record Request(Function<Long, TaskInput> input, CompletableFuture<TaskAnswer> answer)
      implements TaskPost {}

  record Question(Consumer<Dispatch> question) implements TaskPost {}

  /** The store may have something to claim. */
  record Work() implements TaskPost {}
}
