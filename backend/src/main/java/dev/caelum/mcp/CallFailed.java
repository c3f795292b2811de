package dev.caelum.mcp;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** A tool could not be called, or the call ended in an error of MCP; the message is a sentence. */
public final class CallFailed extends Exception {
  private static final long serialVersionUID = 1;

  /** The code for a server that is not there, or not reachable. */
  public static final int NOT_READY = -32_000;

  /** The code for all that breaks without a word of the server. */
  public static final int BROKEN = -32_603;

  private final int code;

  /**
   * @param code the error's code in JSON-RPC
   */
  public CallFailed(int code, String message) {
    super(message);
    this.code = code;
  }

  /** The error's code in JSON-RPC, {@code -32602} for example. */
  public int code() {
    return code;
  }

  /** What a call ended with, whichever stage of a future it comes from. */
  public static CallFailed of(Throwable error) {
    Throwable cause = error;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return switch (cause) {
      case CallFailed failed -> failed;
      case CancellationException _ -> new CallFailed(NOT_READY, "the call was cancelled");
      case TimeoutException _ -> new CallFailed(NOT_READY, "no result came in time");
      default -> new CallFailed(BROKEN, String.valueOf(cause.getMessage()));
    };
  }
}
