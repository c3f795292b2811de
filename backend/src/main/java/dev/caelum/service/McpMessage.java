package dev.caelum.service;

import org.jspecify.annotations.Nullable;

/** What two nodes say to each other about one call of a tool; {@code id} is the caller's. */
public sealed interface McpMessage {
  /** Characters of arguments, and of a result. */
  int LIMIT = 256 * 1_024;

  String id();

  /**
   * Call this tool of your server on that port.
   *
   * @param arguments one JSON object as text
   */
  record Call(String id, int port, String tool, String arguments, long deadlineMillis)
      implements McpMessage {}

  /** The call ended with this result of MCP, one JSON object as text. */
  record Result(String id, String result) implements McpMessage {}

  /** The call could not be made, or ended in an error of JSON-RPC. */
  record Failed(String id, int code, String text) implements McpMessage {
    public Failed {
      text = Cut.to(text, Service.REASON);
    }
  }

  /** How far the call is. */
  record Progress(String id, double done, @Nullable Double total, @Nullable String message)
      implements McpMessage {
    public Progress {
      message = message == null ? null : Cut.to(message, Service.REASON);
    }
  }

  /** Nobody waits for the call any more. */
  record Cancel(String id, String reason) implements McpMessage {
    public Cancel {
      reason = Cut.to(reason, Service.REASON);
    }
  }
}
