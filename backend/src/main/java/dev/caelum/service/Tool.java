package dev.caelum.service;

/**
 * One tool of an MCP server.
 *
 * @param name at most {@value #NAME} characters
 * @param description for people and assistants, cut to {@value #DESCRIPTION} characters
 * @param schema the JSON schema of its arguments as text, at most {@value #SCHEMA} characters; a
 *     longer one is replaced by {@link #ANY}
 */
public record Tool(String name, String description, String schema) {
  public static final int NAME = 128;
  public static final int DESCRIPTION = 1_024;
  public static final int SCHEMA = 4_096;

  /** The schema that every object fits. */
  public static final String ANY = "{\"type\":\"object\"}";

  public Tool {
    if (name.isEmpty() || name.length() > NAME) {
      throw new IllegalArgumentException("a tool's name has 1 to " + NAME + " characters");
    }
    description = Cut.to(description, DESCRIPTION);
    schema = schema.length() > SCHEMA ? ANY : schema;
  }

  /** How much room it takes. */
  public int characters() {
    return name.length() + description.length() + schema.length();
  }
}
