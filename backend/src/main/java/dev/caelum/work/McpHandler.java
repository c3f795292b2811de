package dev.caelum.work;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/**
 * Calls a tool of an MCP server of this machine: {@code server}, {@code tool}, {@code arguments}.
 */
public final class McpHandler implements TaskHandler {
  private final Calls calls;

  /** Who can call tools. */
  public interface Calls {
    /**
     * Calls a tool and waits for its result.
     *
     * @param server the name of the service, or its port
     * @param arguments JSON object
     * @param context whom progress is told to
     * @return the result as JSON text
     */
    String call(String server, String tool, String arguments, TaskContext context)
        throws TaskFailed, InterruptedException;
  }

  public McpHandler(Calls calls) {
    this.calls = calls;
  }

  @Override
  public String type() {
    return "mcp";
  }

  @Override
  public String run(TaskContext context) throws TaskFailed, InterruptedException {
    Payload payload = Payload.of(context.payload());
    JsonValue arguments = payload.object().get("arguments");
    if (arguments != null && !(arguments instanceof JsonObject)) {
      throw TaskFailed.payload("arguments must be a JSON object.");
    }
    return calls.call(
        payload.text("server"),
        payload.text("tool"),
        arguments == null ? "{}" : arguments.toString(),
        context);
  }
}
