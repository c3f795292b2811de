package dev.caelum.task;

import java.util.Locale;

/** Where a task stands. */
public enum TaskState {
  /** Waits for a machine. */
  QUEUED,
  /** Handed to a machine, which has not said that it began. */
  LEASED,
  /** A machine works on it. */
  RUNNING,
  /** A result was accepted. */
  DONE,
  /** It ended with an error that a repetition does not mend, or its deadline passed. */
  FAILED,
  /** All attempts are used up: a dead letter, which somebody may run again. */
  DEAD,
  /** Somebody called it off. */
  CANCELLED;

  /** Whether nothing more happens to it by itself. */
  public boolean over() {
    return switch (this) {
      case QUEUED, LEASED, RUNNING -> false;
      case DONE, FAILED, DEAD, CANCELLED -> true;
    };
  }

  /** As API and store spell it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The state of that code.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static TaskState of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
