package dev.caelum.ui.client;

import java.util.Locale;

/** Where a task stands, in the words of the API. */
public enum TaskState {
  QUEUED,
  LEASED,
  RUNNING,
  DONE,
  FAILED,
  DEAD,
  CANCELLED;

  /** The API's word for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing more happens to it by itself. */
  public boolean over() {
    return switch (this) {
      case QUEUED, LEASED, RUNNING -> false;
      case DONE, FAILED, DEAD, CANCELLED -> true;
    };
  }

  /** Whether a machine has it. */
  public boolean held() {
    return this == LEASED || this == RUNNING;
  }

  /** The state that the API calls {@code word}; an unknown word is {@link #QUEUED}. */
  static TaskState of(String word) {
    for (TaskState state : values()) {
      if (state.word().equals(word)) {
        return state;
      }
    }
    return QUEUED;
  }
}
