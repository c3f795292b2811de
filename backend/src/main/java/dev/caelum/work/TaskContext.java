package dev.caelum.work;

import org.jspecify.annotations.Nullable;

/** One attempt at a task, as its handler sees it. */
public interface TaskContext {
  /** What the submitter gave: JSON text of at most 256 Ki characters. */
  String payload();

  /** The task's id; the same in every attempt. */
  String task();

  /** Grows with every hand-out of the task; to be passed on where something is changed for good. */
  long epoch();

  /**
   * Tells how far it is; may be called as often as one likes, for only the last one in half a
   * second is sent.
   *
   * @param percent 0 to 100; -1 = not known
   * @param note for people, cut to 200 characters; null = nothing to say
   */
  void progress(int percent, @Nullable String note);

  /** Whether the result is not wanted any more; the thread is interrupted then too. */
  boolean cancelled();
}
