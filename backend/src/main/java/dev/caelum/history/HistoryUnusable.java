package dev.caelum.history;

import org.jspecify.annotations.Nullable;

/** The past cannot be read or written now. */
public final class HistoryUnusable extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message a sentence for people, with what to do
   */
  HistoryUnusable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
