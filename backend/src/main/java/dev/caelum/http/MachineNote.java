package dev.caelum.http;

import java.util.List;

/**
 * What this node's operator says of a machine; other machines never hear it.
 *
 * @param name what it is called here; empty for its host name
 * @param note free text
 * @param tags short words, in the order given, each once
 * @param ignored whether it asks for nobody's attention
 */
public record MachineNote(String name, String note, List<String> tags, boolean ignored) {
  public static final int NAME_LIMIT = 64;
  public static final int NOTE_LIMIT = 1_000;
  public static final int TAGS_LIMIT = 16;
  public static final int TAG_LIMIT = 32;

  /** Nothing was said. */
  public static final MachineNote NONE = new MachineNote("", "", List.of(), false);

  public MachineNote {
    tags = List.copyOf(tags);
  }
}
