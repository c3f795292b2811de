package dev.caelum.mcp;

/** A tool could not be called, or the call ended in an error of MCP; the message is a sentence. */
public final class CallFailed extends Exception {
  private static final long serialVersionUID = 1;

  /** The code for a server that is not there, or not reachable. */
  public static final int NOT_READY = -32_000;

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
}
