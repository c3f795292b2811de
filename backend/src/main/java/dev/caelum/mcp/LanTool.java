package dev.caelum.mcp;

/**
 * A tool that this node itself offers to assistants at its own MCP endpoint.
 *
 * @param name lower case with underscores
 * @param description what it tells and when to use it, for an assistant
 * @param schema the JSON schema of its arguments
 */
public record LanTool(String name, String description, String schema, Body body) {
  /** What it does. */
  public interface Body {
    /**
     * Runs it; may wait.
     *
     * @param arguments one JSON object
     * @return one JSON value
     * @throws CallFailed with a sentence for the assistant
     */
    String run(String arguments) throws CallFailed, InterruptedException;
  }
}
