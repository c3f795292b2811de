package dev.caelum.service;

import java.util.ArrayList;
import java.util.List;

/**
 * What an MCP server said of itself.
 *
 * @param transport {@code streamable-http} or {@code sse}
 * @param name what it calls itself
 * @param version its own version
 * @param latencyMillis how long the list of its tools took
 * @param tools at most {@value #TOOLS}, and {@value #CHARACTERS} characters together
 * @param toolsLeftOut how many more it has
 */
public record Spoken(
    String transport,
    String name,
    String version,
    double latencyMillis,
    List<Tool> tools,
    int toolsLeftOut) {
  public static final int TOOLS = 256;
  public static final int CHARACTERS = 128 * 1_024;
  public static final int TEXT = 64;

  public Spoken {
    transport = Cut.to(transport, TEXT);
    name = Cut.to(name, TEXT);
    version = Cut.to(version, TEXT);
    List<Tool> kept = fitting(tools);
    toolsLeftOut += tools.size() - kept.size();
    tools = kept;
  }

  private static List<Tool> fitting(List<Tool> tools) {
    List<Tool> kept = new ArrayList<>();
    int characters = 0;
    for (Tool tool : tools) {
      characters += tool.characters();
      if (kept.size() == TOOLS || characters > CHARACTERS) {
        break;
      }
      kept.add(tool);
    }
    return List.copyOf(kept);
  }

  /** Whether it is the same server with the same tools; how fast it was does not count. */
  boolean sameAs(Spoken other) {
    return transport.equals(other.transport)
        && name.equals(other.name)
        && version.equals(other.version)
        && toolsLeftOut == other.toolsLeftOut
        && tools.equals(other.tools);
  }
}
