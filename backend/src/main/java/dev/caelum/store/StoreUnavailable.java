package dev.caelum.store;

import org.jspecify.annotations.Nullable;

/** The store cannot be read or written now: full, away, or damaged. */
public final class StoreUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  /** What it is that is wrong. */
  public enum Why {
    /** No space left where it writes. */
    FULL,
    /** Its server does not answer. */
    AWAY,
    /** What is on the disk cannot be used. */
    DAMAGED,
    /** A newer version of the program has written it. */
    NEWER
  }

  private final Why why;

  /**
   * @param message a sentence for people, with what to do
   */
  public StoreUnavailable(Why why, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.why = why;
  }

  public Why why() {
    return why;
  }
}
