package dev.caelum.cli;

import org.jspecify.annotations.Nullable;

/** The node cannot start; the message is for people and says what to do. */
public final class StartFailed extends Exception {
  private static final long serialVersionUID = 1;

  /** {@code message}: one line for each reason. */
  public StartFailed(String message) {
    super(message);
  }

  /** The same with the error behind it, which is logged with {@code --verbose} only. */
  public StartFailed(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
