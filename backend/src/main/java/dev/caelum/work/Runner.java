package dev.caelum.work;

import dev.caelum.task.TaskError;
import dev.caelum.task.WorkMessage;
import dev.caelum.task.WorkMessage.Ending;
import org.jspecify.annotations.Nullable;

/** Runs attempts of some types. */
interface Runner extends AutoCloseable {
  /** Begins an attempt; returns at once. */
  Run begin(WorkMessage.Order order, Reports reports);

  /** Ends what runs. */
  @Override
  void close();

  /** One attempt that runs. */
  interface Run {
    /** Ends it soon, come what may; its end is reported all the same. */
    void halt();
  }

  /** Who is told of an attempt; any thread may call, none waits. */
  interface Reports {
    void progress(int percent, @Nullable String note);

    /** Called once, when nothing of the attempt is left here. */
    void ended(Ending ending, @Nullable String result, @Nullable TaskError error);
  }
}
